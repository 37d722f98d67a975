/** The guard rails of a new experiment: one row each, as many as there are measures to guard. */
import { ActionIcon, Button, Group, NumberInput, Select } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./experiments.module.css";

const GUARDED = ["decline_rate", "review_rate", "approval_rate", "bad_rate", "latency_ms_p99"] as const;
const IS_MS = "latency_ms_p99";
const AT_LEAST = "approval_rate";
const START: Record<string, number> = { decline_rate: 60, review_rate: 30, approval_rate: 40, bad_rate: 10, [IS_MS]: 20 };

export interface GuardRow {
  measure: string;
  limit: number; // percent, or milliseconds of a latency
  action: "stop" | "roll_back";
}

export const FIRST_GUARD: GuardRow = { measure: "decline_rate", limit: 60, action: "stop" };

/** The guards as the artefact has them; each is called as what it guards. */
export function guardsOf(rows: readonly GuardRow[]): object[] {
  return rows.map(({ measure, limit, action }) => ({ guard: measure, measure, limit: measure === IS_MS ? limit : limit / 100, breached: measure === AT_LEAST ? "below" : "above", action }));
}

export function GuardRows({ rows, onChange }: { rows: readonly GuardRow[]; onChange: (rows: GuardRow[]) => void }) {
  const { t } = useTranslation("experiments");
  const free = GUARDED.filter((one) => rows.every((row) => row.measure !== one));
  const put = (place: number, change: Partial<GuardRow>): void => onChange(rows.map((row, at) => (at === place ? { ...row, ...change } : row)));
  const label = (measure: string) => ({ value: measure, label: t(`measure.${measure}`) });
  return (
    <fieldset className={classes.part}>
      <legend>{t("guards")}</legend>
      {rows.length === 0 ? <p className="soft">{t("form.no_guards")}</p> : null}
      {rows.map((row, place) => (
        <div key={row.measure} className={classes.guard} role="group" aria-label={t(`measure.${row.measure}`)}>
          <Select label={t("form.guard")} data={[label(row.measure), ...free.map(label)]} value={row.measure} allowDeselect={false} onChange={(value) => value && put(place, { measure: value, limit: START[value] ?? row.limit })} />
          <NumberInput label={t(row.measure === AT_LEAST ? "form.at_least" : "form.at_most")} value={row.limit} hideControls allowNegative={false} suffix={row.measure === IS_MS ? " ms" : " %"} onChange={(next) => put(place, { limit: Number(next) || 0 })} />
          <Select label={t("form.action")} data={[{ value: "stop", label: t("action.stop") }, { value: "roll_back", label: t("action.roll_back") }]} value={row.action} allowDeselect={false} onChange={(value) => put(place, { action: (value ?? "stop") as GuardRow["action"] })} />
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("form.remove_guard", { measure: t(`measure.${row.measure}`) })} onClick={() => onChange(rows.filter((_, at) => at !== place))}><Trash2 size={15} aria-hidden /></ActionIcon>
        </div>
      ))}
      {free[0] ? (
        <Group>
          <Button variant="default" size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={() => onChange([...rows, { measure: free[0] ?? "", limit: START[free[0] ?? ""] ?? 0, action: "stop" }])}>{t("form.add_guard")}</Button>
        </Group>
      ) : null}
    </fieldset>
  );
}
