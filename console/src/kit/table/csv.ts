import { asText, type CellValue, type Column } from "./columns";

/** A cell that a spreadsheet would take for a formula is made text; data must not run on the reader's machine. */
function cell(value: CellValue): string {
  const text = asText(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV with a head, in the order given. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const head = columns.map(({ header }) => cell(header)).join(",");
  return [head, ...rows.map((row) => columns.map(({ value }) => cell(value(row))).join(","))].join("\r\n") + "\r\n";
}

/** Hand `text` to the reader as a file. */
export function download(name: string, text: string, type = "text/csv"): void {
  // The mark lets spreadsheets read Chinese; in any other file it would be a stranger.
  const address = URL.createObjectURL(new Blob(type === "text/csv" ? ["\uFEFF", text] : [text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
