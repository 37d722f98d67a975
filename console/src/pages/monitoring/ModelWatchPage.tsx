/** One model on its decisions: alerts and their owner, what came true beside what was expected, each figure with its limit. */
import { Select } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { BellRing, Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, Empty, ErrorPanel, Instant, Loading, number, Page, useUrlSearch } from "../../kit";
import { FigureTable } from "./FigureTable";
import { told, useFigureName } from "./figures";
import { Trends } from "./Trends";
import classes from "./monitoring.module.css";

type Report = Shape<"ModelReport">;

const EVERY_MS = 1000;

export default function ModelWatchPage() {
  const { t } = useTranslation("monitoring");
  const { model } = useParams({ strict: false }) as { model: string };
  const [search, change] = useUrlSearch();
  const by = search["by"] ?? "month";
  const found = useGet("/v1/monitoring/{model}", { params: { path: { model }, query: { by } } }, {
    refetchInterval: ({ state }) => (state.data && ["looking", "waiting"].includes(state.data.state) ? EVERY_MS : false),
  });
  const seen = found.data;
  const report = seen?.report;
  const underWay = seen?.state === "looking" || seen?.state === "waiting";
  return (
    <Page title={<span className="mono">{model}</span>} back={{ to: "/monitoring", words: t("title") }}
      lead={report ? t("model_lead", { event: report.event, owner: report.watch.owner }) : undefined}
      actions={<CopyAsApiCall path={`/v1/monitoring/${model}?by=${by}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && (!seen || (underWay && !report)) ? <Block label={t("looking")}><p role="status" className="soft">{seen ? t(seen.state) : null}</p><Loading lines={8} /></Block> : null}
      {seen?.state === "failed" && !report ? (
        <Block label={t("failed")}>{seen.error?.code === "never_scored"
          ? <Empty title={t("never_scored")} hint={t("never_scored_hint")} />
          : <Empty title={t("failed")} hint={[seen.error?.detail, seen.error?.hint].filter(Boolean).join(" ")} />}</Block>
      ) : null}
      {report ? (
        <div className={classes.stack}>
          <p className={classes.seen} role="status">
            {seen.taken_at ? <>{t("seen_at")} <Instant at={seen.taken_at} form="minute" /></> : null}
            {underWay ? <Badge tone="wait">{t("anew")}</Badge> : null}
            {report.simulated ? <Badge tone="accent">{t("simulated")}</Badge> : null}
          </p>
          <Told report={report} by={by} onBy={(value) => change({ by: value === "month" ? undefined : value, group: undefined })} group={search["group"]} onGroup={(group) => change({ group })} />
        </div>
      ) : null}
    </Page>
  );
}

interface ToldProps {
  report: Report;
  by: string;
  group: string | undefined;
  onBy: (by: string) => void;
  onGroup: (group: string | undefined) => void;
}

function Told({ report, by, group, onBy, onGroup }: ToldProps) {
  const { t } = useTranslation("monitoring");
  const byWord = useByWord();
  const { watch } = report;
  const nameOf = (one: Shape<"GroupFigures">): string => (one.by === "all" ? t("all") : one.value);
  const shown = watch.groups.find((one) => one.by !== "all" && one.value === group) ?? watch.groups[0];
  const parts = watch.groups.filter((one) => one.by !== "all");
  if (watch.rows + watch.reference_rows === 0) return <Block label={t("never_scored")}><Empty title={t("no_rows")} hint={t("no_rows_hint")} /></Block>;
  return (
    <>
      <Alerts report={report} />
      <Block title={t("over", { by: byWord(by) })} note={t("over_note", { rows: number(watch.rows), reference: number(watch.reference_rows) })}
        actions={<Select aria-label={t("by")} size="xs" allowDeselect={false} value={by} onChange={(value) => onBy(value ?? "month")} data={report.groupings.map((one) => ({ value: one, label: byWord(one) }))} />}>
        {parts.length ? <Trends groups={parts} /> : <Empty title={t("no_rows")} hint={t("no_rows_hint")} />}
      </Block>
      {shown ? (
        <Block title={t("figures_title")} flush
          note={[t("figures_note", { rows: number(shown.rows), outcomes: number(shown.outcomes) }), shown.reference ? t("is_reference") : "", report.hidden.length ? t("hidden", { names: report.hidden.join(", ") }) : ""].filter(Boolean).join(" ")}
          actions={<Select aria-label={t("group")} size="xs" allowDeselect={false} value={shown.by === "all" ? "" : shown.value} onChange={(value) => onGroup(value || undefined)} data={watch.groups.map((one) => ({ value: one.by === "all" ? "" : one.value, label: nameOf(one) }))} />}>
          <FigureTable figures={shown.figures} />
        </Block>
      ) : null}
    </>
  );
}

function useByWord(): (by: string) => string {
  const { t } = useTranslation("monitoring");
  return (by) => t(`bys.${by}`, { defaultValue: by });
}

function Alerts({ report }: { report: Report }) {
  const { t } = useTranslation("monitoring");
  const nameOf = useFigureName();
  const byWord = useByWord();
  const { alerts } = report.watch;
  const placeOf = (one: Shape<"Alert">): string => (one.by === "all" ? t("all") : t("place", { by: byWord(one.by), value: one.value }));
  return (
    <Block title={t("alerts")} note={alerts.length ? t("alerts_note") : undefined}>
      {alerts.length ? (
        <ul className={classes.alerts}>
          {alerts.map((one, place) => (
            <li key={place}>
              <Badge tone="bad" icon={BellRing}>{t("for", { owner: one.owner })}</Badge>
              <span>{t("alert", { figure: nameOf(one.figure), place: placeOf(one), found: told(one.figure, one.found), limit: told(one.figure, one.limit), rows: number(one.n) })}</span>
            </li>
          ))}
        </ul>
      ) : <p><Badge tone="good" icon={Check}>{t("no_alert")}</Badge></p>}
    </Block>
  );
}
