/**
 * Put a ring on lists, with open eyes: who would be met, who of them is good, which past decisions would have been others.
 * Nothing is asked for that was not shown: what is put on the lists is exactly what the radius said.
 */
import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, Textarea } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape as Api } from "../../api";
import { Badge, Dialog, ErrorPanel, Instant, inWords, Loading, noteDone, number, OutcomeBadge, PlainTable, useEntityName } from "../../kit";
import classes from "./rings.module.css";

type Radius = Api<"RingRadius">;
type Asked = Api<"RingRadiusRequest">;

const EXPIRIES = ["", "7d", "30d", "90d", "180d"] as const;
const STEPS_MAX = 4;

interface ListDialogProps {
  ring: Api<"RingSummary">;
  opened: boolean;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export function ListDialog({ ring, opened, onClose, onDone }: ListDialogProps) {
  const { t } = useTranslation("rings");
  return <Dialog opened={opened} onClose={onClose} title={t("list.title")} size="xl">{opened ? <Listing ring={ring} onClose={onClose} onDone={onDone} /> : null}</Dialog>;
}

function Listing({ ring, onClose, onDone }: Omit<ListDialogProps, "opened">) {
  const { t } = useTranslation("rings");
  const [asked, setAsked] = useState<Asked>({ members: true, identifiers: true, steps: 0, leave_out: [], days: 30, expires_after: null });
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = { ring_id: ring.ring_id };
  const ask = (changes: Partial<Asked>): void => setAsked((before) => ({ ...before, ...changes }));
  const radius = useQuery<Radius, Error>({
    queryKey: ["ring-radius", ring.ring_id, asked], placeholderData: keepPreviousData, retry: false, gcTime: 0,
    queryFn: async ({ signal }) => {
      const { data } = await api.POST("/v1/rings/{ring_id}/radius", { params: { path }, body: asked, signal });
      return data as Radius;
    },
  });
  const shown = radius.data;
  const fresh = shown?.entries.filter((one) => !one.already).length ?? 0;
  const isCurrent = shown !== undefined && !radius.isFetching && !radius.isError;
  const put = async (): Promise<void> => {
    if (!shown || !isCurrent || reason.trim() === "") return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/rings/{ring_id}/list", { params: { path }, body: { ...asked, seen: shown.seen, reason: reason.trim(), by: null } });
      const said = data as Api<"RingListed">;
      await onDone();
      noteDone(t("list.done", { count: said.action.entries.length, number: number(said.action.entries.length) }));
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      void radius.refetch();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void put(); }}>
      <Stack>
        <div className={classes.asked}>
          <div className={classes.checks}>
          <Checkbox label={t("list.members")} checked={asked.members} onChange={(event) => ask({ members: event.currentTarget.checked })} />
          <Checkbox label={t("list.identifiers")} checked={asked.identifiers} onChange={(event) => ask({ identifiers: event.currentTarget.checked })} />
          </div>
          <NumberInput label={t("list.steps")} description={t("list.steps_hint")} min={0} max={STEPS_MAX} clampBehavior="strict" allowDecimal={false} value={asked.steps} onChange={(value) => ask({ steps: Number(value) || 0 })} />
          <NativeSelect label={t("list.expires")} description={shown ? <>{t("until")} <Instant at={shown.expires_at} form="day" /></> : t("list.expires_hint")} value={asked.expires_after ?? ""} data={EXPIRIES.map((one) => ({ value: one, label: one === "" ? t("list.as_defined") : t("list.days", { count: Number.parseInt(one, 10) }) }))} onChange={(event) => ask({ expires_after: event.currentTarget.value || null })} />
        </div>
        {radius.isError ? <ErrorPanel problem={radius.error} onRetry={() => void radius.refetch()} /> : null}
        {!shown && !radius.isError ? <Loading lines={5} /> : null}
        {shown && !radius.isError ? <Shown radius={shown} stale={radius.isFetching} left={asked.leave_out} onLeave={(leave_out) => ask({ leave_out })} /> : null}
        <Textarea label={t("kit:confirm.reason")} description={t("list.reason_hint")} required autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {problem ? <ErrorPanel problem={problem} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
          <Button type="submit" color="red" loading={busy} disabled={!isCurrent || fresh === 0 || reason.trim() === ""}>{t("list.put", { count: fresh, number: number(fresh) })}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Shown({ radius, stale, left, onLeave }: { radius: Radius; stale: boolean; left: readonly string[]; onLeave: (left: string[]) => void }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  const changed = Object.values(radius.changed).reduce((sum, one) => sum + one, 0);
  const tiles = [
    [t("list.entries"), radius.entries.filter((one) => !one.already).length, "neutral"],
    [t("list.hit"), radius.members + radius.others, "neutral"],
    [t("list.outside"), radius.others, radius.others > 0 ? "wait" : "neutral"],
    [t("list.good"), radius.good_customers, radius.good_customers > 0 ? "bad" : "good"],
    [t("list.changed", { days: radius.days }), changed, "neutral"],
  ] as const;
  return (
    <section className={classes.radius} aria-label={t("list.radius")} aria-busy={stale} data-stale={stale || undefined}>
      <p role="status">{inWords(radius.words)}</p>
      <dl className={classes.tiles}>{tiles.map(([words, count, tone]) => <div key={words} data-tone={tone}><dt>{words}</dt><dd>{number(count)}</dd></div>)}</dl>
      {changed > 0 ? <p className={classes.outcomes}>{Object.entries(radius.changed).filter(([, count]) => count > 0).map(([outcome, count]) => <span key={outcome}><OutcomeBadge outcome={outcome} /> {t("list.were", { count, number: number(count) })}</span>)}</p> : null}
      {radius.refused.length > 0 ? (
        <details className={classes.details}>
          <summary>{t("list.refused", { count: radius.refused.length, number: number(radius.refused.length) })}</summary>
          <ul className={classes.lines}>{radius.refused.map((one) => <li key={one.entity}><span>{entity(one.kind)} <span className="mono">{one.entity.slice(0, 8)}</span></span><span className="soft">{inWords(one.words)}</span></li>)}</ul>
        </details>
      ) : null}
      <details className={classes.details}>
        <summary>{t("list.which", { count: radius.entries.length, number: number(radius.entries.length) })}</summary>
        <div className={classes.entries}>
          <PlainTable label={t("list.radius")} head={[t("list.take"), t("kind"), t("pseudonym"), t("list.on"), t("list.strength")]} rows={
            radius.entries.map((one) => [
              <Checkbox key="c" size="xs" checked disabled={one.already} aria-label={t("list.leave", { what: `${entity(one.kind)} ${one.entity.slice(0, 8)}` })} onChange={() => onLeave([...left, one.entity])} />,
              entity(one.kind), <span key="p" className="mono">{one.entity.slice(0, 8)}</span>, <span key="l">{one.list_name} {one.already ? <Badge>{t("list.already")}</Badge> : null}</span>, one.strength,
            ])
          } />
        </div>
      </details>
      {left.length > 0 ? <p className="soft">{t("list.left_out", { count: left.length, number: number(left.length) })} <Button size="compact-xs" variant="subtle" onClick={() => onLeave([])}>{t("list.take_again")}</Button></p> : null}
    </section>
  );
}
