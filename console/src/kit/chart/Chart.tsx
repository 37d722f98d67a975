/**
 * A chart: drawn lazily, in the theme's colours, with the same numbers as a table one click away.
 *
 *     <Chart label={t("mix")} table={{head: [...], rows: [...]}} option={{ xAxis: ..., series: [...] }} />
 */
import { ActionIcon, Tooltip, useComputedColorScheme } from "@mantine/core";
import type { EChartsCoreOption } from "echarts/core";
import { ChartLine, Table2 } from "lucide-react";
import { isValidElement, lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../Loading";
import { Amount } from "../money";
import classes from "../kit.module.css";

const Drawn = lazy(() => import("./Drawn"));

export interface ChartTable {
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
}

interface ChartProps {
  label: string; // what the chart shows, for those who hear it
  option: EChartsCoreOption;
  table: ChartTable;
  height?: number;
  onPick?: (what: { seriesName?: string; name: string; dataIndex: number }) => void;
}

export function Chart({ label, option, table, height = 240, onPick }: ChartProps) {
  const { t } = useTranslation("kit");
  const [asTable, setAsTable] = useState(false);
  const scheme = useComputedColorScheme("light");
  const words = t(asTable ? "chart.as_chart" : "chart.as_table");
  return (
    <figure className={classes.chart} style={{ margin: 0 }}>
      <div className={classes.chartTools}>
        <Tooltip label={words}>
          <ActionIcon size="sm" aria-label={words} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? <ChartLine size={15} /> : <Table2 size={15} />}</ActionIcon>
        </Tooltip>
      </div>
      {asTable ? (
        <div className={classes.scroll} style={{ maxHeight: height + 60, overflowY: "auto" }} tabIndex={0} role="region" aria-label={label}><PlainTable label={label} {...table} /></div>
      ) : (
        <Suspense fallback={<div style={{ height }}><Loading lines={3} /></div>}>
          <div role="img" aria-label={label}><Drawn option={option} height={height} scheme={scheme} onPick={onPick} /></div>
        </Suspense>
      )}
    </figure>
  );
}

const isFigure = (cell: ReactNode): boolean =>
  typeof cell === "number" || (isValidElement<{ className?: string }>(cell) && (cell.type === Amount || cell.props.className === "number"));

/** A small table of what is already known. A number, an amount or a figure (`<span className="number">`) in a cell stands to the right. */
export function PlainTable({ head, rows, label }: ChartTable & { label?: string }) {
  return (
    <table className={classes.plain} aria-label={label}>
      <thead><tr>{head.map((name, place) => <th key={place} scope="col" data-right={isFigure(rows[0]?.[place]) || undefined}>{name}</th>)}</tr></thead>
      <tbody>
        {rows.map((cells, line) => (
          <tr key={line}>{cells.map((cell, place) => <td key={place} data-right={isFigure(cell) || undefined}>{cell}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
