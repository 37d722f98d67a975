/** Small charts over groups: what came true with its interval, what was expected, and the limit. */
import { useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Chart, paletteOf, number } from "../../kit";
import { figureOf, told, useFigureName } from "./figures";
import classes from "./monitoring.module.css";

type Group = Shape<"GroupFigures">;
type Series = (number | null)[];

const CHARTS: readonly { figure: string; expected?: string; limit?: boolean }[] = [
  { figure: "bad_rate", expected: "bad_rate_estimated" },
  { figure: "auc", expected: "auc_estimated" },
  { figure: "psi", limit: true },
  { figure: "calibration_ratio" },
  { figure: "coverage", limit: true },
  { figure: "latency_ms_p95", limit: true },
];
const NAME_PLACES = 12;

/** Each figure that any of the groups has. */
export function Trends({ groups }: { groups: readonly Group[] }) {
  const shown = CHARTS.filter(({ figure, expected }) => groups.some((one) => figureOf(one, figure) ?? (expected && figureOf(one, expected))));
  return <div className={classes.charts}>{shown.map((one) => <Trend key={one.figure} groups={groups} {...one} />)}</div>;
}

function Trend({ groups, figure, expected, limit }: { groups: readonly Group[]; figure: string; expected?: string; limit?: boolean }) {
  const { t } = useTranslation("monitoring");
  const nameOf = useFigureName();
  const palette = paletteOf(useComputedColorScheme("light"));
  const names = groups.map((one) => one.value.slice(0, NAME_PLACES));
  const of = (name: string, part: "value" | "low" | "high" | "limit" = "value"): Series => groups.map((one) => figureOf(one, name)?.[part] ?? null);
  const [values, low, high] = [of(figure), of(figure, "low"), of(figure, "high")];
  const hopes = expected ? of(expected) : [];
  const limits = limit ? of(figure, "limit") : [];
  const hasBand = low.some((one) => one !== null);
  const measured = t(expected ? "came_true" : "value");
  const cell = (value: number | null | undefined): string => (value === null || value === undefined ? "" : told(figure, value));
  const line = { type: "line", connectNulls: false, symbol: "circle", showSymbol: true, symbolSize: 6 };
  const band = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return (
    <div>
      <h3>{nameOf(figure)}</h3>
      <Chart label={t("trend_label", { figure: nameOf(figure) })} height={170}
        table={{
          head: [t("group"), t("decisions"), t("value"), t("interval"), ...(expected ? [t("expected")] : []), ...(limit ? [t("limit")] : [])],
          rows: groups.map((one, place) => [names[place], number(one.rows), cell(values[place]), low[place] === null ? "" : `${cell(low[place])} – ${cell(high[place])}`, ...(expected ? [cell(hopes[place])] : []), ...(limit ? [cell(limits[place])] : [])]),
        }}
        option={{
          grid: { left: 8, right: 14, top: expected || limit ? 30 : 12, bottom: 6, containLabel: true },
          legend: expected || limit ? { top: 0, left: 0, data: [measured, expected ? t("expected") : t("limit")] } : undefined,
          tooltip: { trigger: "axis", valueFormatter: (value: number | null | undefined) => (typeof value === "number" ? told(figure, value) : "–") },
          xAxis: { type: "category", data: names }, yAxis: { type: "value", scale: true, splitNumber: 3, axisLabel: { formatter: (value: number) => told(figure, value) } },
          series: [
            ...(hasBand ? [{ ...band, name: "low", data: low }, { ...band, name: "high", areaStyle: { opacity: 0.16, color: palette.series[0] }, data: high.map((one, place) => (one === null ? null : one - (low[place] ?? 0))) }] : []),
            { ...line, name: measured, data: values, color: palette.series[0] },
            ...(expected ? [{ ...line, name: t("expected"), data: hopes, color: palette.series[1], lineStyle: { type: "dashed", width: 2 } }] : []),
            ...(limit ? [{ ...line, name: t("limit"), data: limits, symbol: "none", color: palette.bad, lineStyle: { type: "dotted", width: 1.5 } }] : []),
          ],
        }} />
    </div>
  );
}
