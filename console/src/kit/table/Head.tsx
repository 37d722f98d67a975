import { ArrowDown, ArrowUp } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Column, TableState } from "./columns";
import classes from "./table.module.css";

interface HeadProps {
  columns: readonly Column<unknown>[];
  sort: TableState["sort"];
  selects: boolean;
  onSort: (column: string) => void;
}

/** The names of the columns, which sort by a click. */
export const Head = memo(({ columns, sort, selects, onSort }: HeadProps) => {
  const { t } = useTranslation("kit");
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} style={{ display: "contents" }}>
        {selects ? <div role="columnheader" className={classes.headCell}><span className="visually-hidden">{t("table.selection")}</span></div> : null}
        {columns.map((column) => <HeadCell key={column.id} column={column} sort={sort} onSort={() => onSort(column.id)} />)}
      </div>
    </div>
  );
});
Head.displayName = "Head";

function HeadCell({ column, sort, onSort }: { column: Column<unknown>; sort: TableState["sort"]; onSort: () => void }) {
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
