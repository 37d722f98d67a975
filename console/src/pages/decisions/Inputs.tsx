import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { AMOUNT_PX, Badge, DataTable, FieldValue, inWords, plain, type Column } from "../../kit";
import classes from "./decision.module.css";
import type { Input } from "./trace";

type Row = Input & { name: string };

/** Everything that was known, where it came from, and how it is defined. */
export function Inputs({ inputs }: { inputs: Record<string, Input> }) {
  const { t, i18n } = useTranslation("decision");
  const rows = useMemo(() => Object.entries(inputs).map(([name, input]) => ({ name, ...input })), [inputs]);
  const columns = useMemo<Column<Row>[]>(() => [
    { id: "name", header: t("input"), value: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span>, width: 220 },
    { id: "value", header: t("value"), value: (row) => row.value as string | number | boolean | null, cell: (row) => (row.value === null || row.value === undefined ? <span className="soft">{t("none")}</span> : <span className={classes.given} title={plain(row.value)}><FieldValue name={row.name} value={row.value} /></span>), width: AMOUNT_PX, align: "right" },
    { id: "source", header: t("source"), value: (row) => row.source, cell: (row) => <Badge tone={row.source === "simulated" ? "wait" : "neutral"}>{t(`source_of.${row.source}`, { defaultValue: row.source })}</Badge>, width: 120, grow: 0, choices: ["event", "feature", "connector", "simulated"].map((value) => ({ value, label: t(`source_of.${value}`) })) },
    { id: "entity", header: t("of"), value: (row) => row.entity?.join(" + "), width: 130 },
    { id: "meaning", header: t("meaning"), value: (row) => inWords(row) || t("from_event"), width: 320, grow: 4 },
  // The texts depend on the language, which `t` follows.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  ], [t, i18n.language]);
  return (
    <section aria-label={t("inputs")}>
      <h2 style={{ margin: "0.5rem 0" }}>{t("inputs")}</h2>
      <DataTable name="inputs" label={t("inputs")} columns={columns} rows={rows} rowKey={(row) => row.name} height={460} />
    </section>
  );
}
