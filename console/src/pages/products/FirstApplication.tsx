/** The first live decision from the page: an application, decided by the product's policy, and the offer that it makes. */
import { Button, Checkbox, NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, problemOfResponse, useGet, type Problem, type Shape } from "../../api";
import { Amount, Block, ErrorPanel, fixed, inWords, Loading, minorDigits, moment, number, OutcomeBadge, PlainTable, useMay, useMoney } from "../../kit";
import classes from "./launching.module.css";

type EventType = Shape<"EventTypeDetail">;
type Values = Record<string, string | number | boolean | null>;

const PER_CENT = 100;

export function FirstApplication({ product }: { product: Shape<"ProductDetail"> }) {
  const { t } = useTranslation("launching");
  const policy = product.policies["application"] ?? "";
  const policies = useGet("/v1/products/templates").data?.policies;
  const name = policies?.[policy] ?? "";
  const { data: type, error } = useGet("/v1/event-types/{name}", { params: { path: { name } } }, { enabled: name !== "" });
  return (
    <Block title={t("first.title")} note={t("first.note")}>
      {error ? <ErrorPanel problem={error} /> : null}
      {!error && !type ? <Loading lines={4} /> : null}
      {type ? <Form product={product} policy={policy} type={type} /> : null}
    </Block>
  );
}

function Form({ product, policy, type }: { product: Shape<"ProductDetail">; policy: string; type: EventType }) {
  const { t } = useTranslation("launching");
  const may = useMay("decide");
  const example = type.example as unknown as { values: Values };
  const [values, setValues] = useState<Values>(() => example.values);
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [answer, setAnswer] = useState<Shape<"DecisionAnswer"> | null>(null);
  const [offer, setOffer] = useState<Shape<"OfferShown"> | null>(null);
  const fields = type.field_details.filter((one) => !one.derived && one.name in example.values);
  const send = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    setOffer(null);
    try {
      const event = { event_type: type.name, event_id: `first-${crypto.randomUUID()}`, occurred_at: new Date().toISOString(), values };
      const headers: Record<string, string> = { "Content-Type": "application/json" };
      if (key) headers["Authorization"] = `Bearer ${key}`;
      const address = `/v1/decisions?policy=${encodeURIComponent(policy)}`;
      const response = await fetch(address, { method: "POST", headers, credentials: key ? "omit" : "same-origin", body: JSON.stringify(event) });
      if (!response.ok) throw await problemOfResponse(response);
      const decided = (await response.json()) as Shape<"DecisionAnswer">;
      setAnswer(decided);
      if (decided.outcome === "approve") {
        const { data } = await api.GET("/v1/decisions/{decision_id}/offer", { params: { path: { decision_id: decided.decision_id }, query: { product: product.name } } });
        setOffer(data as Shape<"OfferShown">);
      }
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <div className={classes.grid}>
        {fields.map((field) => <FieldInput key={field.name} field={field} currency={product.currency} value={values[field.name] ?? null} onValue={(value) => setValues({ ...values, [field.name]: value })} />)}
        {may ? null : <PasswordInput className={classes.whole} label={t("first.key")} description={t("first.key_hint")} autoComplete="off" value={key} required onChange={(event) => setKey(event.currentTarget.value)} />}
      </div>
      {problem ? <ErrorPanel problem={problem} /> : null}
      <div className={classes.act}><Button type="submit" leftSection={<Send size={15} aria-hidden />} loading={busy}>{t("first.send")}</Button></div>
      {answer ? <Answered answer={answer} offer={offer} /> : null}
    </form>
  );
}

function FieldInput({ field, currency, value, onValue }: { field: EventType["field_details"][number]; currency: string; value: Values[string]; onValue: (value: Values[string]) => void }) {
  const unit = 10 ** minorDigits(currency);
  if (field.type === "boolean") return <Checkbox label={field.name} checked={value === true} onChange={(event) => onValue(event.currentTarget.checked)} />;
  if (field.values?.length) return <Select label={field.name} data={[...field.values]} value={value === null ? null : String(value)} clearable onChange={onValue} />;
  if (field.name.endsWith("_minor")) return <NumberInput label={field.name} value={value === null ? "" : Number(value) / unit} decimalScale={minorDigits(currency)} thousandSeparator="," suffix={` ${currency}`} hideControls onChange={(each) => onValue(each === "" ? null : Math.round(Number(each) * unit))} />;
  if (field.type === "integer" || field.type === "double" || field.type === "decimal") return <NumberInput label={field.name} value={value === null ? "" : Number(value)} hideControls allowDecimal={field.type !== "integer"} onChange={(each) => onValue(each === "" ? null : Number(each))} />;
  return <TextInput label={field.name} value={value === null ? "" : String(value)} onChange={(event) => onValue(event.currentTarget.value)} />;
}

function Answered({ answer, offer }: { answer: Shape<"DecisionAnswer">; offer: Shape<"OfferShown"> | null }) {
  const { t } = useTranslation(["launching", "products"]);
  const money = useMoney(offer?.currency);
  return (
    <div className={classes.started} role="status">
      <p><OutcomeBadge outcome={answer.outcome} large /> <Link to={"/decisions/$id" as string} params={{ id: answer.decision_id } as never}>{t("first.open")}</Link></p>
      {answer.reasons.length ? <ul>{answer.reasons.map((reason) => <li key={reason.code}>{inWords(reason)}</li>)}</ul> : null}
      {offer ? (
        <>
          <p>{t("first.offer", { most: money(offer.most_minor), until: moment(offer.until, "minute") })}</p>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("first.offer_table")}>
            <PlainTable label={t("first.offer_table")} head={[t("products:term"), t("products:to_pay"), t("products:total"), t("products:nominal"), t("products:yearly")]}
              rows={offer.quotes.map((quote) => [number(quote.term), <Amount key="i" minor={quote.instalments[0]?.amount_minor ?? 0} currency={offer.currency} />, <Amount key="t" minor={quote.total_minor} currency={offer.currency} />, t("per_cent", { value: fixed(quote.nominal_bps / PER_CENT) }), t("per_cent", { value: fixed(quote.effective_bps / PER_CENT) })])} />
          </div>
        </>
      ) : null}
    </div>
  );
}
