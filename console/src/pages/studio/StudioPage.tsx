import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { refresh, useGet, type Shape } from "../../api";
import { Badge, Code, CopyAsApiCall, DataTable, Empty, Instant, Page, useLiveChanges, type Column } from "../../kit";
import { StateBadge } from "./panels/StateBadge";

type Row = Shape<"StudioPolicySummary">;

const PUSH = "tandem push --author me && tandem review --approver someone-else && tandem release";

export default function StudioPage() {
  const { t } = useTranslation("studio");
  const navigate = useNavigate();
  const client = useQueryClient();
  const found = useGet("/v1/studio/policies");
  useLiveChanges(({ kind }) => {
    if (kind === "artefact" || kind === "release") void refresh(client, "/v1/studio/policies");
  });
  const columns = useMemo<Column<Row>[]>(() => [
    { id: "name", header: t("policy"), value: (row) => row.name, width: 180, cell: (row) => <strong>{row.name}</strong> },
    { id: "event", header: t("event"), value: (row) => row.event, width: 150, choices: "found" },
    { id: "description", header: t("description"), value: (row) => row.description, width: 160 },
    { id: "state", header: t("newest"), value: (row) => t(`state.${row.newest.state}`), width: 130, choices: "found", cell: (row) => <StateBadge state={row.newest.state} /> },
    { id: "drafts", header: t("drafts"), value: (row) => row.drafts, width: 100, cell: (row) => (row.drafts > 0 ? <Badge tone="wait">{row.drafts}</Badge> : "0") },
    { id: "stages", header: t("stages"), value: (row) => row.stages, width: 100 },
    { id: "rules", header: t("parts"), value: (row) => row.rules, width: 120 },
    { id: "examples", header: t("examples_count"), value: (row) => row.examples, width: 110 },
    { id: "author", header: t("author"), value: (row) => row.newest.author, width: 140, choices: "found" },
    { id: "at", header: t("changed"), value: (row) => row.newest.pushed_at, width: 190, cell: (row) => <Instant at={row.newest.pushed_at} form="short" /> },
  ], [t]);
  return (
    <Page title={t("title")} lead={t("lead")} fills actions={<CopyAsApiCall path="/v1/studio/policies" />}>
      <DataTable name="policies" label={t("label")} columns={columns} rows={found.data?.policies} rowKey={(row) => row.name} height="fill"
        onOpen={(row) => void navigate({ to: "/studio/$policy" as string, params: { policy: row.name } as never })}
        problem={found.error} onRetry={() => void found.refetch()}
        empty={<Empty title={t("empty")} hint={t("empty_hint")}><Code text={PUSH} label={t("empty_hint")} /></Empty>} />
    </Page>
  );
}
