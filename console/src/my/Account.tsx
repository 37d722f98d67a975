/** An account: what is owed and when, paying it, and paying everything early. */
import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Fragment, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../api";
import { amount, day as isoDay, minorDigits } from "../kit/format";
import { newId, useCustomer, useMayDo } from "./customer";
import styles from "./my.module.css";
import { Schedule } from "./Offer";
import { Card, Main, Money, Rows, Second, Sheet, Title, Waiting, Wrong } from "./parts";
import { Papers } from "./Papers";
import { Back } from "./Result";

type Plan = Shape<"PlanShown">;

export function Account({ account }: { account: string }) {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const found = useGet("/v1/my/accounts/{account_id}", { params: { path: { account_id: account } } });
  if (found.isPending) return <Waiting />;
  if (found.error) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const one = found.data;
  return (
    <>
      <Title lead={<span className="mono">{one.account_id}</span>}>{t("account.title")}</Title>
      {one.limit_minor === null ? null : (
        <Card>
          <Rows rows={[[t("account.limit"), amount(one.limit_minor, one.currency)], [t("account.available"), amount(one.available_minor, one.currency)]]} />
        </Card>
      )}
      {one.plans.map((plan) => <PlanCard key={plan.plan} account={one} plan={plan} />)}
      {one.plans.length > 0 ? <Papers account={one.account_id} /> : null}
      {one.plans.length === 0 ? <Card><p>{t("account.nothing")}</p></Card> : null}
      {customer.back ? <Back way={customer.back} /> : null}
    </>
  );
}

function PlanCard({ account, plan }: { account: Shape<"AccountDetail">; plan: Plan }) {
  const { t } = useTranslation("my");
  const repays = useMayDo("repay");
  const { pays } = useCustomer();
  const [paying, pay] = useState<"due" | "early" | null>(null);
  const owed = plan.owed;
  const money = (minor: number) => <Money minor={minor} currency={account.currency} />;
  const ahead = plan.lines.map((one) => ({ due: one.due, amount_minor: one.fee_minor + one.penalty_minor + one.interest_minor + one.principal_minor }));
  // The sheet outlives what it pays: whoever has just paid everything is told so.
  const sheet = paying === "due" ? <Pay account={account} plan={plan} onClose={() => pay(null)} /> : paying === "early" ? <PayEarly account={account} plan={plan} onClose={() => pay(null)} /> : null;
  if (plan.state === "repaid") {
    return (
      <>
        <Card key="standing" tone="good">
          <h2>{t("account.repaid")}</h2>
          <Rows rows={[[t("account.drawn"), money(plan.drawn_minor)]]} />
          <Facts plan={plan} currency={account.currency} />
        </Card>
        <Fragment key="sheet">{sheet}</Fragment>
      </>
    );
  }
  const late = owed.days_past_due > 0;
  return (
    <>
      <Card key="standing" tone={late ? "bad" : "plain"}>
        {owed.due_minor > 0 || !owed.next_due ? (
          <>
            <p>{t("account.due_now")}</p>
            <Money minor={owed.due_minor} currency={account.currency} large />
          </>
        ) : (
          <>
            <p>{t("account.next", { day: isoDay(owed.next_due) })}</p>
            <Money minor={owed.next_minor} currency={account.currency} large />
            <p className="soft">{t(owed.next_minor > 0 ? "account.nothing_due" : "account.covered")}</p>
          </>
        )}
        {late ? <p>{t("account.late", { count: owed.days_past_due })}</p> : null}
        <Rows rows={[
          ...(owed.penalty_minor > 0 ? [[t("account.penalty"), money(owed.penalty_minor)] as [string, React.ReactNode]] : []),
          ...(owed.next_due && owed.due_minor > 0 ? [[t("account.next", { day: isoDay(owed.next_due) }), money(owed.next_minor)] as [string, React.ReactNode]] : []),
          [t("account.to_come"), money(owed.to_come_minor)],
          ...(owed.waiting_minor > 0 ? [[t("account.waiting"), money(owed.waiting_minor)] as [string, React.ReactNode]] : []),
        ]} />
        {repays && pays ? (
          <>
            <Main onClick={() => pay("due")}>{t("account.pay")}</Main>
            <Second onClick={() => pay("early")}>{t("account.pay_early")}</Second>
          </>
        ) : <p className="soft">{t("account.pay_elsewhere")}</p>}
      </Card>
      <Card key="ahead">
        <Schedule rows={ahead} currency={account.currency} />
        <Facts plan={plan} currency={account.currency} />
      </Card>
      <Fragment key="sheet">{sheet}</Fragment>
    </>
  );
}

function Facts({ plan, currency }: { plan: Plan; currency: string }) {
  const { t, i18n } = useTranslation("my");
  const facts = plan.facts.filter((one) => i18n.exists(`fact.${one.what}`, { ns: "my" }));
  if (facts.length === 0) return null;
  return (
    <section>
      <h3>{t("account.happened")}</h3>
      {facts.map((one) => (
        <div key={one.id} className={styles["item"]}>
          <span className={styles["item-head"]}>
            <span>{t(`fact.${one.what}` as "fact.paid")}</span>
            {one.amount_minor === null ? null : <Money minor={one.amount_minor} currency={currency} />}
          </span>
          <span className="soft">{isoDay(one.on)}</span>
        </div>
      ))}
    </section>
  );
}

/** Paying, once however often it is sent. */
function usePayment(account: string, plan: string) {
  const client = useQueryClient();
  const attempt = useRef({ id: newId(), amount: 0 });
  return useMutation({
    mutationFn: async ({ minor, early }: { minor: number; early: boolean }) => {
      if (attempt.current.amount !== minor) attempt.current = { id: newId(), amount: minor };
      const body = { payment_id: attempt.current.id, plan, amount_minor: minor, early };
      const { data } = await api.POST("/v1/my/accounts/{account_id}/payments", { params: { path: { account_id: account } }, body });
      return data!;
    },
    onSuccess: () => Promise.all([refresh(client, "/v1/my/accounts"), refresh(client, "/v1/my/accounts/{account_id}"), refresh(client, "/v1/my/accounts/{account_id}/payoff")]),
  });
}

function Paid({ paid, currency, minor }: { paid: Shape<"MyPayment">; currency: string; minor: number }) {
  const { t } = useTranslation("my");
  return (
    <Card tone="good">
      <p role="status">{t("pay.done", { amount: amount(minor, currency) })}</p>
      <p className="soft">{t("pay.number", { number: paid.number })}</p>
      {paid.simulated ? <p className="soft">{t("pay.simulated")}</p> : null}
    </Card>
  );
}

function Pay({ account, plan, onClose }: { account: Shape<"AccountDetail">; plan: Plan; onClose: () => void }) {
  const { t } = useTranslation("my");
  const { simulated } = useCustomer();
  const unit = 10 ** minorDigits(account.currency);
  // What is shown is what was owed when the sheet opened: it does not change under the hand that pays it.
  const [first] = useState(() => Math.min(plan.owed.due_minor || plan.owed.next_minor, plan.owed.payoff_minor));
  const [text, setText] = useState(() => (first / unit).toFixed(minorDigits(account.currency)));
  const payment = usePayment(account.account_id, plan.plan);
  const said = text.trim().replaceAll(",", "");
  const minor = /^\d+(\.\d+)?$/.test(said) ? Math.round(Number(said) * unit) : 0;
  const done = payment.data;
  return (
    <Sheet title={t("pay.title")} onClose={onClose} foot={done ? <Main onClick={onClose}>{t("pay.close")}</Main> : <Main disabled={minor <= 0} loading={payment.isPending} onClick={() => payment.mutate({ minor, early: false })}>{t("pay.do", { amount: amount(minor, account.currency) })}</Main>}>
      {done ? <Paid paid={done} currency={account.currency} minor={minor} /> : (
        <>
          {simulated ? <Card tone="wait"><p>{t("pay.simulated")}</p></Card> : null}
          <TextInput size="lg" inputMode="decimal" label={t("pay.amount", { currency: account.currency })} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <p className="soft">{t(plan.owed.due_minor > 0 ? "pay.oldest" : "pay.waits")}</p>
          {payment.error ? <Wrong error={payment.error} /> : null}
        </>
      )}
    </Sheet>
  );
}

function PayEarly({ account, plan, onClose }: { account: Shape<"AccountDetail">; plan: Plan; onClose: () => void }) {
  const { t } = useTranslation("my");
  const { simulated } = useCustomer();
  const quote = useGet("/v1/my/accounts/{account_id}/payoff", { params: { path: { account_id: account.account_id }, query: { plan: plan.plan } } });
  const payment = usePayment(account.account_id, plan.plan);
  const [paid, setPaid] = useState(0);
  const money = (minor: number) => amount(minor, account.currency);
  const done = payment.data;
  const found = quote.data;
  return (
    <Sheet title={t("early.title")} onClose={onClose} foot={done ? <Main onClick={onClose}>{t("pay.close")}</Main> : <Main disabled={!found} loading={payment.isPending} onClick={() => { if (found) { setPaid(found.payoff_minor); payment.mutate({ minor: found.payoff_minor, early: true }); } }}>{t("pay.do", { amount: money(found?.payoff_minor ?? 0) })}</Main>}>
      {done ? <Paid paid={done} currency={account.currency} minor={paid} /> : quote.isPending ? <Waiting /> : quote.error ? <Wrong error={quote.error} /> : (
        <>
          {simulated ? <Card tone="wait"><p>{t("pay.simulated")}</p></Card> : null}
          <div className={styles["total"]}>
            <span>{t("early.payoff", { day: isoDay(quote.data.on) })}</span>
            <strong><Money minor={quote.data.payoff_minor} currency={account.currency} /></strong>
          </div>
          <Rows rows={[[t("early.principal"), money(quote.data.principal_minor)], [t("early.fee"), money(quote.data.fee_minor)], [t("early.planned"), money(quote.data.planned_minor)], [t("early.saved"), money(quote.data.saved_minor)]]} />
          {payment.error ? <Wrong error={payment.error} /> : null}
        </>
      )}
    </Sheet>
  );
}
