/** What lists tell of a decision: a tenth of the record, so that a hundred thousand fit into the browser. */
import type { Shape } from "../../api";
import { inWords } from "../../kit";

export interface DecisionRow {
  id: string;
  at: string;
  outcome: string;
  event: string;
  type: string;
  policy: string;
  release: string;
  reason: { code: string; en: string; zh: string } | null; // the first
  score: number | null; // probability of the adverse outcome, by the model that said it first
  tookUs: number;
  missing: number;
  entities: Readonly<Record<string, string>>;
}

// The same few names come a hundred thousand times: each is kept once.
const names = new Map<string, string>();
const reasons = new Map<string, DecisionRow["reason"]>();

function once(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, name);
  return name;
}

export function rowOf({ recorded_at, answer, trail }: Shape<"DecisionRecord">): DecisionRow {
  const first = answer.reasons[0];
  let reason: DecisionRow["reason"] = null;
  if (first) {
    const key = `${first.code}\n${first.en ?? ""}\n${first.zh ?? ""}`;
    reason = reasons.get(key) ?? { code: first.code, en: first.en ?? "", zh: first.zh ?? "" };
    reasons.set(key, reason);
  }
  return {
    id: answer.decision_id,
    at: recorded_at,
    outcome: once(answer.outcome),
    event: answer.event_id,
    type: once(trail.event_type),
    policy: once(answer.policy),
    release: once(answer.release),
    reason,
    score: Object.values(answer.scores)[0]?.probability ?? null,
    tookUs: Object.values(trail.timings_us).reduce((sum, part) => sum + part, 0),
    missing: trail.missing.length,
    entities: trail.entities,
  };
}

export const reasonOf = (row: DecisionRow): string => (row.reason ? inWords(row.reason) || row.reason.code : "");
