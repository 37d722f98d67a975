/** Trainings that were run, the newest first. */
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { GraduationCap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Badge, CopyAsApiCall, DataTable, Empty, Instant, number, Page, useMay, type Column, type Tone } from "../../kit";
import { within, type Run } from "./figures";

const TONES: Record<Run["state"], Tone> = { running: "accent", done: "good", failed: "bad", cancelled: "neutral" };
const EVERY_MS = 2000;

/** How a training stands. */
export function RunState({ run }: { run: Run }) {
  const { t } = useTranslation("training");
  return <Badge tone={TONES[run.state]}>{t(`state.${run.state}`)}</Badge>;
}

export default function TrainingsPage() {
  const { t } = useTranslation("training");
  const navigate = useNavigate();
  const may = useMay("draft");
  const runs = useGet("/v1/trainings", undefined, { refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === "running") ? EVERY_MS : false) });
  const columns: Column<Run>[] = [
    { id: "name", header: t("model"), value: (run) => run.asked.name, cell: (run) => <strong className="mono">{run.asked.name}</strong>, width: 120 },
    { id: "label", header: t("label"), value: (run) => run.label, width: 90, grow: 2 },
    { id: "called", header: t("table"), value: (run) => run.called, width: 140, grow: 1 },
    { id: "target", header: t("target"), value: (run) => run.asked.target, width: 90, grow: 0 },
    { id: "state", header: t("how_far"), value: (run) => t(`state.${run.state}`), cell: (run) => <RunState run={run} />, width: 95, grow: 0, choices: "found" },
    { id: "champion", header: t("champion"), value: (run) => (run.champion ? t(`families.${run.champion}`) : ""), width: 115, grow: 0, choices: "found" },
    { id: "auc", header: t("auc"), hint: t("auc_hint"), value: (run) => run.auc, cell: (run) => (run.auc === null ? null : <span className="nowrap">{within({ value: run.auc, low: run.auc_low ?? 0, high: run.auc_high ?? 0 })}</span>), width: 160, grow: 0, align: "right" },
    { id: "rows", header: t("rows"), value: (run) => run.rows, cell: (run) => (run.rows === null ? null : <>{number(run.rows)}</>), width: 75, grow: 0, align: "right" },
    { id: "by", header: t("by"), value: (run) => run.by, width: 75, grow: 0 },
    { id: "at", header: t("started"), value: (run) => run.started_at, cell: (run) => <Instant at={run.started_at} form="minute" />, width: 130, grow: 0 },
  ];
  const begin = may ? <Button component={Link} to={"/training/new" as string} leftSection={<GraduationCap size={15} />}>{t("train")}</Button> : null;
  return (
    <Page title={t("title")} lead={t("lead")} actions={<>{begin}<CopyAsApiCall path="/v1/trainings" /></>}>
      <DataTable name="trainings" label={t("title")} columns={columns} rows={runs.data?.items} rowKey={(run) => run.training_id} problem={runs.error} onRetry={() => void runs.refetch()}
        onOpen={(run) => void navigate({ to: "/training/$id" as string, params: { id: run.training_id } as never })}
        empty={<Empty icon={GraduationCap} title={t("empty")} hint={t("empty_hint")}>{begin}</Empty>} />
    </Page>
  );
}
