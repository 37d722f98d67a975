/** The charts of a model, each with its numbers as a table one click away. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Chart, number, percent } from "../../kit";
import type { Figures } from "./figures";

const SHARE = { min: 0, max: 1, axisLabel: { formatter: (value: number) => percent(value, 0) } };
const OUTCOMES = ["approve", "review", "decline"] as const;
const TOP = 20;
const ROW_PX = 24;
const BEST_AREA = 0.5; // diagonal of a ROC curve

const axis = (name: string) => ({ type: "value", name, nameLocation: "middle", nameGap: 28, ...SHARE });
const side = (name: string) => ({ type: "value", name, nameLocation: "end", ...SHARE });

export function Roc({ figures }: { figures: Figures }) {
  const { t } = useTranslation("models");
  const points = figures.curve.map((one) => [one.false_positive_rate, one.recall]);
  return (
    <div>
      <h3>{t("roc")}</h3>
      <Chart label={t("roc_label", { auc: number(figures.auc.value, 3), chance: number(BEST_AREA, 1) })} height={260}
        table={{ head: [t("false_positive"), t("recall")], rows: figures.curve.map((one) => [percent(one.false_positive_rate), percent(one.recall)]) }}
        option={{
          grid: { left: 8, right: 16, top: 28, bottom: 24, containLabel: true }, tooltip: { trigger: "axis", valueFormatter: (value: number) => percent(value) },
          xAxis: axis(t("false_positive")), yAxis: side(t("recall")),
          series: [{ type: "line", name: t("recall"), data: points, areaStyle: { opacity: 0.12 } }, { type: "line", name: t("chance"), data: [[0, 0], [1, 1]], lineStyle: { type: "dashed", width: 1 } }],
        }} />
    </div>
  );
}

export function KsCurve({ figures }: { figures: Figures }) {
  const { t } = useTranslation("models");
  return (
    <div>
      <h3>{t("ks_title")}</h3>
      <Chart label={t("ks_label", { ks: number(figures.ks, 3) })} height={260}
        table={{ head: [t("flagged"), t("bads_caught"), t("goods_caught")], rows: figures.curve.map((one) => [percent(one.flagged), percent(one.recall), percent(one.false_positive_rate)]) }}
        option={{
          grid: { left: 8, right: 16, top: 28, bottom: 24, containLabel: true }, legend: { top: 0, right: 0 }, tooltip: { trigger: "axis", valueFormatter: (value: number) => percent(value) },
          xAxis: axis(t("flagged")), yAxis: side(""),
          series: [
            { type: "line", name: t("bads_caught"), data: figures.curve.map((one) => [one.flagged, one.recall]) },
            { type: "line", name: t("goods_caught"), data: figures.curve.map((one) => [one.flagged, one.false_positive_rate]) },
          ],
        }} />
    </div>
  );
}

export function Calibration({ figures }: { figures: Figures }) {
  const { t } = useTranslation("models");
  const { table } = figures.calibration;
  const top = Math.max(...table.map((one) => Math.max(one.mean_probability, one.bad_rate)), 0.01);
  return (
    <div>
      <h3>{t("calibration")}</h3>
      <Chart label={t("calibration_label", { ratio: number(figures.calibration.ratio, 3) })} height={260}
        table={{ head: [t("decisions"), t("said"), t("was")], rows: table.map((one) => [number(one.count), percent(one.mean_probability), percent(one.bad_rate)]) }}
        option={{
          grid: { left: 8, right: 16, top: 28, bottom: 24, containLabel: true }, tooltip: { trigger: "item", valueFormatter: (value: number) => percent(value) },
          xAxis: { ...axis(t("said")), max: undefined }, yAxis: { ...side(t("was")), max: undefined },
          series: [
            { type: "line", name: t("was"), symbol: "circle", symbolSize: 7, data: table.map((one) => [one.mean_probability, one.bad_rate]) },
            { type: "line", name: t("ideal"), data: [[0, 0], [top, top]], lineStyle: { type: "dashed", width: 1 } },
          ],
        }} />
    </div>
  );
}

const nameOf = (band: Shape<"ModelScoreBand">): string => percent((band.low + band.high) / 2, 1);

export function ScoreDistribution({ bands }: { bands: readonly Shape<"ModelScoreBand">[] }) {
  const { t } = useTranslation(["models", "kit"]);
  return (
    <Chart label={t("scores_label")} height={240}
      table={{ head: [t("probability"), t("decisions"), ...OUTCOMES.map((one) => t(`kit:outcome.${one}`))], rows: bands.map((band) => [`${percent(band.low)}–${percent(band.high)}`, number(band.count), ...OUTCOMES.map((one) => number(band.outcomes[one] ?? 0))]) }}
      option={{
        legend: { top: 0, right: 0 }, tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
        xAxis: { type: "category", data: bands.map(nameOf), name: t("probability"), nameLocation: "middle", nameGap: 28 }, yAxis: { type: "value", name: t("decisions") },
        grid: { left: 8, right: 12, top: 36, bottom: 24, containLabel: true },
        series: OUTCOMES.map((one) => ({ type: "bar", stack: "all", name: t(`kit:outcome.${one}`), data: bands.map((band) => band.outcomes[one] ?? 0) })),
      }} />
  );
}

export function Weights({ weights }: { weights: readonly Shape<"ModelWeight">[] }) {
  const { t } = useTranslation("models");
  const shown = weights.slice(0, TOP).toReversed();
  return (
    <Chart label={t("weights_label")} height={shown.length * ROW_PX + 40}
      table={{ head: [t("input"), t("weight"), t("share")], rows: weights.map((one) => [one.input, number(one.weight, 4), percent(one.share)]) }}
      option={{
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value: number) => number(value, 4) },
        grid: { left: 8, right: 24, top: 4, bottom: 4, containLabel: true },
        xAxis: { type: "value" }, yAxis: { type: "category", data: shown.map((one) => one.input) },
        series: [{ type: "bar", name: t("weight"), data: shown.map((one) => one.weight), itemStyle: { borderRadius: [0, 2, 2, 0] } }],
      }} />
  );
}
