/** The offer: a plan for each term with everything it costs, then the table of costs in front of the page until it is read. */
import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useGet, type Shape } from "../api";
import { inWords, language } from "../app/language";
import { amount, day as isoDay, fixed, minorDigits, moment } from "../kit/format";
import { useCustomer } from "./customer";
import styles from "./my.module.css";
import { Actions, Choices, Main, Money, Rows, Second, Sheet, Title, Waiting, Wrong } from "./parts";
import { useWay } from "./way";

export const rate = (bps: number): string => `${fixed(bps / 100)}%`;

export function Offer({ decision }: { decision: string }) {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const { go } = useWay();
  const [asked, ask] = useState<number | undefined>();
  const [text, setText] = useState("");
  const [term, setTerm] = useState<string | null>(null);
  const [reading, read] = useState(false);
  const found = useGet("/v1/my/applications/{decision_id}/offer", { params: { path: { decision_id: decision }, query: asked === undefined ? {} : { amount_minor: asked } } }, { placeholderData: (before) => before });
  if (found.isPending) return <Waiting />;
  if (found.error && !found.data) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const offer = found.data;
  if (!offer) return <Waiting />;
  const chosen = offer.quotes.find((one) => String(one.term) === term);
  const change = (typed: string) => {
    setText(typed);
    const said = typed.trim().replaceAll(",", "");
    if (/^\d+(\.\d+)?$/.test(said)) ask(Math.round(Number(said) * 10 ** minorDigits(offer.currency)));
  };
  return (
    <>
      <Title lead={t("offer.lead", { amount: amount(offer.amount_minor, offer.currency) })}>{t("offer.title")}</Title>
      {customer.purchase ? null : (
        <TextInput size="lg" inputMode="decimal" label={t("offer.amount", { currency: offer.currency })} description={t("offer.most", { amount: amount(offer.most_minor, offer.currency) })} value={text} onChange={(event) => change(event.currentTarget.value)} />
      )}
      {found.error ? <Wrong error={found.error} /> : null}
      <Choices label={t("offer.plans")} value={term} onChange={setTerm} choices={offer.quotes.map((one) => plan(one, t))} />
      {offer.cap ? <p className="soft">{t("offer.cap", { law: inWords(offer.cap.title), most: rate(offer.cap.most_bps), source: offer.cap.source })}</p> : null}
      <p className="soft">{t("offer.until", { day: moment(offer.until, "day") })}</p>
      <Actions>
        <Main disabled={!chosen || found.isPlaceholderData} onClick={() => read(true)}>{t("offer.read")}</Main>
      </Actions>
      {reading && chosen ? (
        <Reading decision={decision} term={chosen.term} asked={asked} onClose={() => read(false)} onRead={(digest) => go(`sign/${decision}/${chosen.term}/${digest}${asked === undefined ? "" : `/${asked}`}`)} />
      ) : null}
    </>
  );
}

function plan(one: Shape<"QuoteShown">, t: (key: "offer.each" | "offer.months" | "offer.costs" | "offer.first", given: Record<string, string | number>) => string) {
  const [first, second] = one.instalments;
  const even = one.instalments.every((each) => Math.abs(each.amount_minor - (first?.amount_minor ?? 0)) <= one.term);
  const money = (minor: number) => amount(minor, one.currency);
  const each = even || !second ? t("offer.each", { amount: money(first?.amount_minor ?? 0) }) : t("offer.first", { first: money(first?.amount_minor ?? 0), last: money(one.instalments.at(-1)?.amount_minor ?? 0) });
  return {
    value: String(one.term),
    title: t("offer.months", { count: one.term }),
    aside: <span className="number">{each}</span>,
    below: t("offer.costs", { cost: money(one.interest_minor + one.fees_minor), total: money(one.total_minor), rate: rate(one.nominal_bps) }),
  };
}

/** The table of costs. The server counts the seconds; the page only shows how many are left. */
function Reading({ decision, term, asked, onClose, onRead }: { decision: string; term: number; asked: number | undefined; onClose: () => void; onRead: (digest: string) => void }) {
  const { t } = useTranslation("my");
  const [left, setLeft] = useState<number | null>(null);
  const issue = useMutation({
    mutationFn: async () => {
      const body = { term, language: language(), amount_minor: asked ?? null };
      const { data } = await api.POST("/v1/my/applications/{decision_id}/disclosures", { params: { path: { decision_id: decision } }, body });
      return data!;
    },
    onSuccess: (shown) => setLeft(shown.seconds_left),
  });
  const confirm = useMutation({
    mutationFn: async (digest: string) => {
      await api.POST("/v1/my/disclosures/{digest}/confirmation", { params: { path: { digest } } });
      return digest;
    },
    onSuccess: onRead,
  });
  const { mutate } = issue;
  useEffect(() => mutate(), [mutate]);
  const counting = left !== null && left > 0;
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => setLeft((before) => (before === null ? null : Math.max(before - 1, 0))), 1000);
    return () => clearInterval(timer);
  }, [counting]);
  const shown = issue.data;
  const least = shown?.least_seconds ?? 1;
  return (
    <Sheet
      title={shown?.disclosure.title ?? t("reading.title")}
      onClose={onClose}
      foot={
        <>
          {left === null ? null : (
            <div className={styles["progress"]} aria-hidden="true">
              <div style={{ width: `${(100 * (least - left)) / least}%` }} />
            </div>
          )}
          {confirm.error ? <Wrong error={confirm.error} /> : null}
          <Main disabled={left === null || counting} loading={confirm.isPending} onClick={() => shown && confirm.mutate(shown.digest)}>
            {counting ? t("reading.wait", { count: left }) : t("reading.confirm")}
          </Main>
          <Second onClick={onClose}>{t("reading.other")}</Second>
        </>
      }
    >
      {issue.error ? <Wrong error={issue.error} retry={() => issue.mutate()} /> : shown ? <CostTable table={shown.disclosure} source={shown.source} /> : <Waiting />}
    </Sheet>
  );
}

export function CostTable({ table, source }: { table: Shape<"Disclosure">; source: string }) {
  const { t } = useTranslation("my");
  const money = (minor: number) => <Money minor={minor} currency={table.currency} />;
  return (
    <>
      <Rows rows={[[t("reading.lender"), table.lender], [t("reading.product"), table.product], [t("reading.principal"), money(table.principal_minor)], [t("reading.term"), t("offer.months", { count: table.term })]]} />
      <div className={styles["total"]}>
        <span>{t("reading.yearly")}</span>
        <strong className="number">{rate(table.nominal_bps)}</strong>
        <span>{t("reading.effective", { rate: rate(table.effective_bps) })}</span>
        <Rows rows={[[t("reading.cost"), money(table.cost_minor)], [t("reading.total"), money(table.total_minor)]]} />
      </div>
      <section>
        <h3>{t("reading.items")}</h3>
        {table.items.map((one) => (
          <div key={one.name} className={styles["item"]}>
            <span className={styles["item-head"]}><span>{one.name}</span>{money(one.amount_minor)}</span>
            <span className="soft">{one.standard}</span>
            <span className="soft">{t("reading.item", { method: one.method, payee: one.payee, rate: rate(one.yearly_bps) })}</span>
          </div>
        ))}
        {table.items.length === 0 ? <p>{t("reading.free")}</p> : null}
      </section>
      <section>
        <h3>{t("reading.contingent")}</h3>
        {table.contingent.map((one) => (
          <div key={one.name} className={styles["item"]}>
            <span className={styles["item-head"]}>{one.name}</span>
            <span className="soft">{one.standard}</span>
          </div>
        ))}
      </section>
      <p><strong>{table.statement}</strong></p>
      <Schedule rows={table.schedule} currency={table.currency} />
      <p className="soft">{t("reading.source", { source })}</p>
    </>
  );
}

export function Schedule({ rows, currency }: { rows: { due: string; amount_minor: number }[]; currency: string }) {
  const { t } = useTranslation("my");
  return (
    <table className={styles["table"]}>
      <caption>{t("reading.schedule")}</caption>
      <thead>
        <tr><th scope="col">{t("reading.day")}</th><th scope="col">{t("reading.pay")}</th></tr>
      </thead>
      <tbody>
        {rows.map((one) => (
          <tr key={one.due}><td>{isoDay(one.due)}</td><td><Money minor={one.amount_minor} currency={currency} /></td></tr>
        ))}
      </tbody>
    </table>
  );
}
