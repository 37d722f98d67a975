/**
 * A table for few rows or a hundred thousand: only what is seen is drawn. Search, filters, order and columns live in the
 * address; views are kept under names; everything works from the keyboard (j, k, Enter, x, /).
 */
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../../app/keys";
import { Empty } from "../Empty";
import { ErrorPanel } from "../ErrorPanel";
import { Loading } from "../Loading";
import { useUrlSearch } from "../useUrlState";
import { PREFIX, stateOf, type Column } from "./columns";
import { csvOf, download } from "./csv";
import { Grid, type Selection } from "./Grid";
import { filtered, sorted } from "./pipeline";
import classes from "./table.module.css";
import { Tools } from "./Tools";

const WIDTH_PX = 120;

export interface DataTableProps<Row> {
  name: string; // of the saved views and of the export
  label: string; // for those who hear it
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined; // undefined: not there yet
  rowKey: (row: Row) => string;
  onOpen?: (row: Row) => void;
  current?: string; // key of the row shown elsewhere on the page
  problem?: unknown;
  onRetry?: () => void;
  empty?: ReactNode; // when there is nothing at all; an <Empty>
  tools?: ReactNode; // between search and filters; they stay where there is nothing, for they may be why
  height?: number | "fill"; // px at most; "fill": what is left of a page that `fills`
  end?: { more: boolean; busy: boolean; onMore: () => void; note?: ReactNode; total?: number }; // total: of rows that could be had, not only those that are here
  selection?: Selection & { actions: ReactNode };
  bare?: boolean; // without search and tools, and not in the address: a small table inside a page
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, rows, rowKey, onOpen, current, problem, onRetry, empty, tools, height = 560, end, selection, bare } = props;
  const { t } = useTranslation("kit");
  const [address, changeAddress] = useUrlSearch();
  const [own, setOwn] = useState<Record<string, string | undefined>>({});
  const search = bare ? own : address;
  const change = useMemo(() => (bare ? (changes: Record<string, string | undefined>) => setOwn((before) => ({ ...before, ...changes })) : changeAddress), [bare, changeAddress]);
  const state = useMemo(() => stateOf(search), [search]);
  const shown = useMemo(() => {
    const chosen = state.shown ? columns.filter((column) => state.shown?.includes(column.id)) : columns.filter((column) => !column.hidden);
    return chosen.length > 0 ? chosen : columns;
  }, [columns, state.shown]);
  const kept = useMemo(() => filtered(rows ?? [], columns, state), [rows, columns, state]);
  const visible = useMemo(() => sorted(kept, columns, state.sort), [kept, columns, state.sort]);

  const searchField = useRef<HTMLInputElement>(null);
  useKeys(label, bare ? [] : [{ keys: "/", words: t("table.key_search"), act: () => searchField.current?.focus() }]);

  const onNearEnd = rows !== undefined && end?.more && !end.busy ? end.onMore : undefined;
  useEffect(() => {
    if (visible.length === 0) onNearEnd?.();
  }, [onNearEnd, visible.length]);

  const template = [...(selection ? ["2.25rem"] : []), ...shown.map(({ width = WIDTH_PX, grow = 1 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`))].join(" ");
  const least = shown.reduce((sum, { width = WIDTH_PX }) => sum + width, selection ? 36 : 0);
  const style = { "--columns": template, "--least": `${least}px` } as Record<string, string>;
  const onSort = (id: string): void => {
    const now = state.sort?.id === id ? state.sort : null;
    change({ sort: now === null ? id : now.descending ? undefined : `-${id}` });
  };
  const onExport = (): void => download(`${name}.csv`, csvOf(visible, shown));
  const filters = Object.keys(search).some((key) => key === "q" || key.startsWith(PREFIX));

  if (problem) return <ErrorPanel problem={problem} onRetry={onRetry} />;
  const isEmpty = rows?.length === 0 && !end?.busy;
  return (
    <div className={classes.frame} data-table data-fills={height === "fill" || undefined} style={style}>
      {bare || (isEmpty && !filters && !tools) ? null : (
        <Tools name={name} columns={columns} shown={shown} rows={rows ?? []} count={visible.length} total={end?.total} state={state} search={search} change={change} onExport={onExport} searchField={searchField} extra={tools} />
      )}
      {selection && selection.keys.size > 0 ? (
        <div className={classes.bulk} role="status"><span>{t("table.selected", { count: selection.keys.size })}</span>{selection.actions}</div>
      ) : null}
      {rows === undefined ? (
        <div className={classes.coming}><Loading lines={8} /></div>
      ) : isEmpty ? (
        empty ?? <Empty title={t("table.empty")} />
      ) : visible.length === 0 ? (
        <Empty title={t("table.nothing_fits")} hint={t("table.nothing_fits_hint")} />
      ) : (
        <Grid label={label} columns={shown} rows={visible} rowKey={rowKey} sort={state.sort} onSort={onSort} onOpen={onOpen} onNearEnd={onNearEnd} current={current}
          selection={selection} height={height} />
      )}
      {end && (end.note || end.busy) && rows !== undefined && !isEmpty ? <div className={classes.end} role="status">{end.note ?? t("table.loading_more")}</div> : null}
    </div>
  );
}
