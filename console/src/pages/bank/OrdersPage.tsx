/** One file of orders: each order, who is paid where another person has to agree, and what the bank said of it. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Block, Copyable, CopyAsApiCall, DataTable, Day, ErrorPanel, Instant, Loading, Page, Pairs, useMay, useMoney, type Column } from "../../kit";
import { Answer, DownloadOrders } from "./Answer";
import classes from "./bank.module.css";
import { StateCounts } from "./Orders";
import { OrderState, useCodes } from "./words";

type Order = Shape<"BankOrderShown">;
type Party = Shape<"BankOrderParty">;

export default function OrdersPage() {
  const { t } = useTranslation("bank");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/bank/orders/{message_id}", { params: { path: { message_id: id } } }, { refetchInterval: 30_000 });
  const file = found.data?.file;
  const personal = useMay("read_personal");
  const who = useGet("/v1/bank/orders/{message_id}/parties", { params: { path: { message_id: id } } }, { enabled: personal && file?.kept === true });
  const money = useMoney(file?.currency);
  return (
    <Page title={file ? t("order_title", { kind: t(`order_kinds.${file.kind}`), amount: money(file.total_minor) }) : t("tabs.orders")} back={{ to: "/bank", words: t("title"), search: { tab: "orders" } }}
      lead={file ? <StateCounts of={file} /> : undefined} actions={<CopyAsApiCall path={`/v1/bank/orders/${id}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !found.data ? <Loading lines={8} /> : null}
      {found.data ? (
        <div className={classes.stack}>
          <Block>
            <div className={classes.stack}>
              <Answer of={found.data.file} />
              <DownloadOrders of={found.data.file} />
              <Pairs of={[
                ...(found.data.file.answered_by ? [[t(found.data.file.standing === "declined" ? "declined_by" : "agreed_by"), found.data.file.answered_by] as [string, string]] : []),
                ...(found.data.file.reason ? [[t("decline_reason"), t(`decline_reasons.${found.data.file.reason}`)] as [string, string]] : []),
                ...(who.data ? [[t("sender_is"), `${who.data.sender} ${who.data.sender_account}`] as [string, string]] : []),
                [t("on"), <Day key="o" on={found.data.file.on} />],
                [t("made_at"), <Instant key="m" at={found.data.file.made_at} />],
                [t("made_by"), found.data.file.made_by],
                [t("order_id"), <Copyable key="i" text={found.data.file.order_id} />],
                [t("message"), <Copyable key="g" text={found.data.file.message_id} />],
              ]} />
            </div>
          </Block>
          {who.error ? <ErrorPanel problem={who.error} onRetry={() => void who.refetch()} /> : null}
          <Lines orders={found.data.orders} parties={who.data?.parties} currency={found.data.file.currency} />
          <p className="soft">{t(found.data.file.kept ? "parties_kept" : "parties_not_kept")}</p>
        </div>
      ) : null}
    </Page>
  );
}

function Lines({ orders, parties, currency }: { orders: Order[]; parties: Party[] | undefined; currency: string }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const navigate = useNavigate();
  const by = new Map(parties?.map((one) => [one.end_to_end, one]));
  const whose: Column<Order>[] = parties ? [
    { id: "name", header: t("party"), value: (row) => by.get(row.end_to_end)?.name ?? t("erased"), width: 160, grow: 2 },
    { id: "iban", header: t("party_account"), value: (row) => by.get(row.end_to_end)?.account ?? t("erased"), cell: (row) => <span className="mono nowrap">{by.get(row.end_to_end)?.account ?? t("erased")}</span>, width: 230, grow: 1 },
  ] : [];
  const columns: Column<Order>[] = [
    { id: "account", header: t("account"), value: (row) => row.account_id, cell: (row) => <span className="mono">{row.account_id}</span>, width: 150, grow: 2 },
    { id: "plan", header: t("plan"), value: (row) => row.plan, cell: (row) => <span className="mono">{row.plan}</span>, width: 110, grow: 1 },
    { id: "amount", header: t("amount"), value: (row) => row.amount_minor, cell: (row) => <Amount minor={row.amount_minor} currency={currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    ...whose,
    { id: "state", header: t("state"), value: (row) => t(`order_states.${row.state}`), cell: (row) => <OrderState state={row.state} />, width: 140, grow: 0, choices: "found" },
    { id: "bank", header: t("bank_says"), value: (row) => [row.status, row.reason].filter(Boolean).join(" "), cell: (row) => <>{[row.status ? codes.status(row.status) : "", row.reason ? codes.reason(row.reason) : ""].filter(Boolean).join(t("joins"))}</>, width: 200, grow: 2 },
    { id: "end", header: t("end_to_end"), value: (row) => row.end_to_end, cell: (row) => <span className="mono">{row.end_to_end}</span>, width: 210, grow: 1 },
  ];
  return <DataTable name="bank-order-lines" label={t("tabs.orders")} columns={columns} rows={orders} rowKey={(row) => row.end_to_end} onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })} />;
}
