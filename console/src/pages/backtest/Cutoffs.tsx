import { Slider, useComputedColorScheme } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart, fixed, number, paletteOf, percent, useMoney } from "../../kit";
import classes from "./backtest.module.css";
import { Tile } from "./Known";
import { boundsText, rateText, type Report } from "./parts";

type Cutoffs = NonNullable<Report["cutoffs"]>;

const DIGITS = 4;

/** Approval against bad rate and profit, with a cut that can be moved. */
export function CutoffExplorer({ report, cutoffs }: { report: Report; cutoffs: Cutoffs }) {
  const { t } = useTranslation("backtest");
  const money = useMoney(report.currency);
  const palette = paletteOf(useComputedColorScheme("light"));
  const { points } = cutoffs;
  const [at, setAt] = useState(() => cutoffs.best ?? Math.floor(points.length / 2));
  const point = points[at];
  if (!point) return null;
  const priced = point.profit_bounds !== null;
  const shares = points.map(({ approved }) => approved.share ?? 0);
  const line = (name: string, data: (number | null)[], more: object = {}) => ({ type: "line", name, data: data.map((value, place) => [shares[place], value]), ...more });
  const bad = (of: (one: (typeof points)[number]) => number | null) => points.map(of);
  const series = [
    line(t("cuts.bad_known"), bad((one) => one.bad_bounds.known), { itemStyle: { color: palette.bad } }),
    line(t("cuts.bad_if_good"), bad((one) => one.bad_bounds.all_good), { lineStyle: { width: 1, type: "dashed" }, itemStyle: { color: palette.soft } }),
    line(t("cuts.bad_if_bad"), bad((one) => one.bad_bounds.all_bad), { lineStyle: { width: 1, type: "dashed" }, itemStyle: { color: palette.wait } }),
    ...(priced ? [line(t("cuts.profit"), points.map((one) => one.profit_bounds?.known ?? null), { yAxisIndex: 1, itemStyle: { color: palette.good }, markLine: { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: palette.ink }, data: [{ xAxis: shares[at] }] } })] : []),
  ];
  const mark = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: palette.ink }, data: [{ xAxis: shares[at] }] };
  return (
    <div className={classes.stack}>
      <Chart label={t("cuts.label", { score: cutoffs.score })} height={300}
        table={{
          head: [t("cuts.cut"), t("cuts.approved"), t("cuts.bad_known"), t("sides.bad_bounds"), ...(priced ? [t("cuts.profit")] : [])],
          rows: points.map((one) => [fixed(one.cut, DIGITS), percent(one.approved.share ?? 0), rateText(one.bad_rate), boundsText(one.bad_bounds), ...(priced ? [money(Math.round(one.profit_bounds?.known ?? 0))] : [])]),
        }}
        option={{
          grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true }, legend: { top: 0, left: 0 }, tooltip: { trigger: "axis", valueFormatter: (value: unknown) => (typeof value === "number" ? (Math.abs(value) <= 1 ? percent(value) : money(Math.round(value))) : "–") },
          xAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value: number) => percent(value, 0) } },
          yAxis: [{ type: "value", min: 0, axisLabel: { formatter: (value: number) => percent(value, 0) } }, ...(priced ? [{ type: "value", splitLine: { show: false }, axisLabel: { formatter: (value: number) => money(value) } }] : [])],
          series: series.map((one, place) => (place === 0 ? { ...one, markLine: mark } : one)),
        }} />
      <div className={classes.slider}>
        <Slider thumbLabel={t("cuts.move")} value={at} onChange={setAt} min={0} max={points.length - 1} step={1} label={(place) => fixed(points[place]?.cut ?? 0, DIGITS)} />
      </div>
      <div className={classes.tiles} aria-live="polite">
        <Tile title={t("cuts.cut")} big={fixed(point.cut, DIGITS)} line={at === cutoffs.best ? t("cuts.best") : t("cuts.below")} tone={at === cutoffs.best ? "good" : "wait"} />
        <Tile title={t("cuts.approved")} big={percent(point.approved.share ?? 0)} line={t("cuts.of", { part: number(point.approved.part), whole: number(point.approved.whole) })} tone="good" />
        <Tile title={t("cuts.bad_known")} big={point.bad_rate.share === null ? "–" : percent(point.bad_rate.share)} line={boundsText(point.bad_bounds)} tone="wait" />
        {point.profit_bounds ? <Tile title={t("cuts.profit")} big={money(Math.round(point.profit_bounds.known ?? 0))} line={`${money(Math.round(point.profit_bounds.all_bad ?? 0))} – ${money(Math.round(point.profit_bounds.all_good ?? 0))}`} tone={(point.profit_bounds.known ?? 0) >= 0 ? "good" : "bad"} /> : null}
      </div>
      {cutoffs.auc === null ? null : <p className="soft">{t("cuts.auc", { auc: fixed(cutoffs.auc, 3), scored: number(cutoffs.scored) })}</p>}
    </div>
  );
}
