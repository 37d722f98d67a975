/** Figures of an experiment as people read them: shares in per cent, their differences in points, money in its currency. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { number, useMoney, type Tone } from "../../kit";

export type Summary = Shape<"ExperimentSummary">;
export type Reading = Shape<"ExperimentReading">;
export type Detail = Shape<"ExperimentDetail">;

export const STATE_TONES: Record<Summary["state"], Tone> = { running: "accent", draft: "wait", stopped: "bad", ended: "good", retired: "neutral" };
export const VERDICT_TONES: Record<Reading["verdict"]["word"], Tone> = { continue: "accent", promote: "good", stop: "bad", no_difference: "neutral" };
export const GUARD_TONES: Record<Reading["guards"][number]["state"], Tone> = { waiting: "neutral", kept: "good", doubtful: "wait", broken: "bad" };

const SHARES = new Set(["approval_rate", "review_rate", "decline_rate", "bad_rate", "alert_precision", "share_of"]);
const MONEY = new Set(["loss_per_application", "margin_per_application", "exposure_minor"]);

/** `figure(measure, value)`; with `difference` signed, and a share in points. */
export function useFigure(currency: string): (measure: string, value: number | null | undefined, difference?: boolean) => string {
  const { t } = useTranslation("experiments");
  const money = useMoney(currency || undefined);
  return useCallback((measure, value, difference = false) => {
    if (value === null || value === undefined) return "–";
    const sign = difference && value > 0 ? "+" : "";
    if (SHARES.has(measure)) return t(difference ? "points" : "per_cent", { value: `${sign}${number(100 * value, 2)}` });
    if (MONEY.has(measure)) return `${sign}${money(value)}`;
    if (measure === "latency_ms_p99") return `${number(value, 2)} ms`;
    return `${sign}${number(value, 4)}`;
  }, [t, money]);
}

/** A difference with its interval, in one line. */
export function useBetween(currency: string): (measure: string, of: { value: number | null; low: number | null; high: number | null }) => string {
  const { t } = useTranslation("experiments");
  const figure = useFigure(currency);
  return useCallback((measure, { value, low, high }) => {
    if (value === null) return "–";
    if (low === null) return figure(measure, value, true);
    const bare = (end: number): string => (SHARES.has(measure) ? `${end > 0 ? "+" : ""}${number(100 * end, 2)}` : figure(measure, end, true));
    return t("between", { value: figure(measure, value, true), low: bare(low), high: bare(high ?? low) });
  }, [t, figure]);
}
