import { useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Amount, Block, Chart, Empty, number, paletteOf, percent, PlainTable, useMoney } from "../../kit";
import classes from "./attacks.module.css";
import type { Report } from "./kinds";

const DAY_S = 86_400;
const HOUR_S = 3600;
const MINUTE_S = 60;
const DAYS_NAMED_MAX = 15;

/** What an attack came to: figures, how it went over time, what stopped it, who was hurt. */
export function AttackReportView({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  return (
    <div className={classes.stack}>
      <Tiles report={report} />
      <Block title={t("timeline.title")} note={t("timeline.note")}><Timeline report={report} /></Block>
      <div className={classes.tables}>
        <Block title={t("stoppers.title")} note={t("stoppers.note")}><Stoppers report={report} /></Block>
        <Block title={t("roles.title")} note={t("roles.note")}><Roles report={report} /></Block>
      </div>
      {report.levers.length > 0 ? <Block title={t("levers.title")} note={t("levers.note")}><Levers report={report} /></Block> : null}
      <Block title={t("notes.title")}><Notes report={report} /></Block>
    </div>
  );
}

/** A stretch of time in its largest unit. */
export function useSpan(): (seconds: number) => string {
  const { t } = useTranslation("attacks");
  return (seconds) => {
    if (seconds >= DAY_S) return t("span.days", { value: number(seconds / DAY_S, 1) });
    if (seconds >= HOUR_S) return t("span.hours", { value: number(seconds / HOUR_S, 1) });
    return t("span.minutes", { value: number(seconds / MINUTE_S, 0) });
  };
}

const share = (part: number, whole: number): string => (whole > 0 ? percent(part / whole) : "–");

function Tiles({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  const span = useSpan();
  const { attempts, honest, seen } = report;
  const money = useMoney(report.currency);
  const hurt = honest.reviewed + honest.declined;
  return (
    <div className={classes.tiles}>
      <Tile title={t("tiles.through")} tone={attempts.approved > attempts.count / 2 ? "bad" : "good"} big={share(attempts.approved, attempts.count)}
        lines={[t("tiles.of_attempts", { part: number(attempts.approved), whole: number(attempts.count) }), t("tiles.stopped", { reviewed: number(attempts.reviewed), declined: number(attempts.declined) })]} />
      <Tile title={t("tiles.lost")} tone={report.lost_minor > report.at_stake_minor / 2 ? "bad" : "good"} big={money(report.lost_minor)}
        lines={[t("tiles.at_stake", { money: money(report.at_stake_minor), share: share(report.lost_minor, report.at_stake_minor) })]} />
      <Tile title={t("tiles.alarm")} tone={seen.first_alarm_seconds === null ? "bad" : "good"} big={seen.first_alarm_seconds === null ? t("tiles.never") : span(seen.first_alarm_seconds)}
        lines={[
          t("tiles.before_alarm", { count: seen.attempts_before }),
          ...(seen.groups > 1 ? [t("tiles.groups", { seen: number(seen.seen), groups: number(seen.groups) })] : []),
          ...(seen.groups > 1 && seen.member_median !== null ? [t("tiles.member", { median: number(seen.member_median, 1), p90: number(seen.member_p90 ?? 0, 1) })] : []),
        ]} />
      <Tile title={t("tiles.hurt")} tone={hurt > honest.count / 20 ? "wait" : "good"} big={share(hurt, honest.count)}
        lines={[t("tiles.honest", { part: number(hurt), whole: number(honest.count), people: number(report.honest_people_hurt) }), money(honest.reviewed_minor + honest.declined_minor)]} />
      <Tile title={t("tiles.reviews")} tone={report.reviews_wasted > report.reviews / 2 ? "wait" : "good"} big={number(report.reviews)} lines={[t("tiles.wasted", { count: report.reviews_wasted, share: share(report.reviews_wasted, report.reviews) })]} />
    </div>
  );
}

function Tile({ title, big, lines, tone }: { title: string; big: string; lines: readonly string[]; tone: "good" | "bad" | "wait" }) {
  return (
    <section className={classes.tile} data-tone={tone}>
      <h2>{title}</h2>
      <p className={classes.big}>{big}</p>
      {lines.map((line) => <p key={line}>{line}</p>)}
    </section>
  );
}

function Timeline({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  const palette = paletteOf(useComputedColorScheme("light"));
  const rows = report.timeline;
  const days = rows.map((one) => t("timeline.day", { day: number(Math.floor(one.after_seconds / DAY_S) + 1) }));
  const eachDay = Math.max(1, days.lastIndexOf(days[0] ?? "") + 1);
  const everyDays = Math.ceil(rows.length / eachDay / DAYS_NAMED_MAX);
  const parts = [
    ["approved", palette.bad, (one: (typeof rows)[number]) => one.approved],
    ["reviewed", palette.wait, (one: (typeof rows)[number]) => one.reviewed],
    ["declined", palette.good, (one: (typeof rows)[number]) => one.declined],
  ] as const;
  const bars = parts.map(([name, color, of]) => ({ type: "bar", stack: "attempts", name: t(`timeline.${name}`), data: rows.map(of), itemStyle: { color, borderRadius: 0 }, barCategoryGap: "15%" }));
  const line = { type: "line", name: t("timeline.honest"), yAxisIndex: 1, data: rows.map((one) => one.honest_stopped), lineStyle: { width: 1.5, type: "dashed" }, itemStyle: { color: palette.soft } };
  return (
    <Chart label={t("timeline.label", { attempts: number(report.attempts.count), through: number(report.attempts.approved) })} height={280}
      table={{
        head: [t("timeline.when"), t("timeline.approved"), t("timeline.reviewed"), t("timeline.declined"), t("timeline.honest")],
        rows: rows.map((one, place) => [days[place] ?? "", one.approved, one.reviewed, one.declined, one.honest_stopped]),
      }}
      option={{
        grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true }, legend: { top: 0, left: 0 }, tooltip: { trigger: "axis" },
        xAxis: { type: "category", data: days, axisLabel: { interval: (place: number) => place % (eachDay * everyDays) === 0, hideOverlap: true } }, yAxis: [{ type: "value", minInterval: 1 }, { type: "value", minInterval: 1, splitLine: { show: false } }], series: [...bars, line],
      }} />
  );
}

function Stoppers({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  const span = useSpan();
  if (report.stoppers.length === 0) return <Empty title={t("stoppers.none")} hint={t("stoppers.none_hint")} />;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("stoppers.title")}>
      <PlainTable label={t("stoppers.title")} head={[t("stoppers.name"), t("stoppers.attack"), t("stoppers.alone"), t("stoppers.first"), t("stoppers.honest")]}
        rows={report.stoppers.map((one) => [
          <span key={one.name}><code>{one.name}</code><br /><span className="soft">{one.reasons.join(", ")}</span></span>, one.attack, one.alone,
          <span key="first" className="nowrap">{one.first_seconds === null ? "–" : t("stoppers.after", { span: span(one.first_seconds) })}</span>, one.honest,
        ])} />
    </div>
  );
}

function Roles({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  if (report.roles.length === 0) return <Empty title={t("roles.none")} />;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("roles.title")}>
      <PlainTable label={t("roles.title")} head={[t("roles.role"), t("roles.events"), t("roles.reviewed"), t("roles.declined"), t("roles.share"), t("roles.money")]}
        rows={report.roles.map(({ role, tally }) => [
          <span key={role} className="nowrap">{t(`role.${role}`)}</span>, tally.count, tally.reviewed, tally.declined, percent((tally.reviewed + tally.declined) / Math.max(tally.count, 1)),
          <Amount key="money" minor={tally.reviewed_minor + tally.declined_minor} currency={report.currency} />,
        ])} />
    </div>
  );
}

function Levers({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  const money = useMoney(report.currency);
  const shown = (lever: string, value: number): string => (lever === "amount_minor" ? money(value) : number(value, 0));
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("levers.title")}>
      <PlainTable label={t("levers.title")} head={[t("levers.lever"), t("levers.passes"), t("levers.stopped")]}
        rows={report.levers.map((one) => [t(`lever.${one.lever}`), shown(one.lever, one.passes), one.stopped === null ? t("levers.never") : shown(one.lever, one.stopped)])} />
    </div>
  );
}

function Notes({ report }: { report: Report }) {
  const { t } = useTranslation("attacks");
  return (
    <ul className={classes.notes}>
      <li>{t("notes.simulated")}</li>
      {report.build_up.count > 0 ? <li>{t("notes.build_up", { count: report.build_up.count })}</li> : null}
      {report.notes.map((one) => <li key={one.code}>{t(`note.${one.code}`, { names: one.names.join(", "), days: one.count })}</li>)}
    </ul>
  );
}
