/** Numbers of the metric centre as people read them, by their unit. */
import { amount, number, percent } from "../../kit";

const MINOR = /^minor ([A-Z]{3})$/;

/** A value in its unit. Nothing known is a dash. */
export function shown(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return "–";
  if (unit === "share") return percent(value);
  const money = MINOR.exec(unit);
  if (money) return amount(value, money[1] ?? "");
  if (unit === "ms") return `${number(value, 2)} ms`;
  return number(value, Number.isInteger(value) ? 0 : 2);
}

/** A unit that the number does not carry itself. */
export const isCount = (unit: string): boolean => unit !== "share" && unit !== "ms" && !MINOR.test(unit) && unit !== "";

/** A difference in its unit, with its sign; of shares in percentage points. */
export function difference(change: number, unit: string, points: (value: string) => string): string {
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const size = Math.abs(change);
  return unit === "share" ? points(`${sign}${number(size * 100, size < 0.01 ? 2 : 1)}`) : `${sign}${shown(size, unit)}`;
}

export type Way = "up" | "down" | "same";

export const wayOf = (change: number): Way => (change > 0 ? "up" : change < 0 ? "down" : "same");

/** Whether a move is good: null where the metric says nothing of it. */
export function isGood(way: Way, better: string): boolean | null {
  if (way === "same" || better === "") return null;
  return way === better;
}

/** How much larger or smaller, relative to before; of shares the difference itself. */
export function comparison(value: number | null, previous: number | null, unit: string, points: (value: string) => string): string | null {
  if (value === null || previous === null) return null;
  if (unit === "share" || previous === 0) return difference(value - previous, unit, points);
  const relative = value / previous - 1;
  return `${relative > 0 ? "+" : relative < 0 ? "−" : "±"}${percent(Math.abs(relative))}`;
}

export type Standing = "within" | "below" | "above";

export function standing(value: number | null, target: { low: number | null; high: number | null } | null): Standing | null {
  if (value === null || target === null) return null;
  if (target.low !== null && value < target.low) return "below";
  return target.high !== null && value > target.high ? "above" : "within";
}
