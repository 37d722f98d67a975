/** Figures of a group: value, interval, limit, rows; those beyond their limit first. */
import { BellRing, Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, DataTable, number, type Column } from "../../kit";
import { told, useFigureName } from "./figures";

type Figure = Shape<"Figure">;

export function FigureTable({ figures }: { figures: readonly Figure[] }) {
  const { t } = useTranslation("monitoring");
  const nameOf = useFigureName();
  const interval = (row: Figure): string => (row.low === null || row.low === undefined || row.high === null || row.high === undefined ? "" : `${told(row.name, row.low)} – ${told(row.name, row.high)}`);
  const limit = (row: Figure): string => (row.limit === null || row.limit === undefined ? "" : told(row.name, row.limit));
  const standing = (row: Figure): string => (row.beyond ? t("beyond") : row.limit === null || row.limit === undefined ? t("only_told") : t("within"));
  const columns: Column<Figure>[] = [
    { id: "name", header: t("figure"), value: (row) => nameOf(row.name), width: 220, grow: 2 },
    { id: "value", header: t("value"), value: (row) => row.value, cell: (row) => <>{told(row.name, row.value)}</>, width: 100, grow: 0, align: "right" },
    { id: "interval", header: t("interval"), value: interval, width: 160, grow: 0, align: "right" },
    { id: "limit", header: t("limit"), value: (row) => row.limit ?? null, cell: (row) => <>{limit(row)}</>, width: 100, grow: 0, align: "right" },
    { id: "n", header: t("rows"), value: (row) => row.n, cell: (row) => <>{number(row.n)}</>, width: 100, grow: 0, align: "right" },
    { id: "standing", header: t("status"), value: standing, width: 150, grow: 0, choices: "found",
      cell: (row) => (row.beyond ? <Badge tone="bad" icon={BellRing}>{standing(row)}</Badge> : row.limit === null || row.limit === undefined ? <span className="soft">{standing(row)}</span> : <Badge tone="good" icon={Check}>{standing(row)}</Badge>) },
  ];
  const rows = figures.toSorted((one, other) => Number(other.beyond) - Number(one.beyond));
  return <DataTable name="monitoring-figures" label={t("figures_title")} columns={columns} rows={rows} rowKey={(row) => row.name} empty={t("no_rows")} />;
}
