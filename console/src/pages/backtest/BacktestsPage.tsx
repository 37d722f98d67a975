import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Badge, Block, CopyAsApiCall, DataTable, Empty, ErrorPanel, Instant, Loading, number, Page, type Column, type Tone } from "../../kit";
import { BacktestForm } from "./BacktestForm";
import type { Run } from "./parts";

const TONES: Record<Run["state"], Tone> = { running: "accent", done: "good", failed: "bad", cancelled: "neutral" };
const EVERY_MS = 2000;
const DIGEST_SHOWN = 8;

/** How far a run is. */
export function RunState({ run }: { run: Run }) {
  const { t } = useTranslation("backtest");
  return <Badge tone={TONES[run.state]}>{t(`state.${run.state}`)}</Badge>;
}

/** One side of a question, in words. */
export function useSideName(): (side: Run["asked"]["candidate"], known?: readonly string[]) => string {
  const { t } = useTranslation("backtest");
  return (side, known) => {
    const base = side.release === "live" || side.release === "recorded" ? t(`side.${side.release}`) : side.release.slice(0, 12);
    const drafts = side.drafts.map((one) => `${one.kind}/${one.name}`);
    const placed = known ?? [...drafts, ...side.versions.map((one) => one.slice(0, DIGEST_SHOWN))];
    return placed.length > 0 ? t("side.with", { base, drafts: placed.join(", ") }) : base;
  };
}

export default function BacktestsPage() {
  const { t } = useTranslation("backtest");
  const types = useGet("/v1/event-types");
  const runs = useGet("/v1/backtests", undefined, {
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === "running") ? EVERY_MS : false),
  });
  const problem = types.error ?? runs.error;
  const decided = (types.data?.event_types ?? []).filter(({ policies }) => policies.length > 0);
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/backtests" />}>
      {problem ? <ErrorPanel problem={problem} onRetry={() => { void types.refetch(); void runs.refetch(); }} /> : null}
      {!problem && !types.data ? <Loading lines={6} /> : null}
      {!problem && types.data && decided.length === 0 ? <Block label={t("form.title")}><Empty title={t("no_policy")} hint={t("no_policy_hint")} /></Block> : null}
      {!problem && decided.length > 0 ? <BacktestForm eventTypes={decided.map(({ name }) => name)} running={runs.data?.items.find(({ state }) => state === "running")} /> : null}
      {problem ? null : <Block title={t("runs")} note={t("runs_note")} flush><Runs runs={runs.data?.items} /></Block>}
    </Page>
  );
}

const whole = (value: number | null) => (value === null ? null : <>{number(value)}</>);

function Runs({ runs }: { runs: readonly Run[] | undefined }) {
  const { t } = useTranslation("backtest");
  const navigate = useNavigate();
  const side = useSideName();
  const columns: Column<Run>[] = [
    { id: "type", header: t("event_type"), value: (run) => run.asked.event_type, cell: (run) => <strong className="nowrap">{run.asked.event_type}</strong>, width: 150, choices: "found" },
    { id: "candidate", header: t("candidate"), value: (run) => side(run.asked.candidate), width: 190, grow: 2 },
    { id: "against", header: t("against"), value: (run) => side(run.asked.against), width: 150, grow: 1 },
    { id: "state", header: t("how_far"), value: (run) => t(`state.${run.state}`), cell: (run) => <RunState run={run} />, width: 100, grow: 0 },
    { id: "decisions", header: t("decisions"), value: (run) => run.decisions, cell: (run) => whole(run.decisions), width: 110, grow: 0, align: "right" },
    { id: "changed", header: t("changed"), value: (run) => run.changed, cell: (run) => whole(run.changed), width: 100, grow: 0, align: "right" },
    { id: "by", header: t("by"), value: (run) => run.by, width: 100, grow: 0 },
    { id: "at", header: t("started"), value: (run) => run.started_at, cell: (run) => <Instant at={run.started_at} form="minute" />, width: 130, grow: 0 },
  ];
  return (
    <DataTable name="backtests" label={t("runs")} columns={columns} rows={runs} rowKey={(run) => run.backtest_id} bare
      onOpen={(run) => void navigate({ to: "/backtests/$id" as string, params: { id: run.backtest_id } as never })}
      empty={<Empty title={t("empty")} hint={t("empty_hint")} />} />
  );
}
