import type { Shape } from "../../api";
import { number, percent } from "../../kit";

export type Run = Shape<"BacktestRunShown">;
export type Report = Shape<"BacktestReport">;
export type Group = Report["candidate"]["standing"];
export type Rate = Group["bad_rate"];
export type Bounds = Group["bad_bounds"];

/** A share with its interval: "12.3 % (11.0 % – 13.7 %)". */
export const rateText = (rate: Rate): string =>
  rate.share === null ? "–" : `${percent(rate.share)} (${percent(rate.low ?? 0)} – ${percent(rate.high ?? 0)})`;

/** Were every unknown one good, up to were every one bad. */
export const boundsText = (bounds: Bounds): string =>
  bounds.all_good === null || bounds.all_bad === null ? "–" : `${percent(bounds.all_good)} – ${percent(bounds.all_bad)}`;

export const shareText = (part: number, whole: number): string => (whole > 0 ? percent(part / whole) : "–");

export const figure = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : number(value));
