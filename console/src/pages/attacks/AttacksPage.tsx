import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, AMOUNT_PX, Badge, CopyAsApiCall, DataTable, Empty, ErrorPanel, Instant, Loading, number, Page, percent, type Column, type Tone, Block } from "../../kit";
import { AttackForm } from "./AttackForm";
import classes from "./attacks.module.css";
import { useTitle, type Run } from "./kinds";
import { Simulated } from "./Simulated";

const TONES: Record<Run["state"], Tone> = { running: "accent", done: "good", failed: "bad", cancelled: "neutral" };
const EVERY_MS = 2000;

/** How far a run is. */
export function RunState({ run }: { run: Run }) {
  const { t } = useTranslation("attacks");
  return <Badge tone={TONES[run.state]}>{t(`state.${run.state}`)}</Badge>;
}

export default function AttacksPage() {
  const { t } = useTranslation("attacks");
  const kinds = useGet("/v1/attacks/kinds");
  const runs = useGet("/v1/attacks", undefined, {
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === "running") ? EVERY_MS : false),
  });
  const problem = kinds.error ?? runs.error;
  return (
    <Page title={t("title")} lead={<span className={classes.lead}><Simulated /> {t("lead")}</span>} actions={<CopyAsApiCall path="/v1/attacks" />}>
      {problem ? <ErrorPanel problem={problem} onRetry={() => { void kinds.refetch(); void runs.refetch(); }} /> : null}
      {!problem && !kinds.data ? <Loading lines={6} /> : null}
      {!problem && kinds.data ? <AttackForm kinds={kinds.data.kinds} limits={kinds.data.limits} running={runs.data?.items.find(({ state }) => state === "running")} /> : null}
      {problem ? null : <Block title={t("runs")} note={t("runs_note")} flush><Runs runs={runs.data?.items} /></Block>}
    </Page>
  );
}

const share = (run: Run): number | null => (run.attempts ? (run.approved ?? 0) / run.attempts : null);

function Runs({ runs }: { runs: readonly Run[] | undefined }) {
  const { t } = useTranslation("attacks");
  const navigate = useNavigate();
  const title = useTitle();
  const against = (run: Run): string => (run.drafts.length > 0 ? run.drafts.join(", ") : t("live"));
  const columns: Column<Run>[] = [
    { id: "kind", header: t("kind"), value: (run) => title(run.asked.kind), cell: (run) => <strong className="nowrap">{title(run.asked.kind)}</strong>, width: 180, choices: "found" },
    { id: "against", header: t("against"), value: against, width: 170, grow: 2 },
    { id: "state", header: t("how_far"), value: (run) => t(`state.${run.state}`), cell: (run) => <RunState run={run} />, width: 100, grow: 0 },
    { id: "through", header: t("through_share"), value: share, cell: (run) => { const value = share(run); return value === null ? null : <>{percent(value, 0)}</>; }, width: 120, grow: 0, align: "right" },
    { id: "lost", header: t("lost"), value: (run) => run.lost_minor, cell: (run) => <Amount minor={run.lost_minor} currency={run.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "hurt", header: t("honest_stopped"), value: (run) => run.honest_stopped, cell: (run) => (run.honest_stopped === null ? null : <>{number(run.honest_stopped)}</>), width: 130, grow: 0, align: "right" },
    { id: "disguise", header: t("disguise"), value: (run) => run.asked.disguise ?? null, cell: (run) => (run.asked.disguise === null || run.asked.disguise === undefined ? null : <>{percent(run.asked.disguise, 0)}</>), width: 90, grow: 0, align: "right" },
    { id: "seed", header: t("seed"), value: (run) => run.asked.seed ?? null, width: 70, grow: 0, align: "right" },
    { id: "at", header: t("started"), value: (run) => run.started_at, cell: (run) => <Instant at={run.started_at} form="minute" />, width: 130, grow: 0 },
  ];
  return (
    <DataTable name="attacks" label={t("runs")} columns={columns} rows={runs} rowKey={(run) => run.attack_id} bare
      onOpen={(run) => void navigate({ to: "/attacks/$id" as string, params: { id: run.attack_id } as never })}
      empty={<Empty title={t("empty")} hint={t("empty_hint")} />} />
  );
}
