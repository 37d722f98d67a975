import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Chart, dateOf, moment, OutcomeBadge, percent } from "../../kit";

const DAY_MS = 86_400_000;
const YEAR_MS = 300 * DAY_MS;
const ROOM = 0.03; // on both sides of the first and the last point

/** What the models said at each decision, over time. */
export function Risk({ points }: { points: Shape<"RiskPoint">[] }) {
  const { t } = useTranslation("portrait");
  const option = useMemo(() => {
    const [first = 0, last = 0] = [points.at(0), points.at(-1)].map((one) => one && dateOf(one.at).getTime());
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    const room = Math.max((to - from) * ROOM, DAY_MS / 2);
    const form = to - from < 2 * DAY_MS ? "minute" : to - from < YEAR_MS ? "date" : "day";
    const models = [...new Set(points.map((one) => one.model))];
    return {
      xAxis: { type: "time", min: from - room, max: to + room, splitNumber: 3, axisLabel: { hideOverlap: true, formatter: (value: number) => moment(value * 1000, form) } },
      yAxis: { type: "value", min: 0, max: 1, axisLabel: { formatter: (value: number) => percent(value, 0) } },
      legend: models.length > 1 ? { top: 0 } : { show: false },
      tooltip: { trigger: "item", valueFormatter: (value: unknown) => percent(Array.isArray(value) ? Number(value[1]) : Number(value)) },
      series: models.map((model) => ({ name: model, type: "line", showSymbol: true, symbol: "circle", symbolSize: 6, data: points.filter((one) => one.model === model).map((one) => [dateOf(one.at).getTime(), one.probability]) })),
    };
  }, [points]);
  if (points.length === 0) return null;
  return (
    <Block title={t("risk")} note={t("risk_note")}>
      <Chart label={t("risk")} height={180} option={option}
        table={{ head: [t("when"), t("model"), t("score"), t("outcome")], rows: points.map((one) => [moment(one.at, "short"), one.model, percent(one.probability), <OutcomeBadge key={one.seq} outcome={one.outcome} />]) }} />
    </Block>
  );
}
