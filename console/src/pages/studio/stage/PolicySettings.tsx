import { Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStudio } from "../model/context";
import { withAt } from "../model/paths";
import { wordOf } from "../model/stages";
import { MissingField } from "./EffectFields";
import { Faults } from "./Faults";
import classes from "../studio.module.css";

/** What holds for the whole policy. */
export function PolicySettings() {
  const { t } = useTranslation("studio");
  const { draft, names, mayEdit } = useStudio();
  const change = (key: string, value: unknown): void => draft.edit(withAt(draft.document, [key], value), key);
  const event = wordOf(draft.document["event"]);
  const events = names?.event_types ?? [];
  const reasons = (names?.reasons ?? []).map((one) => one.code);
  const reason = wordOf(draft.document["missing_reason"]);
  return (
    <>
      <Faults findings={draft.report?.findings.filter((one) => !/[.[]/.test(one.where) && one.where !== "text") ?? []} />
      <Textarea label={t("description")} value={wordOf(draft.document["description"])} autosize minRows={2} disabled={!mayEdit} onChange={(changed) => change("description", changed.currentTarget.value || undefined)} />
      <div className={classes.two}>
        <Select label={t("event")} value={event} disabled={!mayEdit} data={events.includes(event) ? events : [event, ...events]} onChange={(value) => { if (value) change("event", value); }} />
        <TextInput label={t("currency")} value={wordOf(draft.document["currency"])} disabled={!mayEdit} onChange={(changed) => change("currency", changed.currentTarget.value || undefined)} />
        <MissingField part={draft.document} change={change} inherits={false} />
        <Select label={t("missing_reason")} value={reason || null} clearable searchable disabled={!mayEdit} placeholder={t("missing_reason_default")} data={reason && !reasons.includes(reason) ? [reason, ...reasons] : reasons} onChange={(value) => change("missing_reason", value ?? undefined)} />
      </div>
    </>
  );
}
