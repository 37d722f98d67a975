import { memo } from "react";
import { asText, type Column } from "./columns";
import classes from "./table.module.css";

export const ROW_PX = 38;

/** What a row tells the grid; always the same object, so that a row is drawn anew only for what it shows. */
export interface RowActs {
  pick: (index: number) => void;
  select: (index: number) => void;
}

interface RowProps {
  id: string;
  row: unknown;
  index: number;
  start: number;
  columns: readonly Column<unknown>[];
  isCursor: boolean;
  isSelected: boolean | undefined; // undefined: rows are not selected here
  opens: boolean;
  acts: RowActs;
}

/** One row, drawn again only when it shows something else. */
export const TableRow = memo(({ id, row, index, start, columns, isCursor, isSelected, opens, acts }: RowProps) => (
  // The keyboard has the grid itself, which points here by aria-activedescendant.
  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
  <div id={id} role="row" aria-rowindex={index + 2} aria-selected={isSelected} className={classes.row} data-cursor={isCursor || undefined} data-selected={isSelected || undefined}
    data-opens={opens || undefined} style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
    onClick={(event) => { if (!(event.target as Element).closest("a, button, input, label")) acts.pick(index); }}>
    {isSelected === undefined ? null : (
      <div role="gridcell" className={classes.cell}><input type="checkbox" checked={isSelected} onChange={() => acts.select(index)} tabIndex={-1} aria-labelledby={id} /></div>
    )}
    {columns.map((column) => (
      <div key={column.id} role="gridcell" className={classes.cell} data-right={column.align === "right" || undefined}>
        {column.cell ? column.cell(row) : <span className={classes.text}>{asText(column.value(row))}</span>}
      </div>
    ))}
  </div>
));
TableRow.displayName = "TableRow";
