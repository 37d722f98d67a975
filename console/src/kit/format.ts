/** Numbers, amounts and moments as the reader's language writes them. */
import { language } from "../app/language";

type Format = Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat;

const cache = new Map<string, Format>();

function kept<T extends Format>(key: string, make: () => T): T {
  const found = cache.get(key);
  if (found) return found as T;
  const made = make();
  cache.set(key, made);
  return made;
}

// British order of day and month, so that 03/04 is nowhere.
const locale = (): string => (language() === "zh-CN" ? "zh-CN" : "en-GB");

/** `value` with at most `digits` decimals; what rounds to nothing has no sign. */
export function number(value: number, digits = 0): string {
  const place = locale();
  return kept(`n${place}${digits}`, () => new Intl.NumberFormat(place, { maximumFractionDigits: digits, signDisplay: "negative" })).format(value);
}

/** `value` with exactly `digits` decimals, so that a column of them stands in line. */
export function fixed(value: number, digits = 2): string {
  const place = locale();
  return kept(`f${place}${digits}`, () => new Intl.NumberFormat(place, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: "negative" })).format(value);
}

/** A share of one as per cent. */
export function percent(share: number, digits = 1): string {
  const place = locale();
  return kept(`p${place}${digits}`, () => new Intl.NumberFormat(place, { style: "percent", maximumFractionDigits: digits })).format(share);
}

/** Digits of the minor unit where they are not two, as in `kernel.money`; what browsers know is how a currency is written, which is fewer for some. */
const MINOR_DIGITS: Record<string, number> = {
  BHD: 3, BIF: 0, CLP: 0, DJF: 0, GNF: 0, IQD: 3, ISK: 0, JOD: 3, JPY: 0, KMF: 0, KRW: 0, KWD: 3, LYD: 3,
  OMR: 3, PYG: 0, RWF: 0, TND: 3, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
};

/** How many digits the minor unit of a currency has: what an amount that somebody types is multiplied by. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** Minor units as an amount; with an empty currency as a plain number with two decimals. Pages take `Amount` or `useMoney`, which know the workspace's. */
export function amount(minor: number, currency: string): string {
  const place = locale();
  const digits = minorDigits(currency);
  const written = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = kept(`a${place}${currency}`, () => new Intl.NumberFormat(place, currency ? { ...written, style: "currency", currency, currencyDisplay: "code" } : written));
  return format.format(minor / 10 ** digits);
}

/** From `low` to below `high`, the currency named once. */
export function amountRange(low: number, high: number, currency: string): string {
  const digits = minorDigits(currency);
  const [from, below] = [low, high].map((minor) => fixed(minor / 10 ** digits, digits));
  return `${currency ? `${currency}\u00a0` : ""}[${from}, ${below})`;
}

/** What the API calls an instant: RFC 3339 text, or microseconds since 1970. */
export type InstantLike = string | number;

export const dateOf = (instant: InstantLike): Date => new Date(typeof instant === "number" ? instant / 1000 : instant);

const FORMATS = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  date: { month: "short", day: "numeric" },
  minute: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false },
  short: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
  full: { dateStyle: "medium", timeStyle: "medium", hour12: false },
  day: { dateStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the reader's time zone. */
export function moment(instant: InstantLike, form: keyof typeof FORMATS = "full"): string {
  const place = locale();
  return kept(`d${place}${form}`, () => new Intl.DateTimeFormat(place, FORMATS[form])).format(dateOf(instant));
}

/** A calendar day such as 2026-03-02: it is the same day wherever it is read, so no time zone moves it. */
export function day(iso: string): string {
  const place = locale();
  return kept(`c${place}`, () => new Intl.DateTimeFormat(place, { dateStyle: "medium", timeZone: "UTC" })).format(new Date(`${iso}T00:00:00Z`));
}

const STEPS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

/** How long ago, or until when. */
export function distance(instant: InstantLike, now: number = Date.now()): string {
  const seconds = (dateOf(instant).getTime() - now) / 1000;
  const [unit, size] = STEPS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  const place = locale();
  return kept(`r${place}`, () => new Intl.RelativeTimeFormat(place, { numeric: "auto" })).format(Math.round(seconds / size), unit);
}

/** A duration given in microseconds. */
export function duration(us: number): string {
  if (us < 1000) return `${number(us, us < 10 ? 1 : 0)} µs`;
  if (us < 1_000_000) return `${number(us / 1000, us < 10_000 ? 2 : 1)} ms`;
  return `${number(us / 1_000_000, 2)} s`;
}

/** Any value of a fact as text. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isInteger(value) ? number(value) : number(value, Math.abs(value) < 1 ? 4 : 2);
  if (typeof value === "object") return JSON.stringify(value);
  return String(value as string | boolean);
}
