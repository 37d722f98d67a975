/** A product while somebody writes it: its document as the server takes it, and what it brings along. */
import type { Shape } from "../../../api";

export interface Bounds { least_minor: number; most_minor: number; step_minor?: number }
export interface Rates { least: number; most: number; otherwise: number }

export interface Definition {
  kind: string;
  title: { en: string; "zh-CN": string };
  description?: string;
  currency: string;
  amount: Bounds;
  limit_minor?: Bounds;
  terms: number[];
  schedule: { method: string; every?: string; due_day?: number; first_after_days?: number; day_count?: string; roll?: string; calendar?: string };
  price?: { rate_bps?: Rates; fee_bps?: number; opening_fee_bps?: number; overdue?: { bps_per_day?: number; grace_days?: number }; early?: { fee_bps?: number; fees_to_come?: string; rest?: string } };
  order?: string[];
  policies: Record<string, string>;
  cap?: string;
  consents?: string[];
}

export type Extra = Shape<"ArtefactDocument">;

export interface Draft {
  name: string;
  template: string; // what its starting policy is made from
  definition: Definition;
  extras: Extra[]; // policies, reasons, a rate cap
  known: boolean; // there is such a product already: its name stays
}

export const STEPS = ["start", "lend", "repay", "price", "decide", "assess"] as const;
export type Step = (typeof STEPS)[number];

export const KINDS = ["instalment_plan", "term_loan", "revolving", "merchant_line"] as const;
export const METHODS = ["equal_instalment", "equal_principal", "bullet"] as const;
export const EVERY = ["month", "fortnight", "week"] as const;
export const DAY_COUNTS = ["periods", "actual_365", "actual_360", "thirty_360"] as const;
export const ROLLS = ["none", "following", "modified_following", "preceding"] as const;
export const COMPONENTS = ["fee", "penalty", "interest", "principal"] as const;
const LIMITED: ReadonlySet<string> = new Set(["revolving", "merchant_line"]);

/** Which fields each step has, so that a fault is shown where it can be mended. */
const FIELDS: Record<Exclude<Step, "start" | "assess">, RegExp> = {
  lend: /^(name|kind|title|description|currency|amount|limit_minor|terms|consents)\b/,
  repay: /^(schedule|order)\b/,
  price: /^(price|cap)\b/,
  decide: /^(policies|flow)\b/,
};

export const stepOf = (field: string | null | undefined): Step => {
  for (const [step, fields] of Object.entries(FIELDS)) if (field && fields.test(field)) return step as Step;
  return "decide";
};

export const limited = (kind: string): boolean => LIMITED.has(kind);

/** The kind changed, with the limit that it needs or must not have. */
export const withKind = (one: Definition, kind: string): Definition => {
  const { limit_minor: limit, ...rest } = one;
  return limited(kind) ? { ...rest, kind, limit_minor: limit ?? { least_minor: one.amount.least_minor, most_minor: one.amount.most_minor } } : { ...rest, kind };
};

/** The schedule with some of it changed; what does not go together is left out. */
export const withSchedule = (one: Definition, changes: Partial<Definition["schedule"]>): Definition => {
  const schedule = { ...one.schedule, ...changes };
  if (schedule.every && schedule.every !== "month") delete schedule.due_day;
  if (schedule.due_day === undefined) { delete schedule.due_day; delete schedule.first_after_days; }
  if (schedule.roll === "none" || schedule.roll === undefined) { delete schedule.roll; delete schedule.calendar; }
  return { ...one, schedule };
};

export const withPrice = (one: Definition, changes: Partial<NonNullable<Definition["price"]>>): Definition => ({ ...one, price: { ...one.price, ...changes } });

export const ratesOf = (one: Definition): Rates => one.price?.rate_bps ?? { least: 0, most: 0, otherwise: 0 };

/** A draw that somebody might ask for: a round amount, the middle term. */
export const likelyDraw = (one: Definition): { amount_minor: number; term: number } => {
  const { least_minor: least, most_minor: most, step_minor: step = 1 } = one.amount;
  const around = Math.max(least, Math.min(most / 10, least * 100));
  const size = 10 ** Math.floor(Math.log10(Math.max(around, 1)));
  const round = Math.max(least, Math.floor(around / size) * size);
  return { amount_minor: Math.ceil(round / step) * step, term: one.terms.includes(12) ? 12 : one.terms[Math.floor((one.terms.length - 1) / 2)] ?? 1 };
};
