/** Whose allowance it is: the accounts of one stage, the most to be lost first, and why each is in it. */
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { PiggyBank } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, AMOUNT_PX, Block, DataTable, Empty, number, useUrlState, type Column } from "../../kit";
import { useReasons, type Placed } from "./reasons";

const STAGES = ["3", "2", "1"] as const;
const PAGE = 500;

export function InStage() {
  const { t } = useTranslation("provisions");
  const navigate = useNavigate();
  const reasons = useReasons();
  const [stage, setStage] = useUrlState("stage", "3");
  const found = useGet("/v1/provisions/accounts", { params: { query: { stage: stage as (typeof STAGES)[number], limit: PAGE } } });
  const columns: Column<Placed>[] = [
    { id: "number", header: t("account"), value: (row) => row.number, cell: (row) => <>{number(row.number)}</>, width: 90, grow: 0, align: "right" },
    { id: "gross", header: t("gross"), value: (row) => row.gross_minor, cell: (row) => <Amount minor={row.gross_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "allowance", header: t("allowance"), value: (row) => row.allowance_minor, cell: (row) => <Amount minor={row.allowance_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "why", header: t("why"), value: (row) => reasons(row).join(" "), width: 300, grow: 4 },
  ];
  return (
    <DataTable name="provision-accounts" label={t("whose")} columns={columns} rows={found.data?.accounts} rowKey={(row) => row.account_id} problem={found.error} onRetry={() => void found.refetch()}
      tools={<SegmentedControl size="xs" aria-label={t("stage")} data={STAGES.map((value) => ({ value, label: t(`stages.${value}`) }))} value={stage} onChange={setStage} />}
      onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })}
      empty={<Block><Empty icon={PiggyBank} title={t("none_in_stage")} hint={t("none_in_stage_hint")} /></Block>}
      end={{ more: false, busy: false, onMore: () => undefined, note: found.data && found.data.count > PAGE ? t("most_shown", { shown: PAGE, count: found.data.count }) : undefined }} />
  );
}
