/** What can be done with a case, each by one key; what needs words or a choice opens in place, and Ctrl-Enter submits. */
import { Autocomplete, Button, Kbd, Radio, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api, useGet, type Shape } from "../../api";
import { Badge, Block, inWords, noteDone, useKeys, useSession, useUrlSearch } from "../../kit";
import classes from "./cases.module.css";
import { remember, useLastDone } from "./recent";
import { useCaseActions, prefetchNext, type Case } from "./useCaseActions";

type Disposition = Shape<"CaseDisposition">;
type Form =
  | { kind: "resolve"; disposition: Disposition }
  | { kind: "escalate" | "snooze" | "note" | "assign" | "agree" | "send_back" | "reopen" };

const HOUR_MS = 3_600_000;
const SLEEPS = ["hour", "four_hours", "tomorrow", "three_days", "week"] as const;
type Sleep = (typeof SLEEPS)[number];

/** When a sleep ends; mornings are nine o'clock where the reader is. */
export function wakesAt(sleep: Sleep, now: Date): Date {
  if (sleep === "hour") return new Date(now.getTime() + HOUR_MS);
  if (sleep === "four_hours") return new Date(now.getTime() + 4 * HOUR_MS);
  const days = { tomorrow: 1, three_days: 3, week: 7 }[sleep];
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
}

interface ActionsProps {
  of: Case;
  dispositions: readonly Disposition[];
  canEscalate: boolean;
}

export function Actions({ of: one, dispositions, canEscalate }: ActionsProps) {
  const { t } = useTranslation("cases");
  const [form, setForm] = useState<Form | null>(null);
  const { next, undo } = useCaseActions();
  const client = useQueryClient();
  const [{ queue }] = useUrlSearch();
  const last = useLastDone();
  useEffect(() => { prefetchNext(client, queue).catch(() => undefined); }, [client, queue, one.case_id]);
  const works = one.state === "open" || one.state === "assigned" || one.state === "snoozed";
  const choose = (wanted: Form) => (): void => setForm(wanted);
  const keys = [
    { keys: "]", words: t("key.next"), act: () => void next() },
    { keys: "n", words: t("key.note"), act: choose({ kind: "note" }) },
    { keys: "u", words: t("key.undo"), act: () => void undo() },
    ...(works ? [
      ...dispositions.flatMap((each) => (each.key ? [{ keys: each.key, words: inWords(each.title), act: choose({ kind: "resolve", disposition: each }) }] : [])),
      { keys: "s", words: t("key.snooze"), act: choose({ kind: "snooze" }) },
      ...(canEscalate ? [{ keys: "e", words: t("key.escalate"), act: choose({ kind: "escalate" }) }] : []),
    ] : []),
  ];
  useKeys(t("case"), keys);
  if (form) return <Asked key={"disposition" in form ? form.disposition.disposition : form.kind} of={one} form={form} onLeave={() => setForm(null)} />;
  return (
    <Block title={t("actions")}>
      <div className={classes.actions}>
        {works ? (
          <>
            <div className={classes.ends}>
              {dispositions.map((each) => (
                <Act key={each.disposition} hint={each.key} onClick={choose({ kind: "resolve", disposition: each })} main>
                  {inWords(each.title)}{each.second_approval ? <span className={classes.second}>{t("two_people")}</span> : null}
                </Act>
              ))}
            </div>
            {canEscalate ? <Act hint="e" onClick={choose({ kind: "escalate" })}>{t("escalate")}</Act> : null}
            <Act hint="s" onClick={choose({ kind: "snooze" })}>{t("snooze")}</Act>
            <Act onClick={choose({ kind: "assign" })}>{t("assign")}</Act>
          </>
        ) : null}
        {one.state === "waiting" ? <Second of={one} dispositions={dispositions} onChoose={setForm} /> : null}
        {one.state === "resolved" ? <Act onClick={choose({ kind: "reopen" })}>{t("reopen")}</Act> : null}
        <Act hint="n" onClick={choose({ kind: "note" })}>{t("note")}</Act>
        {last ? <Act hint="u" onClick={() => void undo()}>{t("undo", { number: last.case.number })}</Act> : null}
        <Act hint="]" onClick={() => void next()}>{t("take_next")}</Act>
      </div>
    </Block>
  );
}

function Act({ hint, main, onClick, children }: { hint?: string | null; main?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <Button fullWidth variant={main ? "light" : "default"} justify="space-between" rightSection={hint ? <Kbd size="xs">{hint}</Kbd> : null} onClick={onClick}>
      {children}
    </Button>
  );
}

function Second({ of: one, dispositions, onChoose }: { of: Case; dispositions: readonly Disposition[]; onChoose: (form: Form) => void }) {
  const { t } = useTranslation("cases");
  const { person, mode } = useSession();
  const title = inWords(dispositions.find((each) => each.disposition === one.disposition)?.title) || one.disposition;
  const own = mode === "people" && person.name === one.decided_by;
  return (
    <div className={classes.waits}>
      <p>{t("proposed", { by: one.decided_by, disposition: title })}</p>
      {own ? <Badge tone="wait">{t("not_yourself")}</Badge> : (
        <>
          <Act main onClick={() => onChoose({ kind: "agree" })}>{t("agree")}</Act>
          <Act onClick={() => onChoose({ kind: "send_back" })}>{t("send_back")}</Act>
        </>
      )}
    </div>
  );
}

/** The words or the choice that an action needs. */
function Asked({ of: one, form, onLeave }: { of: Case; form: Form; onLeave: () => void }) {
  const { t } = useTranslation("cases");
  const { act, next, undo } = useCaseActions();
  const [text, setText] = useState("");
  const [sleep, setSleep] = useState<Sleep>("four_hours");
  const [to, setTo] = useState("");
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const label = useId();
  useEffect(() => first.current?.focus(), []);
  const lacks = form.kind === "note" && text.trim() === "";

  const submit = async (): Promise<void> => {
    if (busy || lacks) return;
    setBusy(true);
    const done = await act(() => send(one, form, { text: text.trim(), sleep, to: to.trim() }));
    setBusy(false);
    if (!done) return;
    onLeave();
    remember(done);
    const what = form.kind === "resolve" && done.state === "waiting" ? "propose" : form.kind;
    noteDone(t(`done.${what}`, { number: done.number }), done.undo_until ? () => void undo() : undefined);
    if (form.kind === "resolve" || form.kind === "escalate" || form.kind === "snooze" || form.kind === "agree") await next();
  };
  useKeys(t("case"), [{ keys: "mod+Enter", words: t("key.submit"), act: () => void submit() }]);

  const title = form.kind === "resolve" ? inWords(form.disposition.title) : t(form.kind);
  return (
    <Block label={title}>
      <form className={classes.asked} aria-labelledby={label}
        onSubmit={(event) => { event.preventDefault(); void submit(); }}
        onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); onLeave(); } }}>
        <h2 id={label}>{title}</h2>
        {form.kind === "resolve" && form.disposition.second_approval ? <p className="soft">{t("two_people_hint")}</p> : null}
        {form.kind === "snooze" ? (
          <Radio.Group label={t("sleep_until")} value={sleep} onChange={(value) => setSleep(value as Sleep)}>
            {SLEEPS.map((each) => <Radio key={each} value={each} label={t(`sleep.${each}`)} my={6} ref={each === sleep ? first : undefined} />)}
          </Radio.Group>
        ) : null}
        {form.kind === "assign" ? <Assignee ref={first} value={to} onChange={setTo} /> : (
          <Textarea ref={form.kind === "snooze" ? undefined : first} label={t(form.kind === "note" ? "note_text" : "reason")} description={t("reason_hint")}
            autosize minRows={3} maxRows={10} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        )}
        <div className={classes.askedFoot}>
          <Button variant="default" onClick={onLeave}>{t("leave")} <Kbd size="xs" ml={8}>{"Esc"}</Kbd></Button>
          <Button type="submit" loading={busy} disabled={lacks}>{t("submit")} <Kbd size="xs" ml={8}>{"Ctrl ↵"}</Kbd></Button>
        </div>
      </form>
    </Block>
  );
}

function Assignee({ ref, value, onChange }: { ref: React.Ref<HTMLInputElement>; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("cases");
  const { mode } = useSession();
  const people = useGet("/v1/people", undefined, { enabled: mode === "people", staleTime: 60_000, retry: false });
  const names = (people.data?.people ?? []).map((each) => each.name);
  return <Autocomplete ref={ref} label={t("assign_to")} description={t("assign_hint")} data={names} value={value} onChange={onChange} />;
}

interface Said {
  text: string;
  sleep: Sleep;
  to: string;
}

function send(one: Case, form: Form, { text, sleep, to }: Said): Promise<{ data?: unknown }> {
  const params = { path: { case_id: one.case_id } };
  const seen = { version: one.version, reason: text, by: null }; // the name for the record is that of the session
  switch (form.kind) {
    case "resolve":
      return api.POST("/v1/cases/{case_id}/resolve", { params, body: { ...seen, disposition: form.disposition.disposition } });
    case "escalate":
      return api.POST("/v1/cases/{case_id}/escalate", { params, body: seen });
    case "snooze":
      return api.POST("/v1/cases/{case_id}/snooze", { params, body: { ...seen, until: wakesAt(sleep, new Date()).toISOString() } });
    case "note":
      return api.POST("/v1/cases/{case_id}/notes", { params, body: { text, by: null } });
    case "assign":
      return api.POST("/v1/cases/{case_id}/assign", { params, body: { version: one.version, to: to || null, by: null } });
    case "reopen":
      return api.POST("/v1/cases/{case_id}/reopen", { params, body: seen });
    default:
      return api.POST("/v1/cases/{case_id}/second", { params, body: { ...seen, agrees: form.kind === "agree" } });
  }
}
