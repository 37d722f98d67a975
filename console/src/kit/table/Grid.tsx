/**
 * Head, the rows that are seen, and the keys that move among them. Every step of scrolling draws this anew, and therefore
 * nothing else is in it: search, filters and tools stay as they are.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../../app/keys";
import type { Column, TableState } from "./columns";
import { Head } from "./Head";
import { ROW_PX, TableRow, type RowActs } from "./Row";
import classes from "./table.module.css";

const BEYOND = 8; // rows drawn outside of what is seen
const NEAR_END = 40;

export interface Selection {
  keys: ReadonlySet<string>;
  onChange: (keys: ReadonlySet<string>) => void;
}

interface GridProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort: TableState["sort"];
  onSort: (column: string) => void;
  onOpen?: (row: Row) => void;
  onNearEnd?: () => void; // undefined: nothing follows, or it is coming already
  current?: string;
  selection?: Selection;
  height: number | "fill";
}

/** Pointing at a text that is cut shows the whole of it. */
function tellWhole({ target }: PointerEvent<HTMLElement>): void {
  if (target instanceof HTMLElement && target.classList.contains(classes.text ?? "")) {
    target.title = target.scrollWidth > target.clientWidth ? target.textContent : "";
  }
}

export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, rows, rowKey, sort, onSort, onOpen, onNearEnd, current, selection, height } = props;
  const { t } = useTranslation("kit");
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  // The row and not its place: rows may come in above it.
  const [cursorKey, setCursorKey] = useState<string>();
  const cursor = useMemo(() => (cursorKey === undefined ? -1 : rows.findIndex((row) => rowKey(row) === cursorKey)), [rows, cursorKey, rowKey]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW_PX, overscan: BEYOND });

  const last = rows.length - 1;
  const goTo = (place: number): void => {
    const next = Math.max(0, Math.min(last, place));
    const row = rows[next];
    if (row === undefined) return;
    setCursorKey(rowKey(row));
    virtual.scrollToIndex(next, { align: "auto" });
    scroll.current?.focus({ preventScroll: true });
  };
  const open = (place: number): void => {
    const row = rows[place];
    if (row !== undefined) onOpen?.(row);
  };
  const select = (place: number): void => {
    const row = rows[place];
    if (row === undefined || !selection) return;
    const key = rowKey(row);
    const next = new Set(selection.keys);
    if (!next.delete(key)) next.add(key);
    selection.onChange(next);
  };
  const pick = (place: number): void => {
    const row = rows[place];
    if (row !== undefined) setCursorKey(rowKey(row));
    open(place);
  };
  // Rows call what is current through one object that never changes.
  const now = useRef<RowActs>({ pick, select });
  useEffect(() => {
    now.current = { pick, select };
  });
  const acts = useMemo<RowActs>(() => ({ pick: (place) => now.current.pick(place), select: (place) => now.current.select(place) }), []);

  useKeys(label, [
    { keys: "j", words: t("table.key_down"), act: () => goTo(cursor + 1) },
    { keys: "k", words: t("table.key_up"), act: () => goTo(cursor - 1) },
    ...(onOpen ? [{ keys: "Enter", words: t("table.key_open"), act: () => open(cursor) }] : []),
    ...(selection ? [{ keys: "x", words: t("table.key_select"), act: () => select(cursor) }] : []),
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
  const isNearEnd = (drawn.at(-1)?.index ?? 0) >= rows.length - NEAR_END;
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, onNearEnd, rows.length]);

  const cursorId = cursor >= 0 && drawn.some(({ index }) => index === cursor) ? `${id}-${cursor}` : undefined;
  const unknown = columns as readonly Column<unknown>[];
  return (
    <div ref={scroll} className={classes.scroll} style={height === "fill" ? undefined : { maxHeight: height }} role="grid" tabIndex={0} aria-label={label}
      aria-rowcount={rows.length + 1} aria-colcount={columns.length} aria-activedescendant={cursorId} aria-multiselectable={selection ? true : undefined} onKeyDown={onKeyDown}>
      <Head columns={unknown} sort={sort} selects={selection !== undefined} onSort={onSort} />
      <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }} onPointerOver={tellWhole}>
        {drawn.map(({ index, start }) => {
          const row = rows[index] as Row;
          const key = rowKey(row);
          return (
            <TableRow key={key} id={`${id}-${index}`} row={row} index={index} start={start} columns={unknown} isCursor={index === cursor || key === current}
              isSelected={selection ? selection.keys.has(key) : undefined} opens={onOpen !== undefined} acts={acts} />
          );
        })}
      </div>
    </div>
  );
}
