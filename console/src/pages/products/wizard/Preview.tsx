/** Beside the form: what a customer would pay, and how dear the law lets it be; counted by the server as one types. */
import { NumberInput, Progress, Select, useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Amount, Badge, Block, Chart, Day, day, fixed, inWords, Loading, minorDigits, paletteOf, useMoney } from "../../../kit";
import classes from "../launching.module.css";
import type { Draft } from "./draft";
import { useFaultText, type Checked, type Fault } from "./useCheck";

const PER_CENT = 100;

interface Draw { amount_minor: number; term: number }
interface PreviewProps { draft: Draft; checked: Checked | undefined; fresh: boolean; draw: Draw; onDraw: (draw: Draw) => void; faults: readonly Fault[] }

export function Preview({ draft, checked, fresh, draw, onDraw, faults }: PreviewProps) {
  const { t } = useTranslation(["launching", "products"]);
  const { currency, terms } = draft.definition;
  const said = useFaultText();
  const unit = 10 ** minorDigits(currency);
  return (
    <div className={classes.preview} aria-busy={!fresh || undefined}>
      <Block title={t("preview.price")} note={t("preview.price_note")}>
        {checked ? <Cap checked={checked} /> : <Loading lines={2} />}
      </Block>
      <Block title={t("preview.draw")}>
        <div className={classes.drawn}>
          <NumberInput label={t("products:amount")} value={draw.amount_minor / unit} min={0} decimalScale={minorDigits(currency)} thousandSeparator="," suffix={` ${currency}`} hideControls onChange={(value) => onDraw({ ...draw, amount_minor: Math.round((Number(value) || 0) * unit) })} />
          <Select label={t("products:term")} data={terms.map(String)} value={terms.includes(draw.term) ? String(draw.term) : null} allowDeselect={false} onChange={(value) => onDraw({ ...draw, term: Number(value ?? draw.term) })} />
        </div>
        {checked?.quote ? <Flows quote={checked.quote} /> : checked?.quote_fault ? <p role="status" className={classes.fault}>{said(checked.quote_fault)}</p> : null}
      </Block>
      {faults.length ? (
        <Block title={t("preview.faults")}>
          <ul className={classes.faults}>{faults.map((fault, at) => <li key={at}><strong className="mono">{fault.at ?? fault.field}</strong> {said(fault, checked)}</li>)}</ul>
        </Block>
      ) : null}
    </div>
  );
}

/** The dearest that it can be, beside the cap. */
function Cap({ checked }: { checked: Checked }) {
  const { t } = useTranslation("launching");
  const { dearest_bps: dearest, cap } = checked;
  const above = checked.faults.some((fault) => fault.code === "cap_exceeded");
  if (dearest === null) return <p className="soft">{t("preview.no_price")}</p>;
  const share = cap ? (dearest / Math.max(cap.most_bps, 1)) * PER_CENT : 0;
  return (
    <>
      <p className={classes.rate} data-above={above || undefined}>{t("per_cent", { value: fixed(dearest / PER_CENT) })} {cap ? <Badge tone={above ? "bad" : "good"}>{t(above ? "preview.above" : "preview.within")}</Badge> : null}</p>
      {cap ? (
        <>
          <Progress value={Math.min(share, PER_CENT)} color={above ? "red" : undefined} aria-label={t("preview.cap_share")} />
          <p className="soft">{t("preview.cap", { title: inWords(cap.title), most: fixed(cap.most_bps / PER_CENT), measure: t(`preview.measure.${cap.measure}`) })}</p>
        </>
      ) : <p className="soft">{t("preview.no_cap")}</p>}
    </>
  );
}

function Flows({ quote }: { quote: NonNullable<Checked["quote"]> }) {
  const { t } = useTranslation(["launching", "products"]);
  const money = useMoney(quote.currency);
  const palette = paletteOf(useComputedColorScheme("light"));
  const parts = (["principal", "interest", "fee"] as const).filter((part) => quote.instalments.some((one) => one[`${part}_minor`] > 0));
  const unit = 10 ** minorDigits(quote.currency);
  return (
    <>
      <p className={classes.sum}>{t("preview.sum", { total: money(quote.total_minor), nominal: fixed(quote.nominal_bps / PER_CENT), yearly: fixed(quote.effective_bps / PER_CENT), interest: money(quote.interest_minor), fees: money(quote.fees_minor) })}</p>
      <Chart label={t("preview.flows")} height={210}
        table={{ head: [t("products:number"), t("products:due"), ...parts.map((part) => t(`parts.${part}`)), t("products:to_pay")], rows: quote.instalments.map((one) => [one.number, <Day key="d" on={one.due} />, ...parts.map((part) => <Amount key={part} minor={one[`${part}_minor`]} currency={quote.currency} />), <Amount key="a" minor={one.amount_minor} currency={quote.currency} />]) }}
        option={{
          color: [palette.series[0]!, palette.series[2]!, palette.series[1]!], grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true }, legend: { top: 0, left: 0 },
          tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value: unknown) => money(Math.round(Number(value) * unit)) },
          xAxis: { type: "category", data: quote.instalments.map((one) => day(one.due)) },
          yAxis: { type: "value", axisLabel: { hideOverlap: true } },
          series: parts.map((part) => ({ type: "bar", stack: "paid", name: t(`parts.${part}`), data: quote.instalments.map((one) => one[`${part}_minor`] / unit) })),
        }} />
    </>
  );
}
