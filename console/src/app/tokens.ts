/**
 * The one place where colours, type and measures are chosen. Mantine, the charts and the canvas all read from here, so
 * that light and dark never disagree. Text colours have at least 4.5:1 on `surface`, `ground` and their own tint.
 */
export interface Palette {
  ground: string; // behind everything
  surface: string; // cards, bars, tables
  raised: string; // head of a table, hover
  line: string; // hairlines
  edge: string; // borders of controls, 3:1
  ink: string; // text
  soft: string; // second text, still 4.5:1
  accent: string; // links, what is chosen
  accentTint: string;
  good: string;
  goodTint: string;
  wait: string;
  waitTint: string;
  bad: string;
  badTint: string;
  info: string;
  infoTint: string;
  series: string[]; // charts, told apart also without colour vision
}

export const LIGHT: Palette = {
  ground: "#f4f6f9",
  surface: "#ffffff",
  raised: "#f8fafc",
  line: "#e1e6ed",
  edge: "#8a95a5",
  ink: "#17202e",
  soft: "#556072",
  accent: "#1f57b5",
  accentTint: "#e7effc",
  good: "#0b6b4f",
  goodTint: "#e0f3eb",
  wait: "#7d5200",
  waitTint: "#fcf0d6",
  bad: "#a32632",
  badTint: "#fbe7e8",
  info: "#4a5568",
  infoTint: "#edf0f4",
  series: ["#2563c9", "#0f8a7a", "#c2740a", "#8b4fc4", "#c03d5a", "#5b6b80", "#3c8fb0", "#7a8a1e"],
};

export const DARK: Palette = {
  ground: "#0f1319",
  surface: "#171c24",
  raised: "#1e242e",
  line: "#2b3340",
  edge: "#6d7a8c",
  ink: "#e8ecf2",
  soft: "#a3aebd",
  accent: "#8ab4f8",
  accentTint: "#1c2b44",
  good: "#6fd3ae",
  goodTint: "#14322a",
  wait: "#f0c263",
  waitTint: "#37290e",
  bad: "#f2989f",
  badTint: "#3c1d21",
  info: "#b6c0cd",
  infoTint: "#252d39",
  series: ["#7daaf5", "#4fc2b0", "#eba955", "#bd94ea", "#ee8aa0", "#98a6b8", "#76bfdc", "#b7c55c"],
};

export const SANS =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans", sans-serif';
export const MONO = 'ui-monospace, "SFMono-Regular", "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

/** Ten steps of the accent, as Mantine wants them; step 6 carries white text, step 3 dark text. */
export const ACCENT = [
  "#eef4fd", "#dbe7fb", "#b8d0f7", "#8ab4f8", "#5d92e8", "#3a76d6", "#1f57b5", "#1b4c9e", "#174186", "#12346c",
] as const;

/** Ten steps from text to ground of the dark theme, for what Mantine draws by itself. */
export const NIGHT = [
  DARK.ink, "#c3ccd8", DARK.soft, "#7f8b9c", "#485364", DARK.line, DARK.raised, DARK.surface, "#131820", DARK.ground,
] as const;
