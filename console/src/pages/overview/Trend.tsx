import { Button, NativeSelect, useComputedColorScheme } from "@mantine/core";
import { BookOpen } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Answer, type Shape } from "../../api";
import { Block, Chart, Empty, ErrorPanel, inWords, Loading, moment, paletteOf } from "../../kit";
import { shown } from "./measure";
import classes from "./overview.module.css";

interface TrendProps {
  metric: Shape<"OverviewTile">;
  range: string;
  by: string;
  onBy: (by: string) => void;
  onDefine: () => void;
}

type Series = Answer<"/v1/metrics/{name}/series">;

/** The course of one metric, alone or by a dimension. */
export function Trend({ metric, range, by, onBy, onDefine }: TrendProps) {
  const { t } = useTranslation("overview");
  const known = metric.dimensions.includes(by) ? by : undefined;
  const found = useGet("/v1/metrics/{name}/series", { params: { path: { name: metric.name }, query: { range, by: known } } }, { placeholderData: (before) => (before?.metric.name === metric.name ? before : undefined) });
  const name = inWords(metric.title as { en: string; zh: string });
  return (
    <Block title={name} note={t("course_note", { grain: t(`grain_${found.data?.grain ?? "day"}`) })}
      actions={<>
        {metric.dimensions.length > 0 ? (
          <NativeSelect size="xs" aria-label={t("break_down")} value={known ?? ""} onChange={(event) => onBy(event.currentTarget.value)}
            data={[{ value: "", label: t("whole") }, ...metric.dimensions.map((one) => ({ value: one, label: t("by", { dimension: t(`dimension_${one}`, { defaultValue: one }) }) }))]} />
        ) : null}
        <Button size="xs" variant="default" leftSection={<BookOpen size={14} />} onClick={onDefine}>{t("definition")}</Button>
      </>}>
      {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : found.data ? <Drawing series={found.data} unit={metric.unit} name={name} /> : <Loading lines={5} height={30} />}
    </Block>
  );
}

function Drawing({ series, unit, name }: { series: Series; unit: string; name: string }) {
  const { t } = useTranslation("overview");
  const palette = paletteOf(useComputedColorScheme("light"));
  const target = series.metric.target;
  const form = series.grain === "minute" || series.grain === "hour" ? "minute" : "day";
  const groups = series.groups;
  const whole = series.by === null ? name : null;
  const label = (value: string | null): string => whole ?? value ?? t("none");
  const option = useMemo(() => ({
    xAxis: { type: "category", data: (groups[0]?.points ?? []).map((one) => moment(one.at, form)) },
    yAxis: { type: "value", scale: unit === "share", axisLabel: { formatter: (value: number) => shown(value, unit) } },
    legend: groups.length > 1 ? { top: 0, type: "scroll" } : { show: false },
    tooltip: { trigger: "axis", valueFormatter: (value: unknown) => shown(typeof value === "number" ? value : null, unit) },
    series: groups.map((group, place) => ({
      name: label(group.value), type: unit === "share" || unit === "ms" || groups.length > 1 ? "line" : "bar", data: group.points.map((one) => one.value), connectNulls: false, barMaxWidth: 28,
      showSymbol: group.points.filter((one) => one.value !== null).length < 3, symbol: "circle", symbolSize: 6,
      ...(place === 0 && target ? { markLine: {
        silent: true, symbol: "none", lineStyle: { color: palette.soft, type: "dashed" }, label: { color: palette.soft, position: "insideEndTop", formatter: ({ value }: { value: number }) => `${t("target")} ${shown(value, unit)}` },
        data: [target.low, target.high].filter((one): one is number => one !== null && one !== undefined).map((yAxis) => ({ yAxis })),
      } } : {}),
    })),
    // label is made anew with t and groups; naming it here would draw at every turn
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }), [groups, unit, form, target, palette, name, t]);
  if (series.missing) return <Empty title={t(`missing_${series.missing}`)} hint={t("missing_hint")} />;
  return (
    <>
      <Chart label={t("course_of", { name })} height={280} option={option}
        table={{ head: [t("from"), ...groups.map((group) => label(group.value))], rows: (groups[0]?.points ?? []).map((point, place) => [moment(point.at, form), ...groups.map((group) => shown(group.points[place]?.value, unit))]) }} />
      <p className={classes.dates}>
        {series.from && series.to ? t(series.anchored ? "anchored" : "stretch", { from: moment(series.from, form), to: moment(series.to, form) }) : null}
        {series.groups_left_out > 0 ? <> {t("left_out", { count: series.groups_left_out })}</> : null}
      </p>
    </>
  );
}
