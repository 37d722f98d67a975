import type { ReactNode } from "react";

export type CellValue = string | number | boolean | null | undefined;

export interface Column<Row> {
  id: string; // in the address and in the export
  header: string;
  value: (row: Row) => CellValue; // what is sorted, searched and exported
  cell?: (row: Row) => ReactNode; // what is shown; the value as text without
  width?: number; // least width in px
  grow?: number; // share of what is left; 0 keeps the width
  align?: "right";
  choices?: readonly { value: string; label: string }[] | "found"; // may be filtered by these, or by what is found
  hidden?: boolean; // until chosen
  unsorted?: boolean; // cannot be sorted
  hint?: string;
}

/** What the address says of a table. */
export interface TableState {
  search: string;
  sort: { id: string; descending: boolean } | null;
  filters: Readonly<Record<string, readonly string[]>>;
  shown: readonly string[] | null; // null: as the columns say
}

export const PREFIX = "f.";

/** Read the state of a table from the address. */
export function stateOf(search: Record<string, string | undefined>): TableState {
  const sort = search["sort"];
  const filters: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(search)) {
    if (name.startsWith(PREFIX) && value) filters[name.slice(PREFIX.length)] = value.split(",");
  }
  return {
    search: search["q"] ?? "",
    sort: sort ? { id: sort.replace(/^-/, ""), descending: sort.startsWith("-") } : null,
    filters,
    shown: search["cols"] ? search["cols"].split(",") : null,
  };
}

export const asText = (value: CellValue): string => (value === null || value === undefined ? "" : String(value));
