/** What warnings were worth: how many came true, how long before, and how much of what happened nobody had seen coming. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, Chart, Empty, ErrorPanel, Instant, Loading, number, percent, PlainTable } from "../../kit";
import { useDays } from "./marks";
import classes from "./warnings.module.css";

type Row = Shape<"WarningReportRow">;
type Share = Shape<"WarningShare">;

export function Report() {
  const { t } = useTranslation("warnings");
  const days = useDays();
  const found = useGet("/v1/warnings/report", undefined, { refetchInterval: 30_000 });
  const report = found.data;
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!report) return <Loading lines={8} />;
  if (report.all.raised === 0 && !report.recall?.of) return <Block><Empty title={t("report_none")} hint={t("report_none_hint")} /></Block>;
  return (
    <div className={classes.stack}>
      <div className={classes.tiles}>
        <Tile name={t("raised")} value={number(report.all.raised)} note={t("still_open", { count: report.all.open, number: number(report.all.open) })} />
        <Tile name={t("precision")} value={shareOf(report.all.precision)} note={noteOf(report.all.precision, t("precision_note"))} />
        <Tile name={t("recall")} value={report.recall ? shareOf(report.recall) : "–"} note={report.recall ? noteOf(report.recall, t("recall_note")) : t("recall_unknown")} />
        <Tile name={t("lead_time")} value={days(report.all.lead_days)} note={t("lead_note")} />
      </div>
      <Block title={t("by_month")} note={report.as_of ? <>{t("by_month_note")} {t("as_of")} <Instant at={report.as_of} form="minute" /></> : t("by_month_note")}><Rows rows={report.by_month} label={t("by_month")} head={t("month")} recall /></Block>
      {report.lead.length ? <Block title={t("lead_time")} note={t("lead_chart_note")}><Lead weeks={report.lead} /></Block> : null}
      <div className={classes.pair}>
        <Block title={t("by_severity")}><Rows rows={report.by_severity.map((row) => ({ ...row, name: t(`severities.${row.name}`) }))} label={t("by_severity")} head={t("severity")} /></Block>
        <Block title={t("by_rule")}><Rows rows={report.by_rule} label={t("by_rule")} head={t("rule")} mono /></Block>
      </div>
    </div>
  );
}

const shareOf = (share: Share): string => (share.value === null ? "–" : percent(share.value));

function noteOf(share: Share, words: string): string {
  if (share.value === null) return words;
  return `${words} ${number(share.hits)}\u00a0/\u00a0${number(share.of)} (${percent(share.low ?? 0, 0)}–${percent(share.high ?? 0, 0)})`;
}

function Tile({ name, value, note }: { name: string; value: string; note: string }) {
  return <section className={classes.tile} aria-label={name}><h2>{name}</h2><p className={classes.figure}>{value}</p><p className="soft">{note}</p></section>;
}

function Rows({ rows, label, head, recall, mono }: { rows: readonly Row[]; label: string; head: string; recall?: boolean; mono?: boolean }) {
  const { t } = useTranslation("warnings");
  const days = useDays();
  return (
    <div className={classes.wide} tabIndex={0} role="region" aria-label={label}>
      <PlainTable label={label} head={[head, t("raised"), t("open_yet"), t("acted"), t("dismissed"), t("precision"), ...(recall ? [t("recall")] : []), t("lead_time")]}
        rows={rows.map((row) => [
          <span key="n" className={mono ? "mono" : "nowrap"}>{row.name}</span>, row.raised, row.open, row.acted,
          row.dismissed_came_true ? `${number(row.dismissed)} (${t("of_them_true", { number: number(row.dismissed_came_true) })})` : row.dismissed,
          <Figure key="p" share={row.precision} />, ...(recall ? [<Figure key="r" share={row.recall} />] : []), <span key="l" className="nowrap">{days(row.lead_days)}</span>,
        ])} />
    </div>
  );
}

function Figure({ share }: { share: Share | null | undefined }) {
  if (!share || share.value === null) return <span className="soft">{"–"}</span>;
  return <span className="nowrap number" title={`${percent(share.low ?? 0)} – ${percent(share.high ?? 0)}`}>{percent(share.value)} <span className="soft">{`${number(share.hits)}/${number(share.of)}`}</span></span>;
}

function Lead({ weeks }: { weeks: readonly Shape<"WarningWeek">[] }) {
  const { t } = useTranslation("warnings");
  const last = Math.max(...weeks.map((one) => one.weeks));
  const counts = Array.from({ length: last + 1 }, (_, week) => weeks.find((one) => one.weeks === week)?.warnings ?? 0);
  return (
    <Chart label={t("lead_chart")} height={190}
      option={{ xAxis: { type: "category", name: t("weeks"), nameLocation: "middle", nameGap: 26, data: counts.map((_, week) => String(week)) }, yAxis: { type: "value", minInterval: 1 }, tooltip: { trigger: "axis" }, legend: { show: false }, series: [{ name: t("warnings"), type: "bar", data: counts }] }}
      table={{ head: [t("weeks"), t("warnings")], rows: counts.map((count, week) => [number(week), count]) }} />
  );
}
