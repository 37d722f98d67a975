/** The tokens as Mantine's theme and as CSS variables (`--ink`, `--line`, ...) for our own style sheets. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";
import { ACCENT, DARK, LIGHT, MONO, NIGHT, SANS, type Palette } from "./tokens";

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.42,
  colors: { accent: ACCENT as unknown as MantineColorsTuple, dark: NIGHT as unknown as MantineColorsTuple },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: {
    fontFamily: SANS,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.78125rem", sm: "0.84375rem", md: "0.90625rem", lg: "1.0625rem", xl: "1.25rem" },
  defaultRadius: "md",
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Filled with the dark theme's light colours, a button carries dark text.
    Button: {
      defaultProps: { size: "sm" },
      styles: { root: { fontWeight: 500 } },
      vars: (_theme: unknown, { variant = "filled" }: { variant?: string }) => ({ root: variant === "filled" ? { "--button-color": "var(--surface)" } : {} }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    // The head of a dialog is no banner of the page.
    Modal: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Drawer: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Menu: { defaultProps: { shadow: "md", withinPortal: true } },
  },
});

const variables = (palette: Palette): Record<string, string> => ({
  "--ground": palette.ground,
  "--surface": palette.surface,
  "--raised": palette.raised,
  "--line": palette.line,
  "--edge": palette.edge,
  "--ink": palette.ink,
  "--soft": palette.soft,
  "--accent": palette.accent,
  "--accent-tint": palette.accentTint,
  "--good": palette.good,
  "--good-tint": palette.goodTint,
  "--wait": palette.wait,
  "--wait-tint": palette.waitTint,
  "--bad": palette.bad,
  "--bad-tint": palette.badTint,
  "--info": palette.info,
  "--info-tint": palette.infoTint,
  ...Object.fromEntries(palette.series.map((colour, place) => [`--series-${place + 1}`, colour])),
  "--mantine-color-body": palette.surface,
  "--mantine-color-text": palette.ink,
  "--mantine-color-dimmed": palette.soft,
  "--mantine-color-placeholder": palette.soft,
  "--mantine-color-anchor": palette.accent,
  "--mantine-color-error": palette.bad,
  "--mantine-color-default": palette.surface,
  "--mantine-color-default-hover": palette.raised,
  "--mantine-color-default-color": palette.ink,
  "--mantine-color-default-border": palette.edge,
  // Controls that Mantine colours by name get colours that pass on our grounds.
  "--mantine-color-gray-light-color": palette.info,
  "--mantine-color-red-filled": palette === LIGHT ? "#a32632" : "#f2989f",
  "--mantine-color-red-filled-hover": palette === LIGHT ? "#8c1e29" : "#f5aeb3",
  "--xy-background-color": palette.ground,
  "--xy-edge-stroke": palette.edge,
  "--xy-edge-stroke-selected": palette.accent,
  "--xy-node-background-color": palette.surface,
  "--xy-node-color": palette.ink,
  "--xy-node-border": `1px solid ${palette.line}`,
  "--xy-controls-button-background-color": palette.surface,
  "--xy-controls-button-color": palette.ink,
  "--xy-controls-button-border-color": palette.line,
  "--xy-minimap-background-color": palette.surface,
  "--xy-attribution-background-color": palette.surface,
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--mono": MONO },
  light: variables(LIGHT),
  dark: variables(DARK),
});
