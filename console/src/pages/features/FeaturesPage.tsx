/** The catalogue of features: those that are live, and those that the library has ready for this workspace. */
import { Skeleton, Tabs } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Sigma } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, CopyAsApiCall, DataTable, Empty, inWords, number, Page, percent, useEntityName, useUrlState, type Column } from "../../kit";
import classes from "./features.module.css";
import { Ready } from "./Ready";

type Feature = Shape<"FeatureSummary">;

export default function FeaturesPage() {
  const { t } = useTranslation("features");
  const [tab, setTab] = useUrlState("tab", "live");
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path={tab === "ready" ? "/v1/ready-features" : "/v1/features"} />}>
      <Tabs value={tab} onChange={(value) => setTab(value ?? "live")} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="live">{t("tabs.live")}</Tabs.Tab>
          <Tabs.Tab value="ready">{t("tabs.ready")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="live"><Live /></Tabs.Panel>
        <Tabs.Panel value="ready"><Ready /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Live() {
  const { t } = useTranslation("features");
  const navigate = useNavigate();
  const entityName = useEntityName();
  const named = useGet("/v1/features", { params: { query: { figures: false } } });
  // Has the newest decisions read, which would slow down what stands on the page until then.
  const full = useGet("/v1/features", {}, { enabled: !named.isPending });
  const found = full.data ?? named.data;
  const problem = full.error ?? (found ? null : named.error);
  const columns: Column<Feature>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span>, width: 210, grow: 2 },
    { id: "entity", header: t("entity"), value: (row) => row.entity.map(entityName).join(" + "), width: 90, grow: 0, choices: "found" },
    { id: "words", header: t("meaning"), value: (row) => inWords(row.words), width: 220, grow: 3 },
    { id: "set", header: t("set"), value: (row) => row.set, cell: (row) => <span className="mono">{row.set}</span>, width: 140, grow: 0, choices: "found" },
    { id: "readers", header: t("read_by"), hint: t("read_by_hint"), value: (row) => readersOf(row).join(", "), width: 110 },
    { id: "coverage", header: t("coverage"), hint: t("coverage_hint"), value: (row) => row.coverage ?? null, cell: (row) => (row.recorded === null ? <Coming /> : row.coverage === null || row.coverage === undefined ? null : <>{percent(row.coverage)}</>), width: 95, grow: 0, align: "right" },
    { id: "psi", header: t("psi"), hint: t("psi_hint"), value: (row) => row.psi ?? null, cell: (row) => (row.recorded === null ? <Coming /> : row.psi === null || row.psi === undefined ? null : <span className="nowrap">{row.drifted ? <><Badge tone="wait">{t("drifted")}</Badge> </> : null}{number(row.psi, 3)}</span>), width: 120, grow: 0, align: "right" },
  ];
  return (
    <DataTable name="features" label={t("title")} columns={columns} rows={found?.features} rowKey={(row) => row.name} problem={problem} onRetry={() => { void named.refetch(); void full.refetch(); }}
      onOpen={(row) => void navigate({ to: "/features/$name" as string, params: { name: row.name } as never })}
      empty={<Empty icon={Sigma} title={t("empty")} hint={t("empty_hint")} />} />
  );
}

/** Where a figure will stand that is still being read. */
const Coming = () => <span aria-busy="true" className={classes.coming}><Skeleton height={10} width={44} /></span>;

const readersOf = (row: Feature): string[] => [...row.policies, ...row.models, ...row.views];
