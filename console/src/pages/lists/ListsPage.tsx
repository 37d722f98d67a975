import { useNavigate } from "@tanstack/react-router";
import { Ban, Eye, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Code, CopyAsApiCall, DataTable, Empty, number, Page, useEntityName, type Column, type Tone } from "../../kit";
import { LatestChanges } from "../propagation/LatestChanges";

type ListSummary = Shape<"ListSummary">;

const KINDS: Record<ListSummary["kind"], { tone: Tone; icon: typeof Ban }> = {
  block: { tone: "bad", icon: Ban },
  watch: { tone: "wait", icon: Eye },
  allow: { tone: "good", icon: ShieldCheck },
};

/** Block, watch or allow. */
export function ListKind({ kind }: { kind: ListSummary["kind"] }) {
  const { t } = useTranslation("lists");
  return <Badge tone={KINDS[kind].tone} icon={KINDS[kind].icon}>{t(`kinds.${kind}`)}</Badge>;
}

export default function ListsPage() {
  const { t } = useTranslation(["lists", "propagation"]);
  const navigate = useNavigate();
  const found = useGet("/v1/lists");
  const entity = useEntityName();
  const columns: Column<ListSummary>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 180 },
    {
      id: "kind", header: t("kind"), value: (row) => row.kind, cell: (row) => <ListKind kind={row.kind} />, width: 110, grow: 0,
      choices: (["block", "watch", "allow"] as const).map((value) => ({ value, label: t(`kinds.${value}`) })),
    },
    { id: "entity", header: t("entity"), value: (row) => entity(row.entity), width: 110, grow: 0, choices: "found" },
    { id: "entries", header: t("entries"), value: (row) => row.entries, cell: (row) => <>{number(row.entries)}</>, width: 100, grow: 0, align: "right" },
    { id: "description", header: t("description"), value: (row) => row.description, width: 260, grow: 3 },
    { id: "version", header: t("version"), hint: t("version_hint"), value: (row) => row.version, width: 100, grow: 0, align: "right" },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/lists" />}>
      <DataTable name="lists" label={t("title")} columns={columns} rows={found.data?.lists} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
          onOpen={(row) => void navigate({ to: "/lists/$name" as string, params: { name: row.name } as never })}
          empty={<Empty title={t("empty")} hint={t("empty_hint")}><Code text={EXAMPLE} label={t("empty_hint")} /></Empty>} />
      <LatestChanges kinds={["list"]} />
    </Page>
  );
}

const EXAMPLE = "# lists/blocked_devices.yaml\nname: blocked_devices\nkind: block\nentity: device\n\ntandem push && tandem review --all && tandem release";
