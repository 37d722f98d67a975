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

const keptReason = ({ code, en = "", zh = "" }: Shape<"Reason">): DecisionRow["reason"] => {
  const key = `${code}\n${en}\n${zh}`;
  const known = reasons.get(key) ?? { code, en, zh };
  reasons.set(key, known);
  return known;
};

/** As a whole record tells it. */
export function rowOf({ recorded_at, answer, trail }: Shape<"DecisionRecord">): DecisionRow {
  const first = answer.reasons[0];
  return {
    id: answer.decision_id,
    at: recorded_at,
    outcome: once(answer.outcome),
    event: answer.event_id,
    type: once(trail.event_type),
    policy: once(answer.policy),
    release: once(answer.release),
    reason: first ? keptReason(first) : null,
    score: Object.values(answer.scores)[0]?.probability ?? null,
    tookUs: Object.values(trail.timings_us).reduce((sum, part) => sum + part, 0),
    missing: trail.missing.length,
    entities: trail.entities,
  };
}

/** As a page in the short form tells them; the words of their reasons stand once on the page. */
export function rowsOf(page: Shape<"DecisionPage">): DecisionRow[] {
  const words = new Map(page.reasons.map((reason) => [reason.code, reason]));
  return page.rows.map((row) => {
    const first = row.reasons[0];
    return {
      id: row.decision_id,
      at: row.recorded_at,
      outcome: once(row.outcome),
      event: row.event_id,
      type: once(row.event_type),
      policy: once(row.policy),
      release: once(row.release),
      reason: first === undefined ? null : keptReason(words.get(first) ?? { code: first, en: "", zh: "" }),
      score: row.score,
      tookUs: row.took_us,
      missing: row.missing,
      entities: row.entities,
    };
  });
}

export const reasonOf = (row: DecisionRow): string => (row.reason ? inWords(row.reason) || row.reason.code : "");
