/** The trace of an explanation, as the interpreter of policies writes it, and what can be read off it. */
import { plain } from "../../kit";

export interface Operand {
  text: string;
  value: unknown;
  constant: boolean;
}

export interface Step {
  text: string;
  verdict: boolean | null;
  operands?: Operand[];
  parts?: Step[];
}

export interface Cell {
  column: string;
  test: string;
  value: unknown;
  holds: boolean | null;
}

export interface Condition {
  name: string;
  verdict: "fired" | "not_fired" | "unknown" | "not_tried";
  text?: string;
  steps?: Step;
  cells?: Cell[];
  then?: string;
  reason?: string;
  value?: unknown;
}

export interface Contribution {
  input: string;
  value: unknown;
  contribution: number; // in log-odds
  reason?: string;
}

export interface Stage {
  stage: string;
  kind: string;
  at: string;
  taken?: string;
  conditions?: Condition[];
  values?: Record<string, unknown>;
  contributions?: Contribution[];
}

export interface Trace {
  stages: Stage[];
  result?: { reasons?: { code: string; stage: string; rule: string | null }[] };
}

export interface Input {
  value: unknown;
  source: "event" | "feature" | string;
  entity?: string[];
  en?: string;
  zh?: string;
}

/** A comparison that was made: what was looked at, its value, and whether it held. */
export interface Comparison {
  text: string;
  value: string;
  holds: boolean | null;
}

/** Every comparison of a condition, down to its last part. */
export function comparisons(condition: Condition, inputs: Record<string, Input>): Comparison[] {
  if (condition.cells?.length) {
    return condition.cells.map(({ column, test, value, holds }) => ({ text: `${column} ${test}`, value: `${column} = ${plain(value) || "?"}`, holds }));
  }
  const steps = leaves(condition.steps);
  if (steps.length > 0) {
    return steps.map((step) => ({
      text: step.text,
      value: (step.operands ?? []).filter((one) => !one.constant && one.text !== plain(one.value)).map((one) => `${one.text} = ${plain(one.value) || "?"}`).join(", "),
      holds: step.verdict,
    }));
  }
  if (!condition.text || condition.text === "always") return [];
  const names = [...new Set(condition.text.match(/[a-z_][a-z0-9_]*/gi) ?? [])].filter((name) => name in inputs);
  return [{ text: condition.text, value: names.map((name) => `${name} = ${plain(inputs[name]?.value) || "?"}`).join(", "), holds: null }];
}

function leaves(step: Step | undefined): Step[] {
  if (!step) return [];
  return step.parts?.length ? step.parts.flatMap(leaves) : [step];
}

export type Standing = "led" | "fired" | "passed" | "unused";

/** What a stage did: led to the outcome, fired without deciding, was passed, was not needed. */
export function standingOf(stage: Stage, ledBy: ReadonlySet<string>): Standing {
  if (ledBy.has(stage.stage)) return "led";
  if (stage.kind === "model" && stage.values?.["probability"] === undefined) return "unused";
  return stage.conditions?.some(({ verdict, name }) => verdict === "fired" && name !== "always") ? "fired" : "passed";
}
