/** Figures in words and numbers. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { number, percent } from "../../kit";

const SHARES = new Set(["coverage", "bad_rate", "bad_rate_estimated"]);

/** What a figure is called: `missing.income` is the family and its input. */
export function useFigureName(): (name: string) => string {
  const { t } = useTranslation("monitoring");
  return useCallback((name: string) => {
    const [family, ...input] = name.split(".");
    return input.length ? t(`figures.${family}`, { input: input.join(".") }) : t(`figures.${name}`, { defaultValue: name });
  }, [t]);
}

/** A value of a figure, as a share where it is one. */
export function told(name: string, value: number): string {
  if (SHARES.has(name) || name.startsWith("missing.")) return percent(value, 1);
  return number(value, name.startsWith("latency") ? 1 : 3);
}

export const figureOf = (group: Shape<"GroupFigures">, name: string): Shape<"Figure"> | undefined => group.figures.find((one) => one.name === name);
