/** One account: what is owed today, what is still to come, and what happened. */
import { Button } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Badge, Block, Copyable, CopyAsApiCall, Day, day, Empty, ErrorPanel, Loading, number, Page, Pairs, PlainTable, useMay, useMoney } from "../../kit";
import { ActHistory, ActMenu, TakeBack } from "../proposals/AccountActs";
import classes from "./accounts.module.css";
import { LimitHistory } from "./LimitHistory";
import { OfferHistory } from "./OfferHistory";
import { Papers } from "./Papers";
import { Provision } from "./Provision";
import { Standing } from "./Standing";
import { Late, StateBadge } from "./state";

type Account = Shape<"MonitoredAccount">;
type Plan = Shape<"PlanShown">;

const PER_CENT = 100;
const SHORT = 12;
const NEXT = 3;

export default function AccountPage() {
  const { t } = useTranslation("accounts");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/accounts/{account_id}", { params: { path: { account_id: id } } });
  const account = found.data;
  return (
    <Page title={account ? t("account", { number: number(account.number) }) : t("title")} back={{ to: "/accounts", words: t("title") }}
      lead={account ? <><StateBadge state={account.state} /> <Late days={account.days_past_due} /></> : undefined} actions={<>{account ? <ActMenu account={account} /> : null}<CopyAsApiCall path={`/v1/accounts/${id}`} /></>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !account ? <Loading lines={8} /> : null}
      {account ? <Shown account={account} /> : null}
    </Page>
  );
}

/** What somebody has to look at first: plans with something due, then the others that are open, then what is over. */
const inOrder = (plans: Plan[]): Plan[] => {
  const rank = (plan: Plan): number => (plan.state !== "open" ? 2 : plan.owed.due_minor > 0 ? 0 : 1);
  return plans.toSorted((one, other) => rank(one) - rank(other));
};

function Shown({ account }: { account: Account }) {
  const { t } = useTranslation("accounts");
  const money = useMoney(account.currency);
  return (
    <div className={classes.stack}>
      <Block title={t("about")}>
        <Pairs of={[
          [t("product"), <Link key="p" to={"/products/$name" as string} params={{ name: account.product } as never} className="mono">{account.product}</Link>],
          [t("owner"), <Link key="o" to={"/portrait/$kind/$key" as string} params={{ kind: account.owner_kind, key: account.owner } as never} className="mono">{account.owner}</Link>],
          [t("opened"), <Day key="d" on={account.opened_on} />],
          [t("decision"), account.decision_id ? <Link key="i" to={"/decisions/$id" as string} params={{ id: account.decision_id } as never} className="mono">{account.decision_id}</Link> : null],
          [t("limit"), account.limit_minor === null ? null : money(account.limit_minor)],
          [t("available"), account.limit_minor === null ? null : money(account.available_minor)],
          [t("principal"), money(account.principal_minor)],
          [t("due"), <strong key="d">{money(account.due_minor)}</strong>],
          [t("id"), <Copyable key="c" text={account.account_id} />],
        ]} />
      </Block>
      {account.standing ? <Standing of={account.standing} /> : null}
      {account.plans.length ? inOrder(account.plans).map((plan) => <PlanBlock key={`${plan.plan} ${plan.rescheduled_on ?? ""}`} plan={plan} account={account} />) : <Block><Empty title={t("no_draw")} hint={t("no_draw_hint")} /></Block>}
      <Papers account={account.account_id} />
      {account.limit_minor === null ? null : <LimitHistory account={account.account_id} />}
      <OfferHistory account={account.account_id} />
      <Provision account={account.account_id} />
      <ActHistory account={account} />
    </div>
  );
}

function PlanBlock({ plan, account }: { plan: Plan; account: Account }) {
  const { currency } = account;
  const { t } = useTranslation("accounts");
  const money = useMoney(currency);
  const owed = plan.owed;
  const [all, setAll] = useState(plan.lines.length <= SHORT);
  // What is late and what comes next: a long schedule is read on demand.
  const shown = all ? plan.lines : plan.lines.slice(0, plan.lines.filter((line) => owed.next_due === null || line.due < owed.next_due).length + NEXT);
  const mayAct = useMay("service_accounts") && account.state !== "closed";
  const cell = (minor: number, at: number) => <Amount key={at} minor={minor} currency={currency} />;
  return (
    <Block title={<span className="mono">{plan.plan}</span>} note={t(plan.rescheduled_on ? "plan_note_anew" : "plan_note", { amount: money(plan.drawn_minor), on: day(plan.drawn_on), anew: plan.rescheduled_on ? day(plan.rescheduled_on) : "", instalments: number(plan.instalments), rate: number(plan.rate_bps / PER_CENT, 2) })}
      actions={<Badge tone={plan.state === "open" ? "accent" : plan.state === "repaid" ? "good" : "bad"}>{t(`plan_states.${plan.state}`)}</Badge>}>
      <div className={classes.pair}>
        <Pairs of={[
          [t("due"), <strong key="d">{money(owed.due_minor)}</strong>],
          [t("fees"), owed.fee_minor ? money(owed.fee_minor) : null],
          [t("penalty"), owed.penalty_minor ? money(owed.penalty_minor) : null],
          [t("interest"), owed.interest_minor ? money(owed.interest_minor) : null],
          [t("principal"), owed.principal_minor ? money(owed.principal_minor) : null],
        ]} />
        <Pairs of={[
          [t("next"), owed.next_due ? t("next_value", { amount: money(owed.next_minor), on: day(owed.next_due) }) : null],
          [t("to_come"), money(owed.to_come_minor)],
          [t("waiting"), owed.waiting_minor ? money(owed.waiting_minor) : null],
          [t("payoff"), plan.state === "open" ? <strong key="p">{money(owed.payoff_minor)}</strong> : null],
        ]} />
      </div>
      {plan.lines.length ? <div className={classes.wide}><PlainTable label={t("open")} head={[t("instalment"), t("due_on"), t("principal"), t("interest"), t("fees"), t("penalty")]}
        rows={shown.map((line) => [number(line.number), <Day key="d" on={line.due} />, ...[line.principal_minor, line.interest_minor, line.fee_minor, line.penalty_minor].map(cell)])} />
        {shown.length < plan.lines.length ? <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>{t("all_lines", { count: plan.lines.length })}</Button> : null}</div> : null}
      {plan.facts.length ? <div className={classes.wide}><PlainTable label={t("happened")} head={[t("on"), t("what"), t("amount"), t("fact_id"), ...(mayAct ? [t("act")] : [])]}
        rows={plan.facts.map((fact) => [<Day key="d" on={fact.on} />, t(`facts.${fact.what}`), fact.amount_minor === null ? "" : cell(fact.amount_minor, 2), <span key="i" className="mono nowrap">{fact.id}</span>, ...(mayAct ? [fact.what === "fell_due" ? "" : <TakeBack key="b" account={account} plan={plan.plan} fact={fact.id} />] : [])])} /></div> : null}
    </Block>
  );
}
