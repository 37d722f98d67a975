/** Money at the bank that nobody could place, the oldest first: what the bank said of it, and why it waits. */
import { CheckCheck, Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Block, type Column, DataTable, Day, DAY_PX, Empty, useMay, useMoney, useUrlState } from "../../kit";
import { ItemPanel } from "./ItemPanel";
import { useCodes } from "./words";

type Item = Shape<"BankItemShown">;

const PAGE = 500;

export function Items() {
  const { t } = useTranslation("bank");
  const may = useMay("read_personal");
  if (!may) return <Block><Empty icon={Lock} title={t("items_forbidden")} hint={t("items_forbidden_hint")} /></Block>;
  return <Waiting />;
}

function Waiting() {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const [open, setOpen] = useUrlState("item");
  const found = useGet("/v1/bank/items", { params: { query: { limit: PAGE } } }, { refetchInterval: 30_000 });
  const rows = found.data?.items;
  const columns: Column<Item>[] = [
    { id: "booked", header: t("booked"), value: (row) => row.booked, cell: (row) => <Day on={row.booked} />, width: DAY_PX, grow: 0 },
    { id: "amount", header: t("amount"), hint: t("amount_hint"), value: signed, cell: (row) => <Amount minor={signed(row)} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "why", header: t("waits"), value: (row) => codes.why(row.why), width: 220, grow: 2, choices: "found" },
    { id: "party", header: t("party"), value: (row) => row.party ?? t("erased"), cell: (row) => row.party ?? <span className="soft">{t("erased")}</span>, width: 150, grow: 1 },
    { id: "said", header: t("said"), value: (row) => wrote(row).join(" · "), width: 160, grow: 2 },
    { id: "account", header: t("seems"), value: (row) => row.account_id ?? "", cell: (row) => <span className="mono">{row.account_id ?? ""}</span>, width: 165, grow: 1 },
  ];
  return (
    <>
      {found.data?.count ? <Suspense of={found.data} /> : null}
      <DataTable name="bank-items" label={t("tabs.items")} columns={columns} rows={rows} rowKey={(row) => row.item} current={open} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => setOpen(row.item)} empty={<Block><Empty icon={CheckCheck} title={t("no_item")} hint={t("no_item_hint")} /></Block>}
        end={{ more: false, busy: false, onMore: () => undefined, note: found.data && found.data.count > PAGE ? t("oldest_shown", { shown: PAGE, count: found.data.count }) : undefined }} />
      <ItemPanel item={rows?.find((row) => row.item === open)} onClose={() => setOpen("")} />
    </>
  );
}

/** What is in suspense: the books hold it until somebody says what it is. */
function Suspense({ of: page }: { of: Shape<"BankItemPage"> }) {
  const { t } = useTranslation("bank");
  return <p className="soft">{t("waiting", { count: page.count })} {Object.entries(page.suspense_minor).map(([currency, minor]) => <InSuspense key={currency} currency={currency} minor={minor} />)}</p>;
}

function InSuspense({ currency, minor }: { currency: string; minor: number }) {
  const { t } = useTranslation("bank");
  return <span className="nowrap">{t("suspense", { amount: useMoney(currency)(minor) })} </span>;
}

const NOTHING = "NOTPROVIDED"; // what banks put where a payer gave no reference

/** What the other side wrote. */
export const wrote = (item: Item): string[] => (item.references ?? []).filter((one) => one !== NOTHING);

/** What came in above zero, what went out below. */
export const signed = (item: Item): number => (item.incoming ? item.amount_minor : -item.amount_minor);
