/** The figures of a training; the API passes them on as training tells them. */
import type { Shape } from "../../api";
import { fixed } from "../../kit";
import type { Figures } from "../models/figures";

export type Family = string;

export interface Interval { value: number; low: number; high: number; p: number }

export interface BinRow { bin: string; woe: number; points: number; count: number; bads: number }

export interface TrainingFigures {
  data: { target: string; positive: string; rows: number; bads: number; unlabelled: number; split: string; boundary: string | number | null; train_rows: number; train_bads: number; test_rows: number; test_bads: number };
  findings: Shape<"Finding">[];
  columns: { name: string; excluded: string | null }[];
  tournament: {
    champion: Family;
    why: string;
    candidates: { family: Family; auc_out_of_fold: number; detail: string }[];
    comparisons: ({ first: Family; second: Family } & Interval)[];
  };
  points: { base_points: number; inputs: { name: string; coefficient: number; rows: BinRow[] }[] } | null;
  bins: { name: string; iv: number; edges: number[]; groups: string[][] }[];
  importance: { name: string; gain_share: number }[];
  test: Record<Family, Figures>;
  digest: string;
}

export type Run = Shape<"TrainingRunShown">;
export type Detail = Shape<"TrainingRunDetail">;
export type Report = Shape<"TrainingReportShown">;

export const figuresOf = (report: Report): TrainingFigures => report.figures as unknown as TrainingFigures;

/** An estimate with its 95 % interval. */
export const within = (of: { value: number; low: number; high: number }, digits = 3): string => `${fixed(of.value, digits)} (${fixed(of.low, 3)}–${fixed(of.high, 3)})`;

/** Of a hundred pairs of a bad and a good one, how many the model ranks rightly. */
export const pairs = (auc: number): number => Math.round(auc * 100);
