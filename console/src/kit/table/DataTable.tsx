/**
 * A table for few rows or a hundred thousand: only what is seen is drawn. Search, filters, order and columns live in the
 * address; views are kept under names; everything works from the keyboard (j, k, Enter, x, /).
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../../app/keys";
import { Empty } from "../Empty";
import { ErrorPanel } from "../ErrorPanel";
import { Loading } from "../Loading";
import { useUrlSearch } from "../useUrlState";
import { asText, PREFIX, stateOf, type Column } from "./columns";
import { csvOf, download } from "./csv";
import { filtered, sorted } from "./pipeline";
import classes from "./table.module.css";
import { Tools } from "./Tools";

const ROW_PX = 38;
const BEYOND = 12; // rows drawn outside of what is seen
const WIDTH_PX = 120;
const NEAR_END = 40;

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
  tools?: ReactNode; // between search and filters
  height?: number | "fill"; // px at most; "fill": what is left of a page that `fills`
  end?: { more: boolean; busy: boolean; onMore: () => void; note?: ReactNode };
  selection?: { keys: ReadonlySet<string>; onChange: (keys: ReadonlySet<string>) => void; actions: ReactNode };
  bare?: boolean; // without search and tools, and not in the address: a small table inside a page
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { name, label, columns, rows, rowKey, onOpen, current, problem, onRetry, empty, tools, height = 560, end, selection, bare } = props;
  const { t } = useTranslation("kit");
  const id = useId();
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

  const scroll = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  // The row and not its place: rows may come in above it.
  const [cursorKey, setCursorKey] = useState<string>();
  const cursor = useMemo(() => (cursorKey === undefined ? -1 : visible.findIndex((row) => rowKey(row) === cursorKey)), [visible, cursorKey, rowKey]);
  const virtual = useVirtualizer({ count: visible.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_PX, overscan: BEYOND });

  const last = visible.length - 1;
  const goTo = useCallback((place: number) => {
    const next = Math.max(0, Math.min(last, place));
    const row = visible[next];
    if (row === undefined) return;
    setCursorKey(rowKey(row));
    virtual.scrollToIndex(next, { align: "auto" });
    scroll.current?.focus({ preventScroll: true });
  }, [last, visible, rowKey, virtual]);
  const open = useCallback((place: number) => {
    const row = visible[place];
    if (row !== undefined) onOpen?.(row);
  }, [visible, onOpen]);
  const select = (place: number): void => {
    const row = visible[place];
    if (row === undefined || !selection) return;
    const key = rowKey(row);
    const next = new Set(selection.keys);
    if (!next.delete(key)) next.add(key);
    selection.onChange(next);
  };

  useKeys(label, [
    { keys: "j", words: t("table.key_down"), act: () => goTo(cursor + 1) },
    { keys: "k", words: t("table.key_up"), act: () => goTo(cursor - 1) },
    ...(onOpen ? [{ keys: "Enter", words: t("table.key_open"), act: () => open(cursor) }] : []),
    ...(selection ? [{ keys: "x", words: t("table.key_select"), act: () => select(cursor) }] : []),
    ...(bare ? [] : [{ keys: "/", words: t("table.key_search"), act: () => searchField.current?.focus() }]),
  ]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2);
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(cursor + 1),
      ArrowUp: () => goTo(cursor - 1),
      PageDown: () => goTo(cursor + page),
      PageUp: () => goTo(cursor - page),
      Home: () => goTo(0),
      End: () => goTo(last),
      Enter: () => open(cursor),
      " ": () => (selection ? select(cursor) : open(cursor)),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  };

  const drawn = virtual.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const wantsMore = rows !== undefined && end?.more && !end.busy && lastDrawn >= visible.length - NEAR_END;
  const onMore = end?.onMore;
  useEffect(() => {
    if (wantsMore) onMore?.();
  }, [wantsMore, onMore, visible.length]);

  const template = [...(selection ? ["2.25rem"] : []), ...shown.map(({ width = WIDTH_PX, grow = 1 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`))].join(" ");
  const least = shown.reduce((sum, { width = WIDTH_PX }) => sum + width, selection ? 36 : 0);
  const style = { "--columns": template, "--least": `${least}px` } as Record<string, string>;
  const cursorRow = cursor >= 0 ? visible[cursor] : undefined;
  const cursorId = cursorRow !== undefined && drawn.some(({ index }) => index === cursor) ? `${id}-${cursor}` : undefined;
  const onSort = (column: Column<Row>): void => {
    const now = state.sort?.id === column.id ? state.sort : null;
    change({ sort: now === null ? column.id : now.descending ? undefined : `-${column.id}` });
  };
  const onExport = (): void => download(`${name}.csv`, csvOf(visible, shown));
  const pick = useCallback((place: number) => {
    const row = visible[place];
    if (row !== undefined) setCursorKey(rowKey(row));
    open(place);
  }, [visible, rowKey, open]);
  const filters = Object.keys(search).some((key) => key === "q" || key.startsWith(PREFIX));

  if (problem) return <ErrorPanel problem={problem} onRetry={onRetry} />;
  const isEmpty = rows?.length === 0 && !end?.busy;
  return (
    <div className={classes.frame} data-fills={height === "fill" || undefined} style={style}>
      {bare || (isEmpty && !filters) ? null : (
        <Tools name={name} columns={columns} shown={shown} rows={rows ?? []} count={visible.length} state={state} search={search} change={change} onExport={onExport} searchField={searchField} extra={tools} />
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
        <div ref={scroll} className={classes.scroll} style={height === "fill" ? undefined : { maxHeight: height }} role="grid" tabIndex={0} aria-label={label}
          aria-rowcount={visible.length + 1} aria-colcount={shown.length} aria-activedescendant={cursorId} aria-multiselectable={selection ? true : undefined} onKeyDown={onKeyDown}>
          <div role="rowgroup" className={classes.head}>
            <div role="row" aria-rowindex={1} style={{ display: "contents" }}>
              {selection ? <div role="columnheader" className={classes.headCell}><span className="visually-hidden">{t("table.selection")}</span></div> : null}
              {shown.map((column) => <HeadCell key={column.id} column={column} sort={state.sort} onSort={() => onSort(column)} />)}
            </div>
          </div>
          <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
            {drawn.map(({ index, start }) => {
              const row = visible[index] as Row;
              const key = rowKey(row);
              return (
                <TableRow key={key} id={`${id}-${index}`} row={row} index={index} start={start} columns={shown as readonly Column<unknown>[]} isCursor={index === cursor || key === current}
                  isSelected={selection?.keys.has(key)} opens={onOpen !== undefined} onPick={pick} onSelect={selection ? () => select(index) : undefined} />
              );
            })}
          </div>
        </div>
      )}
      {end && (end.note || end.busy) && rows !== undefined && !isEmpty ? <div className={classes.end} role="status">{end.note ?? t("table.loading_more")}</div> : null}
    </div>
  );
}

function HeadCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort: { id: string; descending: boolean } | null; onSort: () => void }) {
  const way = sort?.id === column.id ? (sort.descending ? "descending" : "ascending") : undefined;
  const text = <span title={column.hint}>{column.header}</span>;
  return (
    <div role="columnheader" className={classes.headCell} data-right={column.align === "right" || undefined} aria-sort={way ?? (column.unsorted ? undefined : "none")}>
      {column.unsorted ? text : (
        <button type="button" onClick={onSort}>
          {text}
          {way === "ascending" ? <ArrowUp size={13} aria-hidden /> : way === "descending" ? <ArrowDown size={13} aria-hidden /> : null}
        </button>
      )}
    </div>
  );
}

interface RowProps {
  id: string;
  row: unknown;
  index: number;
  start: number;
  columns: readonly Column<unknown>[];
  isCursor: boolean;
  isSelected: boolean | undefined;
  opens: boolean;
  onPick: (index: number) => void;
  onSelect?: () => void;
}

const TableRow = memo(
  ({ id, row, index, start, columns, isCursor, isSelected, opens, onPick, onSelect }: RowProps) => (
    // The keyboard has the grid itself, which points here by aria-activedescendant.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div id={id} role="row" aria-rowindex={index + 2} aria-selected={isSelected} className={classes.row} data-cursor={isCursor || undefined} data-selected={isSelected || undefined}
      data-opens={opens || undefined} style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
      onClick={(event) => { if (!(event.target as Element).closest("a, button, input, label")) onPick(index); }}>
      {onSelect ? (
        <div role="gridcell" className={classes.cell}><input type="checkbox" checked={isSelected ?? false} onChange={onSelect} tabIndex={-1} aria-labelledby={id} /></div>
      ) : null}
      {columns.map((column) => {
        const text = asText(column.value(row));
        return (
          <div key={column.id} role="gridcell" className={classes.cell} data-right={column.align === "right" || undefined}>
            {column.cell ? column.cell(row) : <span className={classes.text} title={text}>{text}</span>}
          </div>
        );
      })}
    </div>
  ),
  (before, after) =>
    before.row === after.row && before.index === after.index && before.start === after.start && before.columns === after.columns &&
    before.isCursor === after.isCursor && before.isSelected === after.isSelected && before.onPick === after.onPick,
);
TableRow.displayName = "TableRow";
