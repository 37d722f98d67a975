/** Applying: few questions with the right keys, and a decision at once. */
import { NativeSelect, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Shape } from "../api";
import { inWords } from "../app/language";
import { amount, minorDigits, number } from "../kit/format";
import { newId, useCustomer } from "./customer";
import styles from "./my.module.css";
import { Actions, Card, Chips, Choices, Main, Money, Title, Waiting, Wrong } from "./parts";
import { useWay } from "./way";

type Product = Shape<"MyProduct">;
type Question = Shape<"MyQuestion">;

/** A plan that was accepted, to begin from. */
export interface WantedPlan {
  product: string;
  term: number;
  amount_minor: number;
}

export function Apply({ wanted }: { wanted?: WantedPlan }) {
  const { t } = useTranslation("my");
  const found = useGet("/v1/my/products");
  const [chosen, choose] = useState<string | null>(wanted?.product ?? null);
  if (found.isPending) return <Waiting />;
  if (found.error) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const products = found.data.products;
  const product = products.find((one) => one.name === chosen) ?? (products.length === 1 ? products[0] : undefined);
  if (products.length === 0) return <Title lead={t("apply.nothing_lead")}>{t("apply.nothing")}</Title>;
  return (
    <>
      <Title lead={t("apply.lead")}>{t("apply.title")}</Title>
      {products.length > 1 ? (
        <Choices label={t("apply.which")} value={product?.name ?? null} onChange={choose} choices={products.map((one) => ({ value: one.name, title: inWords(one.title), below: t("apply.up_to", { amount: amount(one.most_minor, one.currency) }) }))} />
      ) : null}
      {product ? <Questions key={product.name} product={product} {...(wanted?.product === product.name ? { plan: wanted } : {})} /> : null}
    </>
  );
}

/** What was typed, as the API takes it; undefined where it says nothing. */
function valueOf(question: Question, text: string, currency: string): unknown {
  const said = text.trim().replaceAll(",", "");
  if (question.type === "boolean") return text === "yes";
  if (said === "") return undefined;
  if (question.unit === "money") return /^\d+(\.\d+)?$/.test(said) ? Math.round(Number(said) * 10 ** minorDigits(currency)) : said;
  if (question.type === "integer" || question.type === "double") return /^-?\d+(\.\d+)?$/.test(said) ? Number(said) : said;
  return text.trim();
}

function Questions({ product, plan }: { product: Product; plan?: WantedPlan }) {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const client = useQueryClient();
  const { go } = useWay();
  const [term, setTerm] = useState(plan && product.terms.includes(plan.term) ? plan.term : (product.terms[Math.min(1, product.terms.length - 1)] ?? 1));
  const [wanted, setWanted] = useState(plan && plan.amount_minor > 0 ? String(plan.amount_minor / 10 ** minorDigits(product.currency)) : "");
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  // One id for one set of answers: sent twice they are one application, changed they are another.
  const attempt = useRef({ id: newId(), body: "" });
  const purchase = customer.purchase;
  const apply = useMutation({
    mutationFn: async (body: Shape<"MyApplicationRequest">) => {
      const { data } = await api.POST("/v1/my/applications", { body });
      return data!;
    },
    onSuccess: async (made) => {
      await refresh(client, "/v1/my/applications");
      go(`application/${made.decision_id}`);
    },
    onError: (error) => {
      const listed = problemOf(error).document["errors"];
      const all = Array.isArray(listed) && listed.length > 0 ? (listed as { field?: string; code: string }[]) : [{ field: problemOf(error).field, code: problemOf(error).code }];
      const told: Record<string, string> = {};
      for (const one of all) if (one.field) told[one.field.replace(/^values\./, "")] = one.code;
      setFaults(told);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    },
  });

  const faultOf = (field: string, question?: Question): string | undefined => {
    const code = faults[field];
    if (!code) return undefined;
    if (code === "missing" || code === "required") return t("fault.missing");
    if (code === "out_of_bounds" || code === "out_of_range" || code === "outside_product") {
      const low = field === "amount_minor" ? product.least_minor : question?.minimum;
      const high = field === "amount_minor" ? product.most_minor : question?.maximum;
      const say = (bound: number) => (field === "amount_minor" || question?.unit === "money" ? amount(bound, product.currency) : number(bound));
      if (low != null && high != null) return t("fault.between", { low: say(low), high: say(high) });
      if (low != null) return t("fault.at_least", { low: say(low) });
    }
    return t("fault.cannot_be");
  };

  const send = (event: FormEvent) => {
    event.preventDefault();
    const values: Record<string, unknown> = {};
    const told: Record<string, string> = {};
    for (const one of product.asks) {
      const value = valueOf(one, texts[one.field] ?? "", product.currency);
      if (value === undefined && one.required) told[one.field] = "missing";
      if (value !== undefined) values[one.field] = value;
    }
    let sum: number | undefined;
    if (!purchase) {
      const said = wanted.trim().replaceAll(",", "");
      sum = /^\d+(\.\d+)?$/.test(said) ? Math.round(Number(said) * 10 ** minorDigits(product.currency)) : undefined;
      if (sum === undefined) told["amount_minor"] = "missing";
      else if (sum < product.least_minor || sum > product.most_minor) told["amount_minor"] = "out_of_bounds";
    }
    setFaults(told);
    if (Object.keys(told).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    const content = { product: product.name, term, values, amount_minor: sum ?? null };
    const text = JSON.stringify(content);
    if (attempt.current.body !== text) attempt.current = { id: newId(), body: text };
    apply.mutate({ application_id: attempt.current.id, ...content, values: values as Record<string, never> });
  };

  const known = Object.keys(faults).length > 0;
  return (
    <form ref={form} onSubmit={send} noValidate>
      {purchase ? (
        <Card tone="info">
          <p>{inWords(purchase.merchant)}{purchase.reference ? ` · ${purchase.reference}` : ""}</p>
          <Money minor={purchase.amount_minor} currency={product.currency} large />
        </Card>
      ) : (
        <TextInput size="lg" label={t("apply.amount", { currency: product.currency })} inputMode="decimal" value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} error={faultOf("amount_minor")} autoComplete="off" required withAsterisk={false} />
      )}
      <Chips label={t("apply.term")} values={product.terms} value={term} onChange={setTerm} say={(one) => t("apply.months", { count: one })} />
      {product.asks.map((one) => (
        <Asked key={one.field} question={one} currency={product.currency} text={texts[one.field] ?? ""} error={faultOf(one.field, one)} onChange={(text) => setTexts({ ...texts, [one.field]: text })} />
      ))}
      {apply.error && !known ? <Wrong error={apply.error} /> : null}
      <p className="soft">{t("apply.automated")}</p>
      <Actions>
        <Main type="submit" loading={apply.isPending}>{t("apply.do")}</Main>
      </Actions>
    </form>
  );
}

function Asked({ question, currency, text, error, onChange }: { question: Question; currency: string; text: string; error: string | undefined; onChange: (text: string) => void }) {
  const { t } = useTranslation("my");
  const unit = question.unit === "money" ? currency : question.unit === "years" ? t("unit.years") : question.unit === "months" ? t("unit.months") : "";
  const label = `${inWords(question.title)}${unit ? ` (${unit})` : ""}${question.required ? "" : ` · ${t("optional")}`}`;
  const help = question.help ? inWords(question.help) : undefined;
  if (question.type === "boolean") {
    return (
      <div className={styles["switch"]}>
        <Switch size="lg" label={label} description={help} checked={text === "yes"} onChange={(event) => onChange(event.currentTarget.checked ? "yes" : "no")} />
      </div>
    );
  }
  if (question.values.length > 0) {
    const values = [{ value: "", label: t("choose") }, ...question.values.map((one) => ({ value: one.value, label: inWords(one.title) }))];
    return <NativeSelect size="lg" label={label} description={help} data={values} value={text} onChange={(event) => onChange(event.currentTarget.value)} error={error} />;
  }
  return (
    <TextInput size="lg" label={label} description={help} value={text} error={error} onChange={(event) => onChange(event.currentTarget.value)}
      inputMode={question.keyboard} type={question.keyboard === "tel" ? "tel" : question.keyboard === "email" ? "email" : "text"}
      autoComplete={question.keyboard === "tel" ? "tel" : question.keyboard === "email" ? "email" : "off"} enterKeyHint="next" />
  );
}
