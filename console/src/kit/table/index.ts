export { DataTable, type DataTableProps } from "./DataTable";
export type { CellValue, Column } from "./columns";
export { csvOf, download } from "./csv";
