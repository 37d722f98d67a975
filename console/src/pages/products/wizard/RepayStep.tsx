/** How it is repaid: the schedule, the days, and what a payment pays first. */
import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Block } from "../../../kit";
import classes from "../launching.module.css";
import { COMPONENTS, DAY_COUNTS, EVERY, METHODS, ROLLS, withSchedule } from "./draft";
import type { StepProps } from "./LendStep";

const LAST_DAY = 31;

export function RepayStep({ draft, define, fault }: StepProps) {
  const { t } = useTranslation("launching");
  const one = draft.definition;
  const rule = one.schedule;
  const order = one.order ?? [...COMPONENTS];
  const set = (changes: Partial<typeof rule>): void => define(withSchedule(one, changes));
  const choices = (group: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`repay.${group}.${value}`) }));
  const move = (at: number, by: number): void => {
    const next = [...order];
    [next[at], next[at + by]] = [next[at + by]!, next[at]!];
    define({ ...one, order: next });
  };
  const due = (value: string | number): void => set({ due_day: value === "" ? undefined : Number(value) });
  return (
    <>
      <Block title={t("repay.schedule")}>
        <div className={classes.grid}>
          <Select label={t("repay.method")} data={choices("methods", METHODS)} value={rule.method} allowDeselect={false} error={fault("schedule.method")} onChange={(method) => method && set({ method })} />
          <Select label={t("repay.every")} data={choices("everies", EVERY)} value={rule.every ?? "month"} allowDeselect={false} onChange={(every) => every && set({ every })} />
          <NumberInput label={t("repay.due_day")} description={t("repay.due_day_hint")} value={rule.due_day ?? ""} min={1} max={LAST_DAY} disabled={(rule.every ?? "month") !== "month"} error={fault("schedule.due_day")} onChange={due} />
          <NumberInput label={t("repay.first_after")} value={rule.first_after_days ?? 0} min={0} max={LAST_DAY} disabled={rule.due_day === undefined} error={fault("schedule.first_after_days")} onChange={(value) => set({ first_after_days: Number(value) || 0 })} />
          <Select label={t("repay.roll")} data={choices("rolls", ROLLS)} value={rule.roll ?? "none"} allowDeselect={false} onChange={(roll) => roll && set({ roll, calendar: rule.calendar ?? one.currency.slice(0, 2) })} />
          <TextInput label={t("repay.calendar")} description={t("repay.calendar_hint")} classNames={{ input: "mono" }} maxLength={3} value={rule.calendar ?? ""} disabled={(rule.roll ?? "none") === "none"} error={fault("schedule.calendar")} onChange={(event) => set({ calendar: event.currentTarget.value.toUpperCase() })} />
          <Select label={t("repay.day_count")} data={choices("day_counts", DAY_COUNTS)} value={rule.day_count ?? "periods"} allowDeselect={false} onChange={(count) => count && set({ day_count: count })} />
        </div>
      </Block>
      <Block title={t("repay.order")} note={t("repay.order_note")}>
        <ol className={classes.rows}>
          {order.map((part, at) => (
            <li key={part}>
              <span>{t("repay.place", { at: at + 1, part: t(`parts.${part}`) })}</span>
              <span className={classes.moves}>
                <ActionIcon variant="default" disabled={at === 0} aria-label={t("repay.sooner", { part: t(`parts.${part}`) })} onClick={() => move(at, -1)}><ArrowUp size={14} /></ActionIcon>
                <ActionIcon variant="default" disabled={at === order.length - 1} aria-label={t("repay.later", { part: t(`parts.${part}`) })} onClick={() => move(at, 1)}><ArrowDown size={14} /></ActionIcon>
              </span>
            </li>
          ))}
        </ol>
      </Block>
    </>
  );
}
