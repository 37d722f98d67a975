import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Code, CopyAsApiCall, DataTable, Empty, Instant, number, Page, percent, type Column, type Tone } from "../../kit";

type ModelSummary = Shape<"ModelSummary">;

const TONES: Record<ModelSummary["state"], Tone> = { live: "good", reviewed: "accent", draft: "wait", declined: "bad", retired: "neutral" };

/** How far a version has come. */
export function StateBadge({ state }: { state: ModelSummary["state"] }) {
  const { t } = useTranslation("models");
  return <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>;
}

const aucOf = (row: { metrics: Record<string, number> }): number | null => row.metrics["auc_test"] ?? row.metrics["auc_out_of_fold"] ?? null;

export default function ModelsPage() {
  const { t } = useTranslation("models");
  const navigate = useNavigate();
  const found = useGet("/v1/models");
  const columns: Column<ModelSummary>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 140 },
    { id: "kind", header: t("kind"), value: (row) => t(`kinds.${row.kind}`), width: 130, grow: 0, choices: "found" },
    { id: "state", header: t("state"), value: (row) => t(`states.${row.state}`), cell: (row) => <StateBadge state={row.state} />, width: 95, grow: 0, choices: "found" },
    { id: "used", header: t("used_by"), value: (row) => row.used_by.join(", "), width: 130, grow: 2 },
    { id: "auc", header: t("auc"), hint: t("auc_hint"), value: aucOf, cell: (row) => { const auc = aucOf(row); return auc === null ? null : <>{number(auc, 3)}</>; }, width: 75, grow: 0, align: "right" },
    { id: "rows", header: t("rows"), value: (row) => row.rows, cell: (row) => <>{number(row.rows)}</>, width: 120, grow: 0, align: "right" },
    { id: "adverse", header: t("adverse_share"), value: (row) => (row.rows ? row.adverse_rows / row.rows : null), cell: (row) => (row.rows ? <>{percent(row.adverse_rows / row.rows)}</> : null), width: 85, grow: 0, align: "right" },
    { id: "inputs", header: t("inputs"), value: (row) => row.inputs, width: 75, grow: 0, align: "right" },
    { id: "versions", header: t("versions"), value: (row) => row.versions, width: 85, grow: 0, align: "right" },
    { id: "pushed", header: t("pushed"), value: (row) => row.pushed_at, cell: (row) => <Instant at={row.pushed_at} form="short" />, width: 165, grow: 0 },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/models" />}>
      <DataTable name="models" label={t("title")} columns={columns} rows={found.data?.models} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate({ to: "/models/$name" as string, params: { name: row.name } as never })}
        empty={<Empty title={t("empty")} hint={t("empty_hint")}><Code text="tandem model train loans.csv --target status --positive bad --name credit_risk --register" label={t("empty_hint")} /></Empty>} />
    </Page>
  );
}
