/** Every change of a list: who, when, how much. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, DataTable, Empty, Instant, number, type Column } from "../../kit";

type Change = Shape<"ListChangeSummary">;

export function ListHistory({ name }: { name: string }) {
  const { t } = useTranslation("lists");
  const found = useGet("/v1/lists/{name}/changes", { params: { path: { name }, query: { limit: 200 } } });
  const columns: Column<Change>[] = [
    { id: "at", header: t("when"), value: (row) => row.at, cell: (row) => <Instant at={row.at} form="short" />, width: 175, grow: 0 },
    { id: "by", header: t("by"), value: (row) => row.by, width: 140 },
    { id: "add", header: t("put_on"), value: (row) => row.add, cell: (row) => <>{number(row.add)}</>, width: 100, grow: 0, align: "right" },
    { id: "remove", header: t("taken_off"), value: (row) => row.remove, cell: (row) => <>{number(row.remove)}</>, width: 110, grow: 0, align: "right" },
    { id: "reason", header: t("reason"), value: (row) => row.reason ?? "", width: 240, grow: 3 },
  ];
  return (
    <Block title={t("changes")} note={t("changes_note")}>
      <DataTable name={`list.${name}.changes`} label={t("changes")} bare columns={columns} rows={found.data?.changes} rowKey={(row) => String(row.seq)} problem={found.error}
        onRetry={() => void found.refetch()} height={260} empty={<Empty title={t("no_changes")} />} />
    </Block>
  );
}
