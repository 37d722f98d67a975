/** What a stage is made of, and what a new one looks like. The document is the truth; these only know its keys. */
import type { Doc } from "./paths";

export const KINDS = ["lists", "rules", "table", "scorecard", "model", "ask", "switch", "split", "set", "decide"] as const;
export type Kind = (typeof KINDS)[number];
export const OUTCOMES = ["approve", "review", "decline"] as const;
export const MISSING = ["review", "decline", "approve", "skip"] as const;

export function kindOf(stage: unknown): Kind | null {
  if (stage === null || typeof stage !== "object") return null;
  if ("decide" in stage) return "decide";
  return KINDS.find((kind) => kind in stage) ?? null;
}

export const nameOf = (stage: unknown): string => {
  const kind = kindOf(stage);
  const name = kind ? (stage as Doc)[kind] : undefined;
  return typeof name === "string" ? name : "";
};

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const docOf = (value: unknown): Doc => (value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Doc) : {});
export const wordOf = (value: unknown): string => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean));

/** Every name of a stage and of a part in the document: new ones keep clear of them. */
export function namesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) namesIn(item, found);
  else if (value !== null && typeof value === "object") {
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === "string" && (KINDS as readonly string[]).concat("rule", "case", "otherwise", "arm", "row").includes(key)) found.add(item);
      namesIn(item, found);
    }
  }
  return found;
}

export function freshName(stem: string, taken: ReadonlySet<string>): string {
  if (!taken.has(stem)) return stem;
  let number = 2;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** A stage of that kind that can be read at once and is then filled in. */
export function newStage(kind: Kind, taken: ReadonlySet<string>, known: { column: string; list: string; model: string; reason: string }): Doc {
  const name = freshName(`new_${kind}`, taken);
  switch (kind) {
    case "lists": return { lists: name, checks: [{ list: known.list, of: known.column, then: "review", reason: known.reason }] };
    case "rules": return { rules: name, all: [] };
    case "table": return { table: name, hit: "first", columns: [known.column], outputs: [`${name}_value`], rows: [["-", 0]] };
    case "scorecard": return { scorecard: name, base: 0, characteristics: [{ characteristic: known.column, bins: [["missing", 0]], otherwise: 0 }] };
    case "model": return { model: name, uses: known.model, probability: `${name}_probability` };
    case "ask": return { ask: name, of: ["connector"] };
    case "switch": return { switch: name, cases: [{ case: "first", when: "TRUE", flow: [] }, { otherwise: "rest" }] };
    case "split": return { split: name, by: known.column, when_missing: "champion", arms: [{ arm: "champion", share: 90 }, { arm: "challenger", share: 10 }] };
    case "set": return { set: name, values: [{ [`${name}_value`]: "0" }] };
    case "decide": return { decide: name, then: "review", reason: known.reason };
  }
}

// -- rows of tables: a list of cells, or an object with a name

export interface TableRow {
  name: string; // empty: the row has none
  when: string[];
  then: unknown[];
  note: string;
}

export const cellText = (value: unknown): string => (value === null || value === undefined ? "-" : Array.isArray(value) ? `in [${value.map(wordOf).join(", ")}]` : wordOf(value));

export function readRow(row: unknown, inputs: number): TableRow {
  if (Array.isArray(row)) return { name: "", when: row.slice(0, inputs).map(cellText), then: row.slice(inputs), note: "" };
  const one = docOf(row);
  return { name: wordOf(one["row"]), when: listOf(one["when"]).map(cellText), then: listOf(one["then"]), note: wordOf(one["note"]) };
}

/** The row as it is written: as plain as it was, for a row without a name. */
export function writeRow({ name, when, then, note }: TableRow): unknown {
  if (!name && !note) return [...when, ...then];
  return { ...(name ? { row: name } : {}), when, then, ...(note ? { note } : {}) };
}

/** What a person typed into an output cell, as a value. */
export function valueOf(text: string): unknown {
  const said = text.trim();
  if (said === "" || said === "null") return null;
  if (said === "true" || said === "false") return said === "true";
  if (/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(said) && Number.isFinite(Number(said))) return Number(said);
  if (said.startsWith("[") && said.endsWith("]")) return said.slice(1, -1).split(",").map((part) => part.trim()).filter(Boolean);
  return said;
}

export const outputText = (value: unknown): string => (value === null || value === undefined ? "" : Array.isArray(value) ? `[${value.map(wordOf).join(", ")}]` : wordOf(value));
