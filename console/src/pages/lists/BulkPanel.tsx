/** Many entries at once: paste, see which rows cannot be taken and whom it would meet, then apply; or nothing. */
import { Button, FileButton, Group, SegmentedControl, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { Badge, Block, ErrorPanel, number, PlainTable, SidePanel } from "../../kit";
import { Hits } from "./Hits";

type Bulk = Shape<"ListBulk">;
type Action = Bulk["action"];

export interface BulkStart {
  action: Action;
  text: string;
}

interface BulkProps {
  name: string;
  entity: string;
  start: BulkStart;
  onClose: () => void;
  onDone: (since: string) => void;
}

const LOOK_BACK = 20_000; // decisions
const LIVES = ["", "7d", "30d", "90d", "365d", "date"] as const;

export function BulkPanel({ name, entity, start, onClose, onDone }: BulkProps) {
  const { t } = useTranslation("lists");
  const [action, setAction] = useState<Action>(start.action);
  const [text, setText] = useState(start.text);
  const [reason, setReason] = useState("");
  const [source, setSource] = useState("");
  const [life, setLife] = useState<string>("");
  const [until, setUntil] = useState<string | null>(null);
  const [seen, setSeen] = useState<Bulk | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [today] = useState(() => new Date());
  const changeId = useRef(crypto.randomUUID());

  const edited = <T,>(set: (value: T) => void) => (value: T): void => {
    set(value);
    setSeen(null); // what was seen was of another change
    changeId.current = crypto.randomUUID();
  };
  const ask = async (apply: boolean): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const adding = action === "add";
      const body: Shape<"ListBulkRequest"> = {
        text, action, apply,
        reason: adding ? reason.trim() || null : null,
        source: adding ? source.trim() || null : null,
        expires_after: adding && life !== "date" ? life || null : null,
        expires_at: adding && life === "date" && until ? new Date(`${until}T00:00:00`).toISOString() : null,
        change_id: apply ? changeId.current : null,
        skip_rejected: apply, // what cannot be taken was shown, and the button says how many rows remain
        look_back: LOOK_BACK,
        by: null,
      };
      const { data } = await api.POST("/v1/lists/{name}/bulk", { params: { path: { name } }, body });
      const told = data as Bulk;
      if (!apply) {
        setSeen(told);
        return;
      }
      const { data: now } = await api.GET("/v1/propagation", { params: { query: { limit: 50 } } });
      const newest = (now as Shape<"Propagation">).changes.find((change) => change.kind === "list" && change.name === name);
      onDone(newest?.at ?? new Date(0).toISOString());
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const read = async (file: File | null): Promise<void> => {
    if (file) edited(setText)(await file.text());
  };
  const ready = text.trim() !== "";
  return (
    <SidePanel opened onClose={onClose} size="xl" title={t("bulk_title", { name })}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready && !busy) void ask(seen !== null && seen.accepted > 0); }}>
        <Stack>
          <SegmentedControl aria-label={t("action")} value={action} onChange={(value) => edited(setAction)(value as Action)}
            data={[{ value: "add", label: t("action_add") }, { value: "remove", label: t("action_remove") }]} />
          <Textarea label={t("rows", { entity })} description={t("rows_hint")} placeholder={"d-77\nd-78"} autosize minRows={5} maxRows={14} value={text} data-autofocus
            onChange={(event) => edited(setText)(event.currentTarget.value)} styles={{ input: { fontFamily: "var(--mono)" } }} />
          <Group>
            <FileButton onChange={(file) => void read(file)} accept=".csv,.txt,.tsv,text/csv,text/plain">
              {(props) => <Button {...props} variant="default" size="xs" leftSection={<FileUp size={14} aria-hidden />}>{t("from_file")}</Button>}
            </FileButton>
          </Group>
          {action === "add" ? (
            <>
              <TextInput label={t("reason")} description={t("reason_hint")} value={reason} maxLength={500} onChange={(event) => edited(setReason)(event.currentTarget.value)} />
              <TextInput label={t("source")} description={t("source_hint")} value={source} maxLength={500} onChange={(event) => edited(setSource)(event.currentTarget.value)} />
              <Group grow align="flex-end">
                <Select label={t("life")} value={life} onChange={(value) => edited(setLife)(value ?? "")} allowDeselect={false}
                  data={LIVES.map((value) => ({ value, label: t(`lives.${value || "own"}`) }))} />
                {life === "date" ? <DateInput label={t("until_day")} value={until} onChange={edited(setUntil)} minDate={today} /> : null}
              </Group>
            </>
          ) : null}
          {problem ? <ErrorPanel problem={problem} kept={t("kept")} /> : null}
          {seen ? <Seen seen={seen} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            {seen && seen.accepted > 0
              ? <Button type="submit" loading={busy} color={action === "remove" ? "red" : undefined}>{t(action === "add" ? "apply_add" : "apply_remove", { count: seen.accepted })}</Button>
              : <Button type="submit" loading={busy} disabled={!ready}>{t("preview")}</Button>}
          </Group>
        </Stack>
      </form>
    </SidePanel>
  );
}

function Seen({ seen }: { seen: Bulk }) {
  const { t } = useTranslation("lists");
  const { preview } = seen;
  return (
    <>
      <Block title={t("would")}>
        <Group gap="xs">
          {preview?.added ? <Badge tone="accent">{t("would_added", { count: preview.added })}</Badge> : null}
          {preview?.renewed ? <Badge>{t("would_renewed", { count: preview.renewed })}</Badge> : null}
          {preview?.removed ? <Badge tone="accent">{t("would_removed", { count: preview.removed })}</Badge> : null}
          {preview?.absent ? <Badge>{t("would_absent", { count: preview.absent })}</Badge> : null}
          {seen.repeated ? <Badge>{t("would_repeated", { count: seen.repeated })}</Badge> : null}
          {seen.rejected.length ? <Badge tone="bad">{t("would_rejected", { count: seen.rows - seen.accepted })}</Badge> : null}
        </Group>
        {seen.rejected.length ? (
          <>
            <p className="soft" style={{ margin: "0.75rem 0 0.25rem" }}>{t("rejected_note", { accepted: number(seen.accepted), rows: number(seen.rows) })}</p>
            <PlainTable label={t("rejected")} head={[t("line"), t("field"), t("why")]} rows={seen.rejected.map((one) => [one.line, one.field, one.hint ? `${one.message} (${one.hint})` : one.message])} />
          </>
        ) : null}
      </Block>
      {preview ? <Hits hits={preview.hits} /> : null}
    </>
  );
}
