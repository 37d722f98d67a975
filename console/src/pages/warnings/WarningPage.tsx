/** One warning: why, the months of what it is about, what was done, and whether it came true. */
import { Button, NativeSelect, Stack, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { BriefcaseBusiness, Hand, UserCheck, Undo2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem, type Shape } from "../../api";
import { Badge, Block, ConfirmWithReason, Copyable, CopyAsApiCall, Dialog, ErrorPanel, Instant, noteDone, noteProblem, Page, PageLoading, Pairs, percent, useEntityName, useMay, useSession } from "../../kit";
import { Due, reasonsOf, Severity, State, titleOf, useDays, useLeft } from "./marks";
import { Months } from "./Months";
import classes from "./warnings.module.css";

type Detail = Shape<"WarningDetail">;
type Action = Shape<"WarningShown">["action"];
const ACTIONS: Action[] = ["contact", "case", "limit_freeze", "watch"];

export default function WarningPage() {
  const { t } = useTranslation("warnings");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/warnings/{warning_id}", { params: { path: { warning_id: id } } }, { refetchInterval: 15_000 });
  const back = { to: "/warnings", words: t("title") };
  if (found.isPending) return <PageLoading />;
  if (found.isError) return <Page title={t("warning")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  return <Shown found={found.data} back={back} />;
}

function Shown({ found, back }: { found: Detail; back: { to: string; words: string } }) {
  const { t } = useTranslation("warnings");
  const one = found.warning;
  return (
    <Page back={back} title={titleOf(one)} lead={<><Severity of={one.severity} /> <State of={one} /> <Due of={one} /></>}
      actions={<><Actions found={found} /><CopyAsApiCall path={`/v1/warnings/${one.warning_id}`} /></>}>
      <div className={classes.stack}>
        <div className={classes.pair}>
          <Block title={t("why")}><ul className={classes.lines}>{reasonsOf(one).map((words) => <li key={words}>{words}</li>)}</ul></Block>
          <Standing found={found} />
        </div>
        <Months kind={one.entity_kind} entity={one.entity} warnedAt={one.warned_at} />
        <Block title={t("happened")}><Story found={found} /></Block>
      </div>
    </Page>
  );
}

function Standing({ found }: { found: Detail }) {
  const { t } = useTranslation("warnings");
  const entity = useEntityName();
  const days = useDays();
  const one = found.warning;
  const left = useLeft();
  const { case: opened, limit_freeze: frozen, contact } = found.pursued;
  return (
    <Block title={t("standing")}>
      <Pairs of={[
        [entity(one.entity_kind), <Link key="e" to={"/portrait/$kind/$key" as string} params={{ kind: one.entity_kind, key: one.entity } as never} className="mono">{one.entity.slice(0, 16)}</Link>],
        [t("probability"), one.probability === null ? null : percent(one.probability)],
        [t("decision"), <Link key="d" to={"/decisions/$id" as string} params={{ id: found.latest_decision_id } as never} className="mono">{found.latest_decision_id}</Link>],
        [t("asks_for"), t(`actions.${one.action}`)],
        [t("flags"), one.flags.length ? <span key="f">{one.flags.map((flag) => <span key={flag}><Badge tone="bad">{flag}</Badge> </span>)}</span> : null],
        [t("case"), opened ? <Link key="c" to={"/cases/$id" as string} params={{ id: opened } as never} className="mono">{opened}</Link> : null],
        [t("proposal"), frozen ? <Link key="p" to={"/proposals" as string} className="mono">{frozen}</Link> : null],
        [t("contact"), contact ? <span key="n" className="mono">{contact}</span> : null],
        [t("left_to_people"), found.left[one.action] ? left(found.left[one.action] ?? "") : null],
        [t("owner"), <span key="o" className="mono">{one.owner}</span>],
        [t("assignee"), one.assignee],
        [t("warned"), <Instant key="w" at={one.warned_at} form="minute" />],
        [t("watched_until"), <Instant key="u" at={one.ends_at} form="minute" />],
        [t("rolled"), found.rolled_at ? <span key="r"><Instant at={found.rolled_at} form="minute" />{` · ${t("days_after", { days: days(one.lead_days) })}`}</span> : null],
        [t("id"), <Copyable key="i" text={one.warning_id} />],
      ]} />
    </Block>
  );
}

function Story({ found }: { found: Detail }) {
  const { t } = useTranslation("warnings");
  const left = useLeft();
  return (
    <ol className={classes.story}>
      {found.history.toReversed().map((each, place) => (
        <li key={`${each.at}-${place}`}>
          <span className="soft"><Instant at={each.at} form="minute" />{` · ${each.by === "tandem" ? t("by_itself") : each.by}`}</span>
          <span>{t(`story.${each.what}`, {
            severity: each.severity ? t(`severities.${each.severity}`) : "", action: each.action ? t(`actions.${each.action}`) : "", to: each.to ?? "", ref: each.ref ?? "", why: each.why ? left(each.why) : "",
            outcome: each.outcome ? t(`outcomes.${each.outcome}`) : "",
          })}</span>
          {each.text ? <blockquote>{each.text}</blockquote> : null}
        </li>
      ))}
    </ol>
  );
}

function Actions({ found }: { found: Detail }) {
  const { t } = useTranslation("warnings");
  const client = useQueryClient();
  const may = useMay("work_cases");
  const session = useSession();
  const [asked, setAsked] = useState<"act" | "dismiss">();
  const [busy, setBusy] = useState(false);
  const one = found.warning;
  const path = { warning_id: one.warning_id };
  const again = async (): Promise<void> => { await Promise.all([refresh(client, "/v1/warnings/{warning_id}"), refresh(client, "/v1/warnings")]); };
  if (!may || (one.state !== "open" && one.state !== "taken")) return null;
  const mine = one.assignee !== null && (session.mode === "open" || one.assignee === session.person.name);
  const take = async (giveBack: boolean): Promise<void> => {
    setBusy(true);
    try {
      await api.POST("/v1/warnings/{warning_id}/take", { params: { path }, body: { give_back: giveBack, by: null } });
      await again();
    } catch (error) {
      noteProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => setAsked(undefined);
  return (
    <>
      {one.assignee === null ? <Button variant="default" loading={busy} leftSection={<UserCheck size={15} aria-hidden />} onClick={() => void take(false)}>{t("take")}</Button> : null}
      {mine ? <Button variant="default" loading={busy} leftSection={<Undo2 size={15} aria-hidden />} onClick={() => void take(true)}>{t("give_back")}</Button> : null}
      {one.assignee === null || mine ? (
        <>
          <Button leftSection={<Hand size={15} aria-hidden />} onClick={() => setAsked("act")}>{t("act")}</Button>
          <Button variant="default" leftSection={<X size={15} aria-hidden />} onClick={() => setAsked("dismiss")}>{t("dismiss")}</Button>
        </>
      ) : null}
      <ActDialog key={asked} opened={asked === "act"} first={one.action} onClose={close} onDone={async (action, text) => {
        await api.POST("/v1/warnings/{warning_id}/act", { params: { path }, body: { action, text, by: null } });
        await again();
        noteDone(t("act_done"));
      }} />
      <ConfirmWithReason opened={asked === "dismiss"} onClose={close} title={t("dismiss")} confirm={t("dismiss_do")} onConfirm={async (text) => {
        await api.POST("/v1/warnings/{warning_id}/dismiss", { params: { path }, body: { text, by: null } });
        await again();
        noteDone(t("dismiss_done"));
      }}><p>{t("dismiss_hint")}</p></ConfirmWithReason>
    </>
  );
}

function ActDialog({ opened, first, onClose, onDone }: { opened: boolean; first: Action; onClose: () => void; onDone: (action: Action, text: string) => Promise<void> }) {
  const { t } = useTranslation("warnings");
  const [action, setAction] = useState<Action>(first);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await onDone(action, text.trim());
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t("act")}>
      <form onSubmit={(event) => { event.preventDefault(); void act(); }}>
        <Stack>
          <NativeSelect label={t("act_what")} value={action} onChange={(event) => setAction(event.currentTarget.value as Action)} data={ACTIONS.map((value) => ({ value, label: t(`actions.${value}`) }))} />
          <Textarea label={t("act_text")} description={t("act_hint")} required autosize minRows={2} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Button type="submit" loading={busy} disabled={text.trim() === ""} leftSection={<BriefcaseBusiness size={15} aria-hidden />}>{t("act_do")}</Button>
        </Stack>
      </form>
    </Dialog>
  );
}
