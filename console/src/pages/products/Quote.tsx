/** The calculator: an amount and a term, and the server says every instalment and all it costs. */
import { NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Amount, Block, Day, ErrorPanel, fixed, Loading, minorDigits, number, Pairs, PlainTable, useMoney } from "../../kit";
import classes from "./products.module.css";

const PER_CENT = 100;
const BEGIN = 20; // of what may be lent, in parts: an amount that somebody might ask about

/** A round amount within the product's bounds. */
function likely({ least_minor: least, most_minor: most }: Shape<"ProductDetail">): number {
  const around = Math.max(least, Math.min(most / BEGIN, least * PER_CENT * 10));
  const size = 10 ** Math.floor(Math.log10(around));
  return Math.max(least, Math.floor(around / size) * size);
}

export function Quote({ product }: { product: Shape<"ProductDetail"> }) {
  const { t } = useTranslation("products");
  const money = useMoney(product.currency);
  const unit = 10 ** minorDigits(product.currency);
  const [minor, setMinor] = useState(() => likely(product));
  const [term, setTerm] = useState(String(product.terms.at(-1)! > 12 && product.terms.includes(12) ? 12 : product.terms.at(-1)!));
  const asked = useQuery({
    queryKey: ["quote", product.digest, minor, term],
    queryFn: async () => {
      const { data } = await api.POST("/v1/products/{name}/quote", { params: { path: { name: product.name } }, body: { amount_minor: minor, term: Number(term), rate_bps: null, on: null } });
      return data as Shape<"QuoteShown">;
    },
    retry: false,
  });
  const quote = asked.data;
  return (
    <Block title={t("quote")} note={t("quote_note")}>
      <div className={classes.ask}>
        <NumberInput label={t("amount")} value={minor / unit} min={0} decimalScale={minorDigits(product.currency)} thousandSeparator="," suffix={` ${product.currency}`} hideControls onChange={(value) => setMinor(Math.round((Number(value) || 0) * unit))} />
        <Select label={t("term")} data={product.terms.map(String)} value={term} allowDeselect={false} onChange={(value) => setTerm(value ?? term)} />
      </div>
      {asked.error ? <ErrorPanel problem={asked.error} /> : null}
      {asked.isPending ? <Loading lines={6} /> : null}
      {quote ? (
        <>
          <div className={classes.costs}>
            <Pairs of={[
              [t("nominal"), <strong key="n">{t("per_cent", { value: fixed(quote.nominal_bps / PER_CENT) })}</strong>],
              [t("yearly"), <strong key="y">{t("per_cent", { value: fixed(quote.effective_bps / PER_CENT) })}</strong>],
              [t("interest"), money(quote.interest_minor)],
              [t("fees"), money(quote.fees_minor)],
              [t("total"), <strong key="t">{money(quote.total_minor)}</strong>],
            ]} />
          </div>
          <div className={classes.wide}><PlainTable label={t("instalments")} head={[t("number"), t("due"), t("principal"), t("interest"), t("fee"), t("to_pay")]}
            rows={quote.instalments.map((one) => [
              number(one.number), <Day key="d" on={one.due} />,
              ...[one.principal_minor, one.interest_minor, one.fee_minor, one.amount_minor].map((each, at) => <Amount key={at} minor={each} currency={product.currency} />),
            ])} /></div>
        </>
      ) : null}
    </Block>
  );
}
