/** What is live: who answers for it, when it is due for review, and which models have a figure beyond its limit. */
import { useNavigate } from "@tanstack/react-router";
import { BellRing, CalendarClock, Check, CircleHelp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, CopyAsApiCall, DataTable, Empty, Instant, Page, type Column } from "../../kit";

type Item = Shape<"InventoryItem">;

/** In one word how it stands: overdue before alerts, and what nobody has looked at is not called well. */
const standingOf = (item: Item): "overdue" | "alerts" | "unseen" | "well" =>
  item.overdue ? "overdue" : item.alerts ? "alerts" : item.kind === "model" && item.alerts === null ? "unseen" : "well";

function Standing({ item }: { item: Item }) {
  const { t } = useTranslation("monitoring");
  const standing = standingOf(item);
  if (standing === "overdue") return <Badge tone="bad" icon={CalendarClock}>{t("standing.overdue")}</Badge>;
  if (standing === "alerts") return <Badge tone="bad" icon={BellRing}>{t("alerts_of", { count: item.alerts ?? 0 })}</Badge>;
  if (standing === "unseen") return <Badge icon={CircleHelp}>{t("standing.unseen")}</Badge>;
  return <Badge tone="good" icon={Check}>{t("standing.well")}</Badge>;
}

export default function MonitoringPage() {
  const { t } = useTranslation("monitoring");
  const navigate = useNavigate();
  const found = useGet("/v1/inventory", {}, { refetchInterval: 60_000 });
  const columns: Column<Item>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 165 },
    { id: "kind", header: t("kind"), value: (row) => t(`kinds.${row.kind}`), width: 85, grow: 0, choices: "found" },
    { id: "standing", header: t("status"), value: (row) => t(`standing.${standingOf(row)}`), cell: (row) => <Standing item={row} />, width: 175, grow: 0, choices: "found" },
    { id: "decides", header: t("decides"), hint: t("decides_hint"), value: (row) => row.decides, width: 110 },
    { id: "owner", header: t("owner"), value: (row) => row.owner, width: 100, grow: 0 },
    { id: "approver", header: t("approver"), value: (row) => row.approver || t("nobody"), width: 130, grow: 0 },
    { id: "live", header: t("live_since"), value: (row) => row.live_since, cell: (row) => <Instant at={row.live_since} form="day" />, width: 125, grow: 0 },
    { id: "review", header: t("next_review"), value: (row) => row.next_review, cell: (row) => <Instant at={row.next_review} form="day" />, width: 125, grow: 0 },
    { id: "looked", header: t("looked_at"), hint: t("looked_at_hint"), value: (row) => row.looked_at ?? null, cell: (row) => (row.looked_at ? <Instant at={row.looked_at} form="short" /> : null), width: 150, grow: 0 },
    { id: "purpose", header: t("purpose"), value: (row) => row.purpose, width: 180, grow: 2 },
  ];
  return (
    <Page title={t("title")} wide lead={t("lead")} actions={<CopyAsApiCall path="/v1/inventory" />}>
      <DataTable name="inventory" label={t("title")} columns={columns} rows={found.data?.items} rowKey={(row) => `${row.kind}/${row.name}`}
        problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate(row.kind === "model"
          ? { to: "/monitoring/$model" as string, params: { model: row.name } as never }
          : { to: "/studio/$policy" as string, params: { policy: row.name } as never })}
        empty={<Empty title={t("empty")} hint={t("empty_hint")} />} />
    </Page>
  );
}
