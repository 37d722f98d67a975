import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FlaskConical, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Badge, CopyAsApiCall, DataTable, Empty, inWords, Instant, number, Page, useMay, useUrlSearch, type Column } from "../../kit";
import { ExperimentForm } from "./ExperimentForm";
import { STATE_TONES, useBetween, VERDICT_TONES, type Summary } from "./figures";

const EVERY_MS = 5000;

/** How far an experiment is. */
export function StateBadge({ state }: { state: Summary["state"] }) {
  const { t } = useTranslation("experiments");
  return <Badge tone={STATE_TONES[state]}>{t(`state.${state}`)}</Badge>;
}

export default function ExperimentsPage() {
  const { t } = useTranslation("experiments");
  const navigate = useNavigate();
  const may = useMay("draft");
  const [search, change] = useUrlSearch();
  const between = useBetween("");
  const found = useGet("/v1/experiments", undefined, { refetchInterval: EVERY_MS });
  const columns: Column<Summary>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <strong className="mono">{row.name}</strong>, width: 150, grow: 1 },
    { id: "state", header: t("how_far"), value: (row) => t(`state.${row.state}`), cell: (row) => <StateBadge state={row.state} />, width: 95, grow: 0, choices: "found" },
    { id: "mode", header: t("mode_of"), value: (row) => t(`mode.${row.mode}`), width: 165, grow: 0, choices: "found" },
    { id: "measure", header: t("metric"), value: (row) => t(`measure.${row.measure}`), width: 130 },
    { id: "decisions", header: t("decisions"), value: (row) => row.decisions, cell: (row) => (row.decisions === null ? null : <>{number(row.decisions)}</>), width: 95, grow: 0, align: "right" },
    { id: "difference", header: t("difference"), hint: t("difference_hint"), value: (row) => row.value, cell: (row) => (row.value === null ? null : <span className="nowrap">{between(row.measure, row)}</span>), width: 250, grow: 2 },
    { id: "verdict", header: t("verdict_of"), value: (row) => (row.verdict ? inWords(row.verdict) : null), cell: (row) => (row.verdict ? <Badge tone={VERDICT_TONES[row.verdict.word]}>{t(`verdict.${row.verdict.word}`)}</Badge> : null), width: 130, grow: 0 },
    { id: "started", header: t("started"), value: (row) => row.started_at, cell: (row) => <Instant at={row.started_at} form="minute" />, width: 130, grow: 0 },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<>
      {may ? <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => change({ new: "1" })}>{t("new")}</Button> : null}
      <CopyAsApiCall path="/v1/experiments" />
    </>}>
      <DataTable name="experiments" label={t("title")} columns={columns} rows={found.data?.experiments} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate({ to: "/experiments/$name" as string, params: { name: row.name } as never })}
        empty={<Empty icon={FlaskConical} title={t("empty")} hint={t("empty_hint")} />} />
      {may && search["new"] ? <ExperimentForm kind={search["kind"]} name={search["of"]} version={search["with"]} onClose={() => change({ new: undefined, kind: undefined, of: undefined, with: undefined })} /> : null}
    </Page>
  );
}
