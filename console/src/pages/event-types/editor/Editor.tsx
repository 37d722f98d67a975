/** The form of an event type beside what it would change. */
import { Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { Plus, Send } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../../api";
import { Block, Dialog, ErrorPanel, noteDone, Pairs } from "../../../kit";
import type { EventType } from "../EventTypePage";
import { useDerivedWords } from "../derived";
import classes from "../event-types.module.css";
import { bodyOf, fieldOf, formOf, isName, isOwn, placeOf, subjectsOf, type FieldForm } from "./definition";
import { FieldRow } from "./FieldRow";
import { OutlookPanel } from "./OutlookPanel";
import { useFaultWords } from "./useFaultWords";
import { useOutlook } from "./useOutlook";

interface EditorProps {
  known: Shape<"EventTypePage">["event_types"];
  type: EventType | undefined; // undefined: a new one
}

export function Editor({ known, type }: EditorProps) {
  const { t } = useTranslation(["event-types", "kit"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const faultWords = useFaultWords();
  const derivedWords = useDerivedWords();
  const derived = type?.field_details.filter((field) => field.derived) ?? [];
  const [start] = useState(() => formOf(type?.name ?? "", type?.body));
  const [form, setForm] = useState(start);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const body = useMemo(() => bodyOf(form, type?.body), [form, type]);
  const taken = !type && known.some((one) => one.name === form.name);
  const named = isName(form.name) && !taken;
  const outlook = useOutlook(named ? form.name : "", body);
  const faults = outlook.found?.faults ?? [];
  const own = faults.filter(isOwn);
  const dirty = form !== start && !sent;
  const kinds = useMemo(() => [...new Set(["person", "device", "phone", "account", "card", "merchant", "address", "enterprise", ...known.flatMap((one) => one.entities)])].sort(), [known]);
  const recorded = useMemo(() => new Set(type && type.history.some((one) => one.state === "live" || one.state === "retired") ? start.fields.map((field) => field.key) : []), [type, start]);
  const blocker = useBlocker({ shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname, enableBeforeUnload: () => dirty, withResolver: true });

  const setField = (key: number, changes: Partial<FieldForm>): void => setForm({ ...form, fields: form.fields.map((one) => (one.key === key ? { ...one, ...changes } : one)) });
  const ready = outlook.fresh && named && own.length === 0 && !outlook.found?.same;
  const send = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.POST("/v1/artefacts", { body: { artefacts: [{ kind: "event_type", name: form.name, body: body as never }], author: null, note: note.trim() } });
      setSent(true);
      await Promise.all([refresh(client, "/v1/event-types"), refresh(client, "/v1/event-types/{name}"), refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
      noteDone(t("sent", { name: form.name }));
      await navigate({ to: "/settings/event-types/$name" as string, params: { name: form.name } as never, ignoreBlocker: true });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const about = (key: string): string | undefined => {
    const fault = own.find((one) => one.field === key);
    return fault ? faultWords(fault) : undefined;
  };
  return (
    <div className={classes.editor}>
      <div className={classes.stack}>
        <Block title={t("the_type")}>
          <Stack>
            {type ? null : <TextInput label={t("name")} description={t("name_hint")} required data-autofocus classNames={{ input: "mono" }} value={form.name} maxLength={63} autoComplete="off" autoCapitalize="none" spellCheck={false} error={taken ? t("taken") : form.name && !isName(form.name) ? t("faults.invalid_name") : about("name")} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} />}
            <TextInput label={t("description")} value={form.description} maxLength={500} onChange={(event) => setForm({ ...form, description: event.currentTarget.value })} />
            <Select label={t("subject")} description={t("subject_long")} clearable value={form.subject || null} data={[...new Set([...(form.subject ? [form.subject] : []), ...subjectsOf(form)])]} error={about("subject")} onChange={(value) => setForm({ ...form, subject: value ?? "" })} />
          </Stack>
        </Block>
        <Block title={t("fields")} note={t("fields_edit_note")} actions={<Button variant="default" leftSection={<Plus size={15} aria-hidden />} onClick={() => setForm({ ...form, fields: [...form.fields, fieldOf({})] })}>{t("add_field")}</Button>}>
          {about("fields") ? <p className={classes.fault} role="alert">{about("fields")}</p> : null}
          <div className={classes.heads} aria-hidden><span /><span>{t("name")}</span><span>{t("type")}</span><span>{t("entity")}</span><span>{t("class")}</span><span /><span /></div>
          <ul className={classes.fields}>
            {form.fields.map((field, place) => (
              <FieldRow key={field.key} field={field} place={place} kinds={kinds} recorded={recorded.has(field.key)} faults={own.filter((fault) => placeOf(fault) === place)}
                onChange={(changes) => setField(field.key, changes)} onRemove={() => setForm({ ...form, fields: form.fields.filter((one) => one.key !== field.key) })} />
            ))}
          </ul>
        </Block>
        {derived.length ? (
          <Block title={t("derived_fields")} note={t("derived_kept")}>
            <Pairs of={derived.map((field) => [field.name, derivedWords(field)])} />
          </Block>
        ) : null}
        <Block title={t("send")} note={t("send_note")}>
          <Stack>
            <Textarea label={t("note")} description={t("note_hint")} autosize minRows={1} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            {problem ? <ErrorPanel problem={problem} kept={t("kept_here")} /> : null}
            <Group justify="flex-end">
              <Button variant="default" disabled={!dirty} onClick={() => setForm(start)}>{t("start_again")}</Button>
              <Button leftSection={<Send size={15} aria-hidden />} loading={busy} disabled={!ready} onClick={() => void send()}>{t("send")}</Button>
            </Group>
          </Stack>
        </Block>
      </div>
      <OutlookPanel outlook={outlook} named={named} />
      <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={t("leave.title")}>
        <p>{t("leave.words")}</p>
        <div className={classes.choices}>
          <Button variant="default" onClick={() => blocker.proceed?.()}>{t("leave.go")}</Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>{t("leave.stay")}</Button>
        </div>
      </Dialog>
    </div>
  );
}
