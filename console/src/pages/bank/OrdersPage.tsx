/** One file of orders: each order, and what the bank said of it. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Block, Copyable, CopyAsApiCall, DataTable, Day, ErrorPanel, Instant, Loading, Page, Pairs, useMoney, type Column } from "../../kit";
import classes from "./bank.module.css";
import { StateCounts } from "./Orders";
import { OrderState, useCodes } from "./words";

type Order = Shape<"BankOrderShown">;

export default function OrdersPage() {
  const { t } = useTranslation("bank");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/bank/orders/{message_id}", { params: { path: { message_id: id } } }, { refetchInterval: 30_000 });
  const file = found.data?.file;
  const money = useMoney(file?.currency);
  return (
    <Page title={file ? t("order_title", { kind: t(`order_kinds.${file.kind}`), amount: money(file.total_minor) }) : t("tabs.orders")} back={{ to: "/bank", words: t("title"), search: { tab: "orders" } }}
      lead={file ? <StateCounts of={file} /> : undefined} actions={<CopyAsApiCall path={`/v1/bank/orders/${id}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !found.data ? <Loading lines={8} /> : null}
      {found.data ? (
        <div className={classes.stack}>
          <Block>
            <Pairs of={[
              [t("on"), <Day key="o" on={found.data.file.on} />],
              [t("made_at"), <Instant key="m" at={found.data.file.made_at} />],
              [t("made_by"), found.data.file.made_by],
              [t("order_id"), <Copyable key="i" text={found.data.file.order_id} />],
              [t("message"), <Copyable key="g" text={found.data.file.message_id} />],
            ]} />
          </Block>
          <Lines orders={found.data.orders} currency={found.data.file.currency} />
          <p className="soft">{t("parties_not_kept")}</p>
        </div>
      ) : null}
    </Page>
  );
}

function Lines({ orders, currency }: { orders: Order[]; currency: string }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const navigate = useNavigate();
  const columns: Column<Order>[] = [
    { id: "account", header: t("account"), value: (row) => row.account_id, cell: (row) => <span className="mono">{row.account_id}</span>, width: 150, grow: 2 },
    { id: "plan", header: t("plan"), value: (row) => row.plan, cell: (row) => <span className="mono">{row.plan}</span>, width: 110, grow: 1 },
    { id: "amount", header: t("amount"), value: (row) => row.amount_minor, cell: (row) => <Amount minor={row.amount_minor} currency={currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "state", header: t("state"), value: (row) => t(`order_states.${row.state}`), cell: (row) => <OrderState state={row.state} />, width: 140, grow: 0, choices: "found" },
    { id: "bank", header: t("bank_says"), value: (row) => [row.status, row.reason].filter(Boolean).join(" "), cell: (row) => <>{[row.status ? codes.status(row.status) : "", row.reason ? codes.reason(row.reason) : ""].filter(Boolean).join(t("joins"))}</>, width: 200, grow: 2 },
    { id: "end", header: t("end_to_end"), value: (row) => row.end_to_end, cell: (row) => <span className="mono">{row.end_to_end}</span>, width: 210, grow: 1 },
  ];
  return <DataTable name="bank-order-lines" label={t("tabs.orders")} columns={columns} rows={orders} rowKey={(row) => row.end_to_end} onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })} />;
}
