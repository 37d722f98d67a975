/** Every account, the newest first: what is lent, what is due, and who is late. */
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Wallet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Amount, AMOUNT_PX, type Column, CopyAsApiCall, DataTable, Day, DAY_PX, Empty, number, Page, useUrlState } from "../../kit";
import { Late, StateBadge } from "./state";

type Account = Shape<"AccountShown">;
type State = "any" | "open" | "late" | "frozen" | "repaid" | "written_off" | "closed";

const STATES: State[] = ["any", "late", "repaid", "written_off", "closed"];
const PAGE = 100;

export default function AccountsPage() {
  const { t } = useTranslation("accounts");
  const navigate = useNavigate();
  const [state, setState] = useUrlState("state", "any");
  const found = useInfiniteQuery({
    queryKey: ["/v1/accounts", state],
    queryFn: async ({ pageParam }) => {
      const { data } = await api.GET("/v1/accounts", { params: { query: { state: state as State, limit: PAGE, before: pageParam ?? undefined } } });
      return data as Shape<"AccountPage">;
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const rows = found.data?.pages.flatMap((page) => page.accounts);
  const columns: Column<Account>[] = [
    { id: "number", header: t("number"), value: (row) => row.number, cell: (row) => <>{number(row.number)}</>, width: 80, grow: 0, align: "right" },
    { id: "product", header: t("product"), value: (row) => row.product, cell: (row) => <span className="mono nowrap">{row.product}</span>, width: 150, grow: 1, choices: "found" },
    { id: "owner", header: t("owner"), value: (row) => row.owner, cell: (row) => <span className="mono">{row.owner.slice(0, 12)}</span>, width: 130, grow: 1 },
    { id: "opened", header: t("opened"), value: (row) => row.opened_on, cell: (row) => <Day on={row.opened_on} />, width: DAY_PX, grow: 0 },
    { id: "state", header: t("state"), value: (row) => t(`states.${row.state}`), cell: (row) => <StateBadge state={row.state} />, width: 110, grow: 0 },
    { id: "principal", header: t("principal"), value: (row) => row.principal_minor, cell: (row) => <Amount minor={row.principal_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "due", header: t("due"), value: (row) => row.due_minor, cell: (row) => <Amount minor={row.due_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "late", header: t("late"), hint: t("late_hint"), value: (row) => row.days_past_due, cell: (row) => <Late days={row.days_past_due} />, width: 135, grow: 0 },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path={state === "any" ? "/v1/accounts" : `/v1/accounts?state=${state}`} />}>
      <DataTable name="accounts" label={t("title")} columns={columns} rows={rows} rowKey={(row) => row.account_id} problem={found.error} onRetry={() => void found.refetch()}
        tools={<SegmentedControl size="xs" aria-label={t("state")} data={STATES.map((value) => ({ value, label: t(`filter.${value}`) }))} value={state} onChange={setState} />}
        onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })}
        empty={state === "any" ? <Empty icon={Wallet} title={t("empty")} hint={t("empty_hint")} /> : <Empty icon={Wallet} title={t("none_such")} hint={t("none_such_hint")}><Button variant="default" onClick={() => setState("any")}>{t("show_all")}</Button></Empty>}
        end={{ more: found.hasNextPage, busy: found.isFetching, onMore: () => void found.fetchNextPage(), total: found.data?.pages.at(-1)?.count }} />
    </Page>
  );
}
