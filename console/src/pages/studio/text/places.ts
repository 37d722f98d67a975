/** Where a place of the document stands in the text, found by what opens there: good enough to point at a line. */
import { pathOf } from "../model/paths";

/** The line (from 1) of `where` in YAML `text`; null where it cannot be told. */
export function placeInText(text: string, where: string): number | null {
  const lines = text.split("\n");
  let first = 0;
  let last = lines.length;
  let found: number | null = null;
  for (const token of pathOf(where)) {
    const place = typeof token === "number" ? item(lines, first, last, token) : key(lines, first, last, token);
    if (place === null) return found;
    found = place + 1;
    const indent = depth(lines[place] ?? "");
    // A dash and what follows it on its line belong together: its keys stand on this line and deeper.
    let end = place + 1;
    while (end < last && ((lines[end] ?? "").trim() === "" || depth(lines[end] ?? "") > indent || (lines[end] ?? "").trimStart().startsWith("#"))) end += 1;
    first = typeof token === "number" ? place : place + 1;
    last = end;
  }
  return found;
}

const depth = (line: string): number => line.length - line.trimStart().length;
const blank = (line: string): boolean => line.trim() === "" || line.trimStart().startsWith("#");

function item(lines: readonly string[], first: number, last: number, wanted: number): number | null {
  let count = -1;
  let indent = -1;
  for (let place = first; place < last; place += 1) {
    const line = lines[place] ?? "";
    if (blank(line) || !line.trimStart().startsWith("-")) continue;
    if (indent < 0) indent = depth(line);
    if (depth(line) === indent) count += 1;
    if (count === wanted) return place;
  }
  return null;
}

function key(lines: readonly string[], first: number, last: number, name: string): number | null {
  for (let place = first; place < last; place += 1) {
    const line = (lines[place] ?? "").replace(/^\s*-\s+/, "").trimStart();
    if (line.startsWith(`${name}:`)) return place;
    if (place === first && line.startsWith("{") && line.includes(`${name}:`)) return place;
  }
  return null;
}
