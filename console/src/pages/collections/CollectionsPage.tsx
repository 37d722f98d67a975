/** What waits for a person in collections, the most valuable hour first. */
import { useNavigate } from "@tanstack/react-router";
import { PhoneCall } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Badge, CopyAsApiCall, DataTable, Empty, Instant, number, Page, type Column } from "../../kit";
import { HowLate, useNames } from "./words";

type Work = Shape<"WorkShown">;

export default function CollectionsPage() {
  const { t } = useTranslation("collections");
  const names = useNames();
  const navigate = useNavigate();
  const found = useGet("/v1/collections/queue", undefined, { refetchInterval: 30_000 });
  const page = found.data;
  const columns: Column<Work>[] = [
    { id: "worth", header: t("per_hour"), hint: t("per_hour_hint"), value: (row) => row.per_hour_minor, cell: (row) => <Amount minor={row.per_hour_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "action", header: t("action"), value: (row) => names.action(row.action), cell: (row) => <span className="nowrap">{names.action(row.action)}</span>, width: 150, grow: 1 },
    { id: "late", header: t("late"), value: (row) => row.days_past_due, cell: (row) => <HowLate days={row.days_past_due} />, width: 115, grow: 0 },
    { id: "due", header: t("due"), value: (row) => row.due_minor, cell: (row) => <Amount minor={row.due_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "when", header: t("when"), value: (row) => row.until ?? row.blocked_by ?? "", cell: (row) => <When of={row} />, width: 125, grow: 0 },
    { id: "by", header: t("by"), value: (row) => row.taken_by ?? "", cell: (row) => (row.taken_by ? <Badge tone="accent">{row.taken_by}</Badge> : null), width: 90, grow: 0 },
    { id: "balance", header: t("balance"), value: (row) => row.balance_minor, cell: (row) => <Amount minor={row.balance_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "product", header: t("product"), value: (row) => row.product, cell: (row) => <span className="mono nowrap">{row.product}</span>, width: 150, grow: 1, choices: "found" },
    { id: "owner", header: t("owner"), value: (row) => row.owner, cell: (row) => <span className="mono">{row.owner.slice(0, 12)}</span>, width: 130, grow: 1 },
  ];
  return (
    <Page title={t("title")} lead={page ? t("waiting", { waiting: number(page.waiting), all: number(page.in_all) }) : t("lead")} actions={<CopyAsApiCall path="/v1/collections/queue" />}>
      <DataTable name="collections" label={t("title")} columns={columns} rows={page?.work} rowKey={(row) => row.account_id} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate({ to: "/collections/$id" as string, params: { id: row.account_id } as never })}
        empty={page?.strategies === 0 ? <Empty icon={PhoneCall} title={t("no_strategy")} hint={t("no_strategy_hint")} /> : <Empty icon={PhoneCall} title={t("empty")} hint={t("empty_hint")} />} />
    </Page>
  );
}

function When({ of: one }: { of: Work }) {
  const { t } = useTranslation("collections");
  if (!one.blocked_by) return <Badge tone="good">{t("now")}</Badge>;
  return one.until ? <span className="nowrap"><Instant at={one.until} form="minute" /></span> : <Badge tone="bad">{t("never_alone")}</Badge>;
}
