/** Who has which bank account, from a table that somebody gives: read here and sent along, kept nowhere. */
import type { Shape } from "../../api";

export type Wanted = Shape<"BankWanted">;

export interface Fault {
  line: number; // as an editor counts them
  column: string;
  why: "lacks" | "no_column" | "cells";
}

export const COLUMNS = ["account_id", "plan", "name", "iban", "number", "bic", "clearing", "mandate_id", "mandate_signed_on", "mandate_first"] as const;
const NEEDED = ["account_id", "name"] as const;
const TRUE = new Set(["true", "yes", "1"]);

/** What a first line and an example of it look like. */
export const TEMPLATE = `${COLUMNS.join(",")}\n`;

/** Cells of one line of a table; a quoted cell may hold commas and doubled quotes. */
function cells(line: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at]!;
    if (quoted) {
      if (sign === '"' && line[at + 1] === '"') { cell += '"'; at += 1; } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") { found.push(cell.trim()); cell = ""; } else cell += sign;
  }
  return [...found, cell.trim()];
}

/** The parties in `text`, and every line that cannot be read. */
export function readParties(text: string): { parties: Wanted[]; faults: Fault[] } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const head = cells(lines[0] ?? "").map((one) => one.toLowerCase());
  const faults: Fault[] = NEEDED.filter((one) => !head.includes(one)).map((column) => ({ line: 1, column, why: "no_column" }));
  if (faults.length) return { parties: [], faults };
  const parties: Wanted[] = [];
  for (const [place, line] of lines.entries()) {
    if (place === 0 || line.trim() === "") continue;
    const found = cells(line);
    if (found.length !== head.length) {
      faults.push({ line: place + 1, column: "", why: "cells" });
      continue;
    }
    const row = Object.fromEntries(head.map((name, at) => [name, found[at]!]));
    const lacks = NEEDED.find((one) => !row[one]) ?? (row["iban"] || row["number"] ? undefined : "iban");
    if (lacks) {
      faults.push({ line: place + 1, column: lacks, why: "lacks" });
      continue;
    }
    const told = (name: string): string | null => row[name] || null;
    parties.push({
      account_id: row["account_id"]!,
      plan: told("plan"),
      party: { name: row["name"]!, iban: told("iban")?.replaceAll(" ", "") ?? null, number: told("number"), bic: told("bic"), clearing: told("clearing") },
      mandate: row["mandate_id"] ? { id: row["mandate_id"], signed_on: row["mandate_signed_on"] ?? "", first: TRUE.has((row["mandate_first"] ?? "").toLowerCase()) } : null,
    });
  }
  return { parties, faults };
}
