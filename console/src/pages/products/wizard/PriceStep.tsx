/** What it costs: interest, fees, being late, paying early; beside it stands what the law allows. */
import { NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Block } from "../../../kit";
import classes from "../launching.module.css";
import { ratesOf, withPrice } from "./draft";
import { BpsInput } from "./inputs";
import type { StepProps } from "./LendStep";

export function PriceStep({ draft, define, fault, caps }: StepProps & { caps: readonly string[] }) {
  const { t } = useTranslation("launching");
  const one = draft.definition;
  const rates = ratesOf(one);
  const price = one.price ?? {};
  const early = price.early ?? {};
  const overdue = price.overdue ?? {};
  const rate = (part: keyof typeof rates) => (bps: number): void => define(withPrice(one, { rate_bps: { ...rates, [part]: bps } }));
  return (
    <>
      <Block title={t("price.interest")} note={t("price.interest_note")}>
        <div className={classes.grid}>
          <BpsInput label={t("price.least")} bps={rates.least} onBps={rate("least")} />
          <BpsInput label={t("price.most")} bps={rates.most} onBps={rate("most")} error={fault("price.rate_bps")} />
          <BpsInput label={t("price.otherwise")} description={t("price.otherwise_hint")} bps={rates.otherwise} onBps={rate("otherwise")} />
        </div>
      </Block>
      <Block title={t("price.fees")}>
        <div className={classes.grid}>
          <BpsInput label={t("price.fee")} description={t("price.fee_hint")} bps={price.fee_bps ?? 0} error={fault("price.fee_bps")} onBps={(bps) => define(withPrice(one, { fee_bps: bps }))} />
          <BpsInput label={t("price.opening")} description={t("price.opening_hint")} bps={price.opening_fee_bps ?? 0} error={fault("price.opening_fee_bps")} onBps={(bps) => define(withPrice(one, { opening_fee_bps: bps }))} />
          <Select label={t("price.cap")} description={t("price.cap_hint")} data={[...new Set([...caps, ...(one.cap ? [one.cap] : [])])]} value={one.cap ?? null} error={fault("cap")} clearable onChange={(cap) => { const { cap: _, ...rest } = one; define(cap ? { ...rest, cap } : rest); }} />
        </div>
      </Block>
      <Block title={t("price.late_early")}>
        <div className={classes.grid}>
          <BpsInput label={t("price.late")} description={t("price.late_hint")} bps={overdue.bps_per_day ?? 0} max={1} error={fault("price.overdue")} onBps={(bps) => define(withPrice(one, { overdue: { ...overdue, bps_per_day: bps } }))} />
          <NumberInput label={t("price.grace")} value={overdue.grace_days ?? 0} min={0} max={31} onChange={(value) => define(withPrice(one, { overdue: { ...overdue, grace_days: Number(value) || 0 } }))} />
          <BpsInput label={t("price.early_fee")} bps={early.fee_bps ?? 0} onBps={(bps) => define(withPrice(one, { early: { ...early, fee_bps: bps } }))} />
          <Select label={t("price.fees_to_come")} data={["waived", "due"].map((value) => ({ value, label: t(`price.to_come.${value}`) }))} value={early.fees_to_come ?? "waived"} allowDeselect={false} onChange={(value) => value && define(withPrice(one, { early: { ...early, fees_to_come: value } }))} />
          <Select label={t("price.rest")} data={["lower_instalments", "fewer_instalments"].map((value) => ({ value, label: t(`price.rests.${value}`) }))} value={early.rest ?? "lower_instalments"} allowDeselect={false} onChange={(value) => value && define(withPrice(one, { early: { ...early, rest: value } }))} />
        </div>
      </Block>
    </>
  );
}
