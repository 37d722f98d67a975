/** How groups are treated: approval with its interval as a chart, and everything else as a table. */
import { useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { Chart, fixed, paletteOf, percent, PlainTable } from "../../../kit";
import { rateText } from "../../backtest/parts";
import classes from "../launching.module.css";

const PER_CENT = 100;

const ratio = (one: Shape<"GroupTreated">): string => (one.ratio === null ? "–" : `${fixed(one.ratio)} (${fixed(one.ratio_low ?? 0)} – ${fixed(one.ratio_high ?? 0)})`);

const above = ({ price }: Shape<"GroupTreated">): string =>
  (price && price.above_bps !== 0 ? `${fixed(price.above_bps / PER_CENT)} (${fixed(price.above_low_bps / PER_CENT)} – ${fixed(price.above_high_bps / PER_CENT)})` : "–");

export function Treated({ treated }: { treated: Shape<"Treated"> }) {
  const { t } = useTranslation("launching");
  const palette = paletteOf(useComputedColorScheme("light"));
  const label = (one: Shape<"GroupTreated">): string => one.label || t("report.unknown_group");
  const price = (one: Shape<"GroupTreated">): string => (one.price ? t("per_cent", { value: fixed(one.price.mean_bps / PER_CENT) }) : "–");
  const head = [t("fair.group"), t("fair.decisions"), t("report.approved"), t("fair.ratio"), t("report.bad"), t("fair.rate"), t("fair.above")];
  const rows = treated.groups.map((one) => [label(one), one.decisions, rateText(one.approved), ratio(one), rateText(one.bad_rate), price(one), above(one)]);
  const groups = treated.groups.filter((one) => one.approved.share !== null);
  return (
    <>
      <Chart label={t("report.fair", { by: treated.by })} height={60 + 34 * groups.length}
        table={{ head: [t("fair.group"), t("report.approved")], rows: groups.map((one) => [label(one), rateText(one.approved)]) }}
        option={{
          color: [palette.series[0]!], grid: { left: 4, right: 16, top: 8, bottom: 4, containLabel: true }, tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value: unknown) => percent(Number(value)) },
          xAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value: number) => percent(value, 0) } }, yAxis: { type: "category", inverse: true, data: groups.map(label) },
          series: [{ type: "bar", name: t("report.approved"), barMaxWidth: 18, data: groups.map((one) => one.approved.share), markLine: { silent: true, symbol: "none", lineStyle: { color: palette.wait, type: "dashed" }, label: { formatter: t("fair.four_fifths"), color: palette.soft, position: "insideEndTop" }, data: [{ xAxis: 0.8 * Math.max(...groups.map((one) => one.approved.share ?? 0)) }] } }],
        }} />
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("report.fair", { by: treated.by })}><PlainTable label={t("report.fair", { by: treated.by })} head={head} rows={rows} /></div>
    </>
  );
}
