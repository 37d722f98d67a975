/** What an assessment came to: figures first, then what must be looked at, then where each of them comes from. */
import { useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { Amount, Badge, Block, Chart, fixed, inWords, minorDigits, number, Pairs, paletteOf, percent, PlainTable, useMoney } from "../../../kit";
import { Known, Tile } from "../../backtest/Known";
import { rateText } from "../../backtest/parts";
import { Swap } from "../../backtest/Tables";
import classes from "../launching.module.css";
import { Treated } from "./Treated";

type Told = Shape<"AssessmentReport">;
type Line = Shape<"MoneyLine">;

const PER_CENT = 100;
const PARTS = ["interest", "fees", "loss", "funding", "operating"] as const;
const COSTS: ReadonlySet<string> = new Set(["loss", "funding", "operating"]);

export function Report({ report }: { report: Told }) {
  const { t } = useTranslation(["launching", "backtest"]);
  const { backtest } = report;
  return (
    <>
      <Figures report={report} />
      <Block title={t("report.concerns")} note={t("report.concerns_note")}>
        {report.concerns.length ? (
          <ul className={classes.concerns}>
            {report.concerns.map((one, at) => <li key={at} data-weight={one.weight}><Badge tone={one.weight === "stop" ? "bad" : "wait"}>{t(`report.weight.${one.weight}`)}</Badge> {inWords(one)}</li>)}
          </ul>
        ) : <p>{t("report.no_concerns")}</p>}
      </Block>
      <Block title={t("report.money")} note={t("report.money_note")}><Money report={report} /></Block>
      {backtest.swap.map((swap) => <Block key={swap.how} title={t(report.against ? "report.swap" : "report.swap_recorded", { name: report.against?.name ?? "" })} note={t(`backtest:swap.${swap.how}_note`)}><Swap swap={swap} report={backtest} /></Block>)}
      {report.treated.map((one) => <Block key={one.by} title={t("report.fair", { by: one.by })} note={t("report.fair_note")}><Treated treated={one} /></Block>)}
      <div className={classes.two}>
        <Block title={t("report.work")}><Work report={report} /></Block>
        <Block title={t("report.assumed")} note={t("report.assumed_note")}><Assumed report={report} /></Block>
      </div>
      <Block title={t("backtest:known.title")} note={t("report.known_note", { outside: number(report.outside), moved: number(report.moved_terms) })}><Known report={backtest} /></Block>
      <Block title={t("report.proof")}>
        <p>{t("backtest:proof.words", { sample: number(backtest.proof.sample), differing: number(backtest.proof.differing), seed: backtest.proof.seed })}</p>
        <p className="soft">{t("report.digest")} <code>{report.digest.slice(0, 16)}</code> {t("report.subject")} <code>{report.subject.slice(0, 16)}</code></p>
      </Block>
    </>
  );
}

function Figures({ report }: { report: Told }) {
  const { t } = useTranslation("launching");
  const money = useMoney(report.currency);
  const { approved } = report.backtest.candidate;
  const { expected, bad_rate: bad, loss_share: loss } = report.economics;
  const before = report.backtest.against.approved;
  const reviews = report.capacity;
  const interval = expected && expected.net_low_minor !== null && expected.net_high_minor !== null ? `${money(expected.net_low_minor)} – ${money(expected.net_high_minor)}` : "";
  const tone = !expected ? "wait" : expected.net_minor < 0 ? "bad" : (expected.net_low_minor ?? 0) < 0 ? "wait" : "good";
  return (
    <Block label={t("report.figures")}>
      <div className={classes.tiles}>
        <Tile title={t("report.approved")} big={approved.share === null ? "–" : percent(approved.share)} line={t("report.approved_line", { of: number(report.counted), before: before.share === null ? "–" : percent(before.share) })} tone="good" />
        <Tile title={t("report.net")} big={expected ? money(expected.net_minor) : "–"} line={interval} tone={tone} />
        <Tile title={t("report.yearly")} big={expected?.yearly_bps == null ? "–" : t("per_cent", { value: fixed(expected.yearly_bps / PER_CENT) })} line={expected ? t("report.lent", { amount: money(expected.lent_minor) }) : ""} tone={tone} />
        <Tile title={t("report.bad")} big={bad.share === null ? "–" : percent(bad.share)} line={rateText(bad)} tone="wait" />
        <Tile title={t("report.loss")} big={loss === null ? "–" : percent(loss)} line={expected ? t("report.loss_line", { amount: money(expected.loss_minor) }) : ""} tone="wait" />
        <Tile title={t("report.reviews")} big={number(reviews.reviews_a_day, 1)} line={t("report.people", { needed: number(reviews.people_needed, 1), there: number(reviews.people) })} tone={reviews.people_needed > reviews.people ? "bad" : "good"} />
      </div>
    </Block>
  );
}

function Money({ report }: { report: Told }) {
  const { t } = useTranslation("launching");
  const palette = paletteOf(useComputedColorScheme("light"));
  const unit = 10 ** minorDigits(report.currency);
  const money = useMoney(report.currency);
  const sides: [string, Shape<"Economics">][] = [[report.product.name, report.economics], ...(report.against && report.against_economics ? [[report.against.name, report.against_economics] as [string, Shape<"Economics">]] : [])];
  const shown = sides.flatMap(([name, one]) => { const line = one.expected ?? one.known; return line.counted ? [[name, line] as [string, Line]] : []; });
  const signed = (line: Line, part: (typeof PARTS)[number]): number => (COSTS.has(part) ? -1 : 1) * line[`${part}_minor`];
  const cell = (key: string, minor: number | null) => <Amount key={key} minor={minor} currency={report.currency} />;
  const rows = [
    [t("money.counted"), ...sides.map(([, one]) => (one.expected ?? one.known).counted)],
    [t("money.lent"), ...sides.map(([name, one]) => cell(name, (one.expected ?? one.known).lent_minor))],
    ...PARTS.map((part) => [t(`money.${part}`), ...sides.map(([name, one]) => cell(name, signed(one.expected ?? one.known, part)))]),
    [<strong key="net">{t("money.net")}</strong>, ...sides.map(([name, one]) => cell(name, (one.expected ?? one.known).net_minor))],
    [t("money.low"), ...sides.map(([name, one]) => cell(name, (one.expected ?? one.known).net_low_minor))],
    [t("money.high"), ...sides.map(([name, one]) => cell(name, (one.expected ?? one.known).net_high_minor))],
    [t("money.all_good"), ...sides.map(([name, one]) => cell(name, one.all_good_minor))],
    [t("money.all_bad"), ...sides.map(([name, one]) => cell(name, one.all_bad_minor))],
    [t("money.known"), ...sides.map(([name, one]) => cell(name, one.known.net_minor))],
  ];
  const names = [...PARTS.map((part) => t(`money.${part}`)), t("money.net")];
  return (
    <>
      <div className={classes.charts}>
        {shown.length ? (
          <Chart label={t("report.money_chart")} height={270}
            table={{ head: [t("money.part"), ...shown.map(([name]) => name)], rows: [...PARTS.map((part) => [t(`money.${part}`), ...shown.map(([name, line]) => cell(name, signed(line, part)))]), [t("money.net"), ...shown.map(([name, line]) => cell(name, line.net_minor))]] }}
            option={{
              color: [palette.series[0]!, palette.series[5]!], grid: { left: 4, right: 12, top: 34, bottom: 4, containLabel: true }, legend: { top: 0, left: 0 },
              tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value: unknown) => money(Math.round(Number(value) * unit)) },
              xAxis: { type: "value", axisLabel: { hideOverlap: true } }, yAxis: { type: "category", inverse: true, data: names },
              series: shown.map(([name, line]) => ({ type: "bar", name, data: [...PARTS.map((part) => signed(line, part) / unit), line.net_minor / unit] })),
            }} />
        ) : null}
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("report.money")}><PlainTable label={t("report.money")} head={[t("money.part"), ...sides.map(([name]) => name)]} rows={rows} /></div>
      </div>
      <p className="soft">{t(`report.weighed.${report.economics.weighed_by || "none"}`, { model: report.backtest.honesty.inferred_by ?? "" })}</p>
    </>
  );
}

function Work({ report }: { report: Told }) {
  const { t } = useTranslation("launching");
  const one = report.capacity;
  return <Pairs of={[
    [t("work.a_day"), `${number(one.applications_a_day, 1)} ${t(one.assumed ? "work.assumed" : "work.had", { days: number(one.days, 1) })}`],
    [t("work.reviewed"), rateText(one.reviewed)],
    [t("work.reviews"), t("work.reviews_value", { value: number(one.reviews_a_day, 1), low: number(one.reviews_low, 1), high: number(one.reviews_high, 1) })],
    [t("work.needed"), number(one.people_needed, 2)],
    [t("work.there"), number(one.people)],
  ]} />;
}

function Assumed({ report }: { report: Told }) {
  const { t } = useTranslation("launching");
  const money = useMoney(report.currency);
  const one = report.assumptions;
  return <Pairs of={[
    [t("assume.funding_bps"), t("per_cent", { value: fixed(one.funding_bps / PER_CENT) })],
    [t("assume.lgd"), percent(one.lgd, 0)],
    [t("assume.paid_before_bad"), percent(one.paid_before_bad, 0)],
    [t("assume.opening_minor"), money(one.opening_minor)],
    [t("assume.servicing_minor"), money(one.servicing_minor)],
    [t("assume.review_minor"), money(one.review_minor)],
    [t("assess.where"), report.where ? <code key="w">{report.where}</code> : null],
  ]} />;
}
