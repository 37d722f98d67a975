/** Every number before and after, with its limits: what the platform has changed, and what nobody can say yet. */
import { Button, NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import { FileText, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, Empty, ErrorPanel, Instant, inWords, Loading, number, Page, percent, useUrlSearch, type Tone } from "../../kit";
import { difference, shown } from "../overview/measure";
import classes from "./effect-report.module.css";

type Metric = Shape<"ReportMetric">;
type Move = Shape<"ReportMove">;

const DAYS = 28;
const TONE: Record<string, Tone> = { better: "good", worse: "bad", moved: "accent", not_shown: "neutral", too_little: "wait" };

export default function EffectReportPage() {
  const { t } = useTranslation("effect-report");
  const [search, change] = useUrlSearch();
  const isOfReleases = search["of"] === "releases";
  const days = Math.min(Math.max(Number(search["days"]) || DAYS, 1), 366);
  const [then, now] = [search["then"], search["now"]];
  const isAsked = !isOfReleases || Boolean(then && now);
  const query = isOfReleases ? { then_release: then, now_release: now } : { days, around: search["around"] ? `${search["around"]}T00:00:00Z` : undefined };
  const found = useGet("/v1/effect-report", { params: { query } }, { enabled: isAsked, placeholderData: (before) => before });
  const told = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  return (
    <Page title={t("title")} wide lead={<>{t("lead")} {found.data ? <>{t("as_of")} <Instant at={found.data.as_of} /></> : null}</>}
      actions={<>
        <Button variant="default" leftSection={<Printer size={15} aria-hidden />} onClick={() => window.print()}>{t("print")}</Button>
        <CopyAsApiCall path={`/v1/effect-report?${told.toString()}`} />
      </>}>
      <div className={classes.asked} data-no-print>
        <SegmentedControl size="xs" aria-label={t("compare")} value={isOfReleases ? "releases" : "days"} onChange={(of) => change({ of: of === "days" ? undefined : of })}
          data={[{ value: "days", label: t("by_days") }, { value: "releases", label: t("by_releases") }]} />
        {isOfReleases ? <Releases then={then} now={now} onChange={change} /> : (
          <>
            <TextInput size="xs" type="date" label={t("first_day")} value={search["around"] ?? ""} onChange={(event) => change({ around: event.currentTarget.value || undefined })} />
            <NumberInput size="xs" label={t("days")} min={1} max={366} value={days} onChange={(value) => change({ days: Number(value) && Number(value) !== DAYS ? String(value) : undefined })} />
          </>
        )}
      </div>
      {!isAsked ? <Block><Empty icon={FileText} title={t("choose")} hint={t("choose_hint")} /></Block> : null}
      {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {isAsked && found.isPending ? <Loading lines={8} slow={t("slow")} /> : null}
      {isAsked && found.data && !found.isError ? <Report report={found.data} isOld={found.isPlaceholderData} /> : null}
    </Page>
  );
}

function Releases({ then, now, onChange }: { then: string | undefined; now: string | undefined; onChange: (changes: Record<string, string | undefined>) => void }) {
  const { t } = useTranslation("effect-report");
  const found = useGet("/v1/releases", {});
  const choices = [...new Map((found.data?.releases ?? []).map((one) => [one.release, `${one.note || t("no_note")} (${one.release.slice(0, 12)})`])).entries()].map(([value, label]) => ({ value, label }));
  return (
    <>
      <Select size="xs" label={t("then_release")} data={choices} value={then ?? null} onChange={(value) => onChange({ then: value ?? undefined })} searchable />
      <Select size="xs" label={t("now_release")} data={choices} value={now ?? null} onChange={(value) => onChange({ now: value ?? undefined })} searchable />
    </>
  );
}

function Report({ report, isOld }: { report: Shape<"EffectReportDocument">; isOld: boolean }) {
  const { t } = useTranslation("effect-report");
  const measured = report.metrics.filter((one) => one.missing === null);
  const rest = report.metrics.filter((one) => one.missing !== null);
  return (
    <div className={classes.report} aria-busy={isOld || undefined}>
      <p className={classes.compared}>{inWords(report.compared)}</p>
      <Verdicts metrics={measured} />
      <Block title={t("numbers")} note={t("numbers_note")} flush>
        {measured.length === 0 ? <Empty title={t("nothing")} hint={t("nothing_hint")} /> : (
          <div className={classes.table} tabIndex={0} role="region" aria-label={t("numbers")}>
            <table>
              <thead><tr><th scope="col">{t("metric")}</th><th scope="col">{t("before")}</th><th scope="col">{t("after")}</th><th scope="col">{t("difference")}</th><th scope="col">{t("limits")}</th><th aria-hidden>{""}</th><th scope="col">{t("verdict")}</th><th scope="col">{t("days_each")}</th></tr></thead>
              <tbody>{measured.map((one) => (one.move ? <Row key={one.name} metric={one} move={one.move} /> : null))}</tbody>
            </table>
          </div>
        )}
      </Block>
      {report.launches_then && report.launches_now ? <Launches then={report.launches_then} now={report.launches_now} /> : null}
      {rest.length > 0 ? (
        <details className={classes.rest}>
          <summary>{t("rest", { count: rest.length })}</summary>
          <ul>{rest.map((one) => <li key={one.name}><span>{inWords(one.title)}</span> <span className="soft">{inWords(one.sentence)}</span></li>)}</ul>
        </details>
      ) : null}
    </div>
  );
}

function Verdicts({ metrics }: { metrics: Metric[] }) {
  const { t } = useTranslation("effect-report");
  const counted = Object.keys(TONE).map((verdict) => [verdict, metrics.filter((one) => one.verdict === verdict).length] as const).filter(([, count]) => count > 0);
  if (counted.length === 0) return null;
  return <ul className={classes.verdicts}>{counted.map(([verdict, count]) => <li key={verdict}><Badge tone={TONE[verdict] ?? "neutral"} large>{number(count)} {t(`verdict_${verdict}`)}</Badge></li>)}</ul>;
}

function Row({ metric, move }: { metric: Metric; move: Move }) {
  const { t } = useTranslation("effect-report");
  const points = (value: string): string => t("points", { points: value });
  const value = (of: number | null) => <>{shown(of, metric.unit)}{move.shape === "additive" && of !== null ? <span className="soft"> {t("a_day")}</span> : null}</>;
  return (
    <tr>
      <th scope="row">{inWords(metric.title)} {metric.simulated ? <Badge tone="wait">{t("simulated")}</Badge> : null}</th>
      <td>{value(move.then)}</td>
      <td>{value(move.now)}</td>
      <td><strong>{move.difference === null ? "–" : difference(move.difference, metric.unit, points)}</strong></td>
      <td className="soft">{move.low === null || move.high === null ? "–" : t("from_to", { from: difference(move.low, metric.unit, points), to: difference(move.high, metric.unit, points) })}</td>
      <td aria-hidden><Limits move={move} /></td>
      <td>{metric.verdict ? <Badge tone={TONE[metric.verdict] ?? "neutral"}>{t(`verdict_${metric.verdict}`)}</Badge> : null}</td>
      <td className="soft">{t("of_each", { then: number(move.days_then), now: number(move.days_now) })}</td>
    </tr>
  );
}

/** The limits on a line around no difference, each row on a scale of its own. */
function Limits({ move }: { move: Move }) {
  const { low, high, difference: middle } = move;
  if (low === null || high === null || middle === null) return null;
  const reach = Math.max(Math.abs(low), Math.abs(high)) * 1.1 || 1;
  const at = (value: number): number => 60 + (value / reach) * 58;
  return (
    <svg viewBox="0 0 120 16" className={classes.limits}>
      <line x1="60" x2="60" y1="1" y2="15" className={classes.zero} />
      <line x1={at(low)} x2={at(high)} y1="8" y2="8" className={classes.span} />
      <circle cx={at(Number(middle))} cy="8" r="3.5" className={classes.middle} />
    </svg>
  );
}

const byOne = (one: Shape<"ReportLaunches">): string => (one.artefacts === 0 ? "–" : percent(one.by_one / one.artefacts));

function Launches({ then, now }: { then: Shape<"ReportLaunches">; now: Shape<"ReportLaunches"> }) {
  const { t } = useTranslation("effect-report");
  const took = (seconds: number | null): string => {
    if (seconds === null) return "–";
    if (seconds < 120) return t("seconds", { count: Math.round(seconds) });
    if (seconds < 7_200) return t("minutes", { count: Math.round(seconds / 60) });
    return seconds < 172_800 ? t("hours", { count: Math.round(seconds / 3_600) }) : t("days_long", { count: Math.round(seconds / 86_400) });
  };
  const rows: [string, (one: Shape<"ReportLaunches">) => string][] = [
    ["releases", (one) => number(one.releases)], ["artefacts", (one) => number(one.artefacts)], ["median", (one) => took(one.median_s)],
    ["slowest", (one) => took(one.slowest_s)], ["rolled_back", (one) => number(one.rolled_back)], ["by_one", byOne],
  ];
  return (
    <Block title={t("launches")} note={t("launches_note")} flush>
      <div className={classes.table} tabIndex={0} role="region" aria-label={t("launches")}>
        <table>
          <thead><tr><th scope="col">{t("launches")}</th><th scope="col">{t("before")}</th><th scope="col">{t("after")}</th></tr></thead>
          <tbody>{rows.map(([name, tell]) => <tr key={name}><th scope="row">{t(`launch_${name}`)}</th><td>{tell(then)}</td><td>{tell(now)}</td></tr>)}</tbody>
        </table>
      </div>
    </Block>
  );
}
