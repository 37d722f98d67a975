/**
 * A table like a spreadsheet: arrows move, typing or Enter writes, Tab goes on, Ctrl-C and Ctrl-V exchange with Excel.
 * Only the rows that are seen are drawn, so that ten thousand of them are no heavier than ten.
 */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { inWords } from "../../../kit";
import classes from "../studio.module.css";

export interface SheetColumn {
  name: string;
  output: boolean;
  type: string;
}

interface SheetProps {
  label: string;
  columns: readonly SheetColumn[];
  cells: readonly (readonly string[])[];
  names: readonly string[]; // of the rows
  fallback: readonly string[] | null; // outputs where no row matches
  report: Shape<"DraftTable"> | undefined;
  findings: readonly Shape<"DraftFinding">[];
  where: string;
  editable: boolean;
  onCells: (changes: readonly { row: number; column: number; text: string }[], key: string) => void;
  onInsert: (row: number) => void;
  onRemove: (first: number, last: number) => void;
  onMove: (from: number, to: number) => void;
  onFallback: (output: number, text: string) => void;
  onHead: (column: number) => void;
}

const ROW_PX = 33;
const NUMBER_WIDTH = "5.5rem";

interface Spot {
  row: number;
  column: number;
}

/** Rows of cells from a text off the clipboard: tabs and lines, quotes around what holds them. */
export function fromClipboard(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    if (quoted) {
      if (sign === '"' && text[place + 1] === '"') { cell += '"'; place += 1; }
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") { rows.at(-1)?.push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1)?.push(cell); cell = ""; rows.push([]); }
    else if (sign !== "\r") cell += sign;
  }
  rows.at(-1)?.push(cell);
  if (rows.at(-1)?.join("") === "") rows.pop();
  return rows;
}

export function Sheet(props: SheetProps) {
  const { label, columns, cells, names, fallback, report, findings, where, editable, onCells, onInsert, onRemove, onMove, onFallback, onHead } = props;
  const { t } = useTranslation("studio");
  const scroll = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 });
  const [end, setEnd] = useState<Spot | null>(null); // the other corner of what is chosen
  const [writing, setWriting] = useState<string | null>(null);
  const count = cells.length + (fallback ? 1 : 0);
  const virtual = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => ROW_PX, overscan: 10, scrollPaddingStart: ROW_PX });
  const template = `${NUMBER_WIDTH} ${columns.map((one) => (one.output ? "minmax(6.5rem, 1fr)" : "minmax(7.5rem, 1.3fr)")).join(" ")}`;
  const inputs = columns.findIndex((one) => one.output);
  const unreachable = useMemo(() => new Set(report?.unreachable.map((one) => one.row)), [report]);
  const overlapping = useMemo(() => new Set(report?.hit === "unique" ? report.overlaps.flatMap((one) => [one.first, one.second]) : []), [report]);
  const wrong = useMemo(() => {
    const found = new Map<string, string>();
    for (const one of findings) {
      const place = /rows\[(\d+)\](?:\.when\[(\d+)\])?/.exec(one.where.slice(where.length));
      if (place) found.set(`${place[1]} ${place[2] ?? ""}`, inWords(one.message));
    }
    return found;
  }, [findings, where]);

  useEffect(() => { if (writing !== null) input.current?.focus(); }, [writing]);

  const go = (row: number, column: number, keepEnd = false): void => {
    const next = { row: Math.max(0, Math.min(count - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) };
    setSpot(next);
    if (!keepEnd) setEnd(null);
    virtual.scrollToIndex(next.row, { align: "auto" });
    scroll.current?.focus({ preventScroll: true });
  };
  const textAt = (row: number, column: number): string => (row < cells.length ? (cells[row]?.[column] ?? "") : column < inputs ? "" : (fallback?.[column - inputs] ?? ""));
  const locked = (row: number, column: number): boolean => row >= cells.length && column < inputs;
  const write = (row: number, column: number, text: string): void => {
    if (locked(row, column)) return;
    if (row >= cells.length) onFallback(column - inputs, text);
    else if (text !== textAt(row, column)) onCells([{ row, column, text }], `${where} cell ${row} ${column}`);
  };
  const finish = (next?: Spot): void => {
    if (writing !== null) write(spot.row, spot.column, writing);
    setWriting(null);
    go(next?.row ?? spot.row, next?.column ?? spot.column);
  };
  const box = { top: Math.min(spot.row, end?.row ?? spot.row), bottom: Math.max(spot.row, end?.row ?? spot.row), left: Math.min(spot.column, end?.column ?? spot.column), right: Math.max(spot.column, end?.column ?? spot.column) };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (writing !== null) {
      if (event.key === "Enter") { event.preventDefault(); finish({ row: spot.row + (event.shiftKey ? -1 : 1), column: spot.column }); }
      else if (event.key === "Tab") { event.preventDefault(); finish({ row: spot.row, column: spot.column + (event.shiftKey ? -1 : 1) }); }
      else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setWriting(null); scroll.current?.focus(); }
      return;
    }
    const from = event.shiftKey && end ? end : spot;
    const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageDown: [12, 0], PageUp: [-12, 0] };
    const step = steps[event.key];
    if (step && event.altKey && step[0] !== 0 && editable) {
      event.preventDefault();
      onMove(spot.row, spot.row + Math.sign(step[0]));
      go(spot.row + Math.sign(step[0]), spot.column);
    } else if (step && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) setEnd({ row: Math.max(0, Math.min(count - 1, from.row + step[0])), column: Math.max(0, Math.min(columns.length - 1, from.column + step[1])) });
      else go(spot.row + step[0], spot.column + step[1]);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      go(event.ctrlKey || event.metaKey ? (event.key === "Home" ? 0 : count - 1) : spot.row, event.key === "Home" ? 0 : columns.length - 1);
    } else if (!editable) return;
    else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      if (!locked(spot.row, spot.column)) setWriting(textAt(spot.row, spot.column));
    } else if (event.key === "Insert" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      onInsert(Math.min(spot.row + 1, cells.length));
      go(spot.row + 1, 0);
    } else if ((event.key === "Delete" || event.key === "Backspace") && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (box.top < cells.length && cells.length > 1) onRemove(box.top, Math.min(box.bottom, cells.length - 1));
      go(box.top, spot.column);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      const changes = [];
      for (let row = box.top; row <= Math.min(box.bottom, cells.length - 1); row += 1) for (let column = box.left; column <= box.right; column += 1) changes.push({ row, column, text: "" });
      if (changes.length > 0) onCells(changes, "");
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!locked(spot.row, spot.column)) setWriting(event.key);
    }
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (writing !== null) return;
    event.preventDefault();
    const rows = [];
    for (let row = box.top; row <= box.bottom; row += 1) rows.push(Array.from({ length: box.right - box.left + 1 }, (_, place) => textAt(row, box.left + place)).join("\t"));
    event.clipboardData.setData("text/plain", rows.join("\n"));
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (writing !== null || !editable) return;
    event.preventDefault();
    const rows = fromClipboard(event.clipboardData.getData("text/plain"));
    const top = Math.min(spot.row, cells.length);
    onCells(rows.flatMap((row, down) => row.map((text, right) => ({ row: top + down, column: spot.column + right, text }))), "");
    setEnd({ row: top + rows.length - 1, column: Math.min(columns.length - 1, spot.column + Math.max(...rows.map((row) => row.length)) - 1) });
  };

  return (
    <div ref={scroll} className={classes.sheet} role="grid" tabIndex={0} aria-label={label} aria-rowcount={count + 1} aria-colcount={columns.length + 1} aria-readonly={!editable} aria-activedescendant={`${where}-${spot.row}-${spot.column}`}
      onKeyDown={onKeyDown} onCopy={onCopy} onPaste={onPaste} style={{ height: Math.min(480, (count + 1) * ROW_PX + 18) }}>
      <div style={{ minWidth: `calc(${NUMBER_WIDTH} + ${columns.length} * 6.5rem)` }}>
        <div className={classes.sheetHead} role="row" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
          <div role="columnheader">{t("table.row")}</div>
          {columns.map((one, place) => (
            <div key={place} role="columnheader" data-out={one.output || undefined} title={one.type ? `${one.name} · ${one.type}` : one.name}>
              <button type="button" tabIndex={-1} style={{ all: "unset", cursor: "pointer" }} onClick={() => onHead(place)}>{one.name}</button>
            </div>
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: "relative" }} role="rowgroup">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const mark = unreachable.has(index) ? "unreachable" : overlapping.has(index) ? "overlap" : undefined;
            const isDefault = index >= cells.length;
            return (
              <div key={index} className={classes.sheetRow} role="row" aria-rowindex={index + 2} style={{ gridTemplateColumns: template, height: ROW_PX, transform: `translateY(${start}px)` }}>
                <div role="rowheader" className={classes.number} data-mark={mark} title={mark ? t(`table.mark_${mark}`) : names[index]}>
                  {isDefault ? t("table.otherwise") : `${index + 1}${names[index] ? ` ${names[index]}` : ""}`}{mark ? <span aria-label={t(`table.mark_${mark}`)}> {mark === "unreachable" ? "✕" : "≈"}</span> : null}
                </div>
                {columns.map((one, place) => {
                  const active = spot.row === index && spot.column === place;
                  const chosen = end !== null && index >= box.top && index <= box.bottom && place >= box.left && place <= box.right;
                  const fault = wrong.get(`${index} ${one.output ? "" : place}`);
                  return (
                    <div key={place} id={`${where}-${index}-${place}`} role="gridcell" tabIndex={-1} className={classes.cell} data-active={active || undefined} data-out={one.output || undefined} data-wrong={fault ? true : undefined} aria-selected={active || chosen} title={fault}
                      style={chosen && !active ? { background: "var(--accent-tint)" } : undefined}
                      onMouseDown={(event) => {
                        if (writing !== null) { if (!active) finish({ row: index, column: place }); return; }
                        if (event.shiftKey) { event.preventDefault(); setEnd({ row: index, column: place }); } else { event.preventDefault(); go(index, place); }
                      }}
                      onDoubleClick={() => { if (editable && !locked(index, place)) setWriting(textAt(index, place)); }}>
                      {active && writing !== null
                        ? <input ref={input} value={writing} aria-label={`${one.name} ${index + 1}`} onChange={(event) => setWriting(event.currentTarget.value)} onBlur={() => { if (writing !== null) { write(spot.row, spot.column, writing); setWriting(null); } }} />
                        : locked(index, place) ? "" : textAt(index, place)}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
