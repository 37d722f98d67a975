/** A guard rail, entered or changed: the sentence it makes stands above its fields, what is wrong beside each of them. */
import { Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FocusEvent, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem } from "../../../api";
import { ErrorPanel, noteDone, SidePanel } from "../../../kit";
import { bodyOf, faultsOf, newGuard, type GuardField, type GuardForm } from "./guard";
import { InWords } from "./InWords";
import classes from "../releases.module.css";

interface EditorProps {
  guard: GuardForm | null; // null: a new one
  taken: readonly string[];
  onClose: () => void;
}

const DECIMALS = { window: 0, minimum: 0, approvalMin: 4, approvalMax: 4, latency: 3, errors: 4 } as const;

export function GuardEditor({ guard, taken, onClose }: EditorProps) {
  const { t } = useTranslation(["releases", "kit"]);
  const client = useQueryClient();
  const policies = useGet("/v1/artefacts", { params: { query: { kind: "policy" } } });
  const offered = policies.data?.artefacts.map((one) => one.name) ?? [];
  const [form, setForm] = useState(guard ?? newGuard(""));
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<GuardField>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const faults = faultsOf(form, guard ? [] : taken);
  const set = (field: GuardField, value: string | number): void => setForm({ ...form, [field]: value });
  // On the way to a button nothing is said yet: words that appear would move the button from under the pointer.
  const leave = (field: GuardField) => ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof HTMLInputElement) setTouched(new Set([...touched, field]));
  };
  const fault = (field: GuardField): string | undefined => {
    const key = faults[field];
    return key && (tried || (touched.has(field) && key !== "no_limit")) ? t(`guards.faults.${key}`) : undefined;
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0 || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/artefacts", { body: { artefacts: [{ kind: "guard", name: form.name, body: bodyOf(form) as never }], author: null, note: note.trim() } });
      await Promise.all([refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
      noteDone(t(data?.artefacts.length ? "guards.saved" : "guards.same", { name: form.name }));
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const field = (name: keyof typeof DECIMALS, required = false) => (
    <NumberInput label={t(`guards.fields.${name}`)} description={t(`guards.hints.${name}`)} required={required} withAsterisk={required} hideControls allowNegative={false} decimalScale={DECIMALS[name]} suffix={t(`guards.units.${name}`)}
      value={form[name]} onChange={(value) => set(name, value === "" ? "" : Number(value))} onBlur={leave(name)} error={fault(name)} />
  );
  return (
    <SidePanel opened onClose={onClose} title={t(guard ? "guards.change_title" : "guards.add_title", { name: guard?.name })}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <div className={classes.sentence} aria-live="polite"><InWords guard={form} /></div>
          {guard ? null : <TextInput label={t("guards.fields.name")} description={t("guards.hints.name")} required value={form.name} data-autofocus onChange={(event) => set("name", event.currentTarget.value)} onBlur={leave("name")} error={fault("name")} />}
          <Select label={t("guards.fields.policy")} required value={form.policy || null} data={form.policy && !offered.includes(form.policy) ? [form.policy, ...offered] : offered} allowDeselect={false}
            onChange={(value) => set("policy", value ?? "")} onBlur={leave("policy")} error={fault("policy")} />
          <fieldset className={classes.limits}>
            <legend>{t("guards.limits")}</legend>
            <p className="soft">{t("guards.limits_hint")}</p>
            <Group grow align="flex-start">{field("approvalMin")}{field("approvalMax")}</Group>
            <Group grow align="flex-start">{field("latency")}{field("errors")}</Group>
          </fieldset>
          <Group grow align="flex-start">{field("window", true)}{field("minimum", true)}</Group>
          <TextInput label={t("guards.fields.description")} value={form.description} maxLength={500} onChange={(event) => set("description", event.currentTarget.value)} />
          <Textarea label={t("guards.fields.note")} autosize minRows={1} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <p className="soft">{t("guards.then")}</p>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
            <Button type="submit" loading={busy}>{t("guards.save")}</Button>
          </Group>
        </Stack>
      </form>
    </SidePanel>
  );
}
