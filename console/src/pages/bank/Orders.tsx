/** Files of orders that were made for the bank, the newest first, and how their orders stand. */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FileDown, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Badge, Block, type Column, DataTable, Day, DAY_PX, Empty, Instant, number } from "../../kit";

type File = Shape<"BankOrderFile">;

const PAGE = 500;
const STATES = { proposed: "wait", declined: "neutral", sent: "wait", done: "good", rejected: "bad", returned: "bad" } as const;

export function Orders({ onMake }: { onMake: (() => void) | undefined }) {
  const { t } = useTranslation("bank");
  const navigate = useNavigate();
  const found = useGet("/v1/bank/orders", { params: { query: { limit: PAGE } } });
  const columns: Column<File>[] = [
    { id: "made", header: t("made_at"), value: (row) => row.made_at, cell: (row) => <span className="nowrap"><Instant at={row.made_at} form="minute" /></span>, width: 130, grow: 0 },
    { id: "kind", header: t("kind"), value: (row) => t(`order_kinds.${row.kind}`), width: 130, grow: 1, choices: "found" },
    { id: "on", header: t("on"), value: (row) => row.on, cell: (row) => <Day on={row.on} />, width: DAY_PX, grow: 0 },
    { id: "count", header: t("count"), value: (row) => row.count, cell: (row) => <>{number(row.count)}</>, width: 80, grow: 0, align: "right" },
    { id: "total", header: t("total"), value: (row) => row.total_minor, cell: (row) => <Amount minor={row.total_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "states", header: t("state"), value: (row) => row.states["rejected"] ?? row.states["returned"] ?? 0, cell: (row) => <StateCounts of={row} />, width: 220, grow: 2 },
    { id: "order", header: t("order_id"), value: (row) => row.order_id, cell: (row) => <span className="mono">{row.order_id}</span>, width: 170, grow: 1 },
    { id: "by", header: t("made_by"), value: (row) => row.made_by, width: 110, grow: 1, hidden: true },
    { id: "message", header: t("message"), value: (row) => row.message_id, width: 180, grow: 1, hidden: true },
  ];
  return (
    <DataTable name="bank-orders" label={t("tabs.orders")} columns={columns} rows={found.data?.files} rowKey={(row) => row.message_id} problem={found.error} onRetry={() => void found.refetch()}
      onOpen={(row) => void navigate({ to: "/bank/orders/$id" as string, params: { id: row.message_id } as never })}
      empty={<Block><Empty icon={Send} title={t("no_order")} hint={t(onMake ? "no_order_hint" : "no_order_hint_other")}>{onMake ? <Button leftSection={<FileDown size={15} aria-hidden />} onClick={onMake}>{t("make")}</Button> : null}</Empty></Block>} />
  );
}

/** How many orders of a file stand how. */
export function StateCounts({ of: file }: { of: File }) {
  const { t } = useTranslation("bank");
  return <>{(Object.keys(STATES) as (keyof typeof STATES)[]).filter((one) => file.states[one]).map((one) => <span key={one}><Badge tone={STATES[one]}>{t("state_count", { state: t(`order_states.${one}`), count: file.states[one] })}</Badge> </span>)}</>;
}
