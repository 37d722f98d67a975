import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "@tanstack/react-router";
import { Amount, Badge, number, percent, PlainTable, useMoney } from "../../kit";
import classes from "./backtest.module.css";
import { boundsText, figure, rateText, shareText, type Group, type Report } from "./parts";

type MoneySum = NonNullable<Group["profit"]>;

function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>{children}</div>;
}

/** A sum of money with its interval. */
function useSum(currency: string): (sum: MoneySum | null) => string {
  const money = useMoney(currency);
  return (sum) => {
    if (sum === null) return "–";
    return sum.low === null || sum.high === null ? money(sum.amount_minor) : `${money(sum.amount_minor)} (${money(sum.low)} – ${money(sum.high)})`;
  };
}

/** Both sides, measure by measure. */
export function Sides({ report }: { report: Report }) {
  const { t } = useTranslation("backtest");
  const money = useMoney(report.currency);
  const sum = useSum(report.currency);
  const sides = [report.against, report.candidate];
  const row = (name: string, of: (side: Report["against"]) => ReactNode): ReactNode[] => [name, ...sides.map(of)];
  const rows = [
    row(t("sides.approved"), (one) => rateText(one.approved)),
    row(t("sides.reviewed"), (one) => number(one.reviewed)),
    row(t("sides.declined"), (one) => number(one.declined)),
    row(t("sides.bad"), (one) => rateText(one.standing.bad_rate)),
    row(t("sides.bad_bounds"), (one) => boundsText(one.standing.bad_bounds)),
    ...(report.honesty.inferred_by ? [row(t("sides.bad_inferred"), (one) => (one.standing.bad_bounds.inferred === null ? "–" : percent(one.standing.bad_bounds.inferred)))] : []),
    ...(report.candidate.standing.profit ? [
      row(t("sides.loss"), (one) => sum(one.standing.loss)),
      row(t("sides.margin"), (one) => sum(one.standing.margin)),
      row(t("sides.profit"), (one) => sum(one.standing.profit)),
      row(t("sides.profit_bounds"), ({ standing: { profit_bounds: it } }) => (it?.all_bad === null || it?.all_good === null || !it ? "–" : `${money(it.all_bad)} – ${money(it.all_good)}`)),
    ] : []),
  ];
  const name = (side: Report["against"]): string => (side.release ? t("sides.candidate", { policy: side.policy }) : t("side.recorded"));
  return (
    <>
      <Scroll label={t("sides.title")}><PlainTable label={t("sides.title")} head={[t("sides.measure"), name(report.against), name(report.candidate)]} rows={rows} /></Scroll>
      {report.price && report.candidate.standing.profit ? <p className="soft">{t("sides.price", { margin: percent(report.price.margin), lgd: percent(report.price.lgd, 0) })}</p> : null}
    </>
  );
}

/** Who stays, goes out, comes in, stays out. */
export function Swap({ swap, report }: { swap: Report["swap"][number]; report: Report }) {
  const { t } = useTranslation("backtest");
  const sum = useSum(report.currency);
  const priced = swap.stay.loss !== null;
  const head = [t("swap.who"), t("decisions"), t("bad"), t("good"), t("unknown"), t("sides.bad"), t("sides.bad_bounds"), ...(priced ? [t("sides.loss"), t("sides.margin")] : [])];
  const rows = (["stay", "out", "swapped_in", "never"] as const).map((part) => {
    const one = swap[part];
    return [<strong key="part" className="nowrap">{t(`swap.${part}`)}</strong>, one.count, one.bad, one.good, one.unknown, rateText(one.bad_rate), boundsText(one.bad_bounds), ...(priced ? [sum(one.loss), sum(one.margin)] : [])];
  });
  return <Scroll label={t(`swap.${swap.how}`)}><PlainTable label={t(`swap.${swap.how}`)} head={head} rows={rows} /></Scroll>;
}

/** What each rule is worth. */
export function Rules({ report }: { report: Report }) {
  const { t } = useTranslation("backtest");
  const priced = report.candidate.standing.profit !== null;
  const head = [t("rules.rule"), t("rules.hits"), t("rules.precision"), t("rules.alone"), t("rules.became"), ...(priced ? [t("rules.saves"), t("rules.forgoes")] : []), t("rules.decay")];
  const rows = report.rules.map((one) => [
    <span key="rule"><code>{one.rule}</code> {one.redundant ? <Badge tone="wait">{t("rules.redundant")}</Badge> : null}<br /><span className="soft">{t(`rules.then.${one.effect || "none"}`)}{one.covered_by.length > 0 ? ` · ${t("rules.covered", { names: one.covered_by.join(", ") })}` : ""}</span></span>,
    one.hits.count, rateText(one.hits.bad_rate),
    one.alone === null ? <span key="why" className="soft">{t("rules.no_rule")}</span> : number(one.alone.count),
    one.alone === null ? "–" : `${figure(one.alone.bad)} / ${figure(one.alone.good)} / ${figure(one.alone.unknown)}`,
    ...(priced ? [<Amount key="saves" minor={one.saved_minor} currency={report.currency} />, <Amount key="forgoes" minor={one.forgone_minor} currency={report.currency} />] : []),
    one.trend === null ? "–" : `${percent(one.trend)} (${percent(one.trend_low ?? 0)} – ${percent(one.trend_high ?? 0)})`,
  ]);
  return <Scroll label={t("rules.title")}><PlainTable label={t("rules.title")} head={head} rows={rows} /></Scroll>;
}

const PAIRS_SHOWN = 12;

/** Rules that fire together. */
export function Overlap({ report }: { report: Report }) {
  const { t } = useTranslation("backtest");
  const rows = report.overlap.slice(0, PAIRS_SHOWN).map((one) => [<code key="a">{one.rule}</code>, <code key="b">{one.other}</code>, one.both, percent(one.jaccard)]);
  return <Scroll label={t("overlap.title")}><PlainTable label={t("overlap.title")} head={[t("rules.rule"), t("overlap.other"), t("overlap.both"), t("overlap.jaccard")]} rows={rows} /></Scroll>;
}

const ratio = (value: number | null): string => (value === null ? "–" : percent(value, 0));

/** Approval by group. */
export function Fairness({ fairness }: { fairness: Report["fairness"][number] }) {
  const { t } = useTranslation("backtest");
  const rows = fairness.groups.map((one) => [one.label ?? t("fair.missing"), one.decisions, rateText(one.approved_before), rateText(one.approved_after), ratio(one.ratio_before), ratio(one.ratio_after), rateText(one.bad_rate_after)]);
  const label = t("fair.title", { field: fairness.field });
  return <Scroll label={label}><PlainTable label={label} head={[t("fair.group"), t("decisions"), t("fair.before"), t("fair.after"), t("fair.ratio_before"), t("fair.ratio_after"), t("sides.bad")]} rows={rows} /></Scroll>;
}

/** Why decisions would differ today. */
export function Causes({ attribution }: { attribution: NonNullable<Report["attribution"]> }) {
  const { t } = useTranslation("backtest");
  const rows = attribution.causes.map((one) => [t(`causes.${one.component}`), number(one.shapley, 1), shareText(one.shapley, attribution.differing), one.in_order, one.alone]);
  return (
    <>
      <p>{t("causes.words", { differing: number(attribution.differing), whole: number(attribution.looked_at), together: number(attribution.together) })}</p>
      <Scroll label={t("causes.title")}><PlainTable label={t("causes.title")} head={[t("causes.component"), t("causes.shapley"), t("known.share"), t("causes.in_order"), t("causes.alone")]} rows={rows} /></Scroll>
      <ul className={classes.notes}>
        {attribution.left_out > 0 ? <li>{t("causes.left_out", { count: attribution.left_out })}</li> : null}
        {attribution.examples.map((one) => (
          <li key={one.decision_id}>
            <Link to={"/decisions/$id" as string} params={{ id: one.decision_id } as never}>{one.event_id}</Link>
            {" "}{t("causes.example", { then: t(`outcome.${one.then}`), now: t(`outcome.${one.now}`), cause: t(`causes.${one.cause}`) })} {one.lists.length > 0 ? `(${one.lists.join(", ")})` : ""}
          </li>
        ))}
      </ul>
    </>
  );
}
