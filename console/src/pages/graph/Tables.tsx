/** The same nodes and links as tables: for who hears the page, and for who wants to sort and take them along. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, DataTable, Instant, number, OutcomeBadge, percent, useEntityName, type Column } from "../../kit";
import { riskOf } from "./appearance";
import { endsOf, idOf, shortOf, type Link, type Node } from "./explored";

export function NodeTable({ nodes, current, onOpen }: { nodes: readonly Node[]; current: string | undefined; onOpen: (id: string) => void }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const columns = useMemo<Column<Node>[]>(() => [
    { id: "kind", header: t("kind"), value: (row) => entity(row.kind), width: 100, choices: "found" },
    { id: "key", header: t("pseudonym"), value: (row) => row.key, cell: (row) => <span className="mono">{shortOf(row.key)}</span>, width: 110 },
    { id: "step", header: t("step"), hint: t("step_hint"), value: (row) => row.step, width: 80, grow: 0, align: "right" },
    { id: "degree", header: t("degree"), hint: t("degree_hint"), value: (row) => row.degree, cell: (row) => <>{number(row.degree)}{row.crowd ? "+" : ""}</>, width: 80, grow: 0, align: "right" },
    { id: "risk", header: t("standing"), value: (row) => t(`risk.${riskOf(row)}`), cell: (row) => (row.bad_since ? <Badge tone="bad">{t("risk.bad")}</Badge> : row.decision ? <OutcomeBadge outcome={row.decision.outcome} /> : row.crowd ? <Badge>{t("crowd")}</Badge> : null), width: 130, choices: "found" },
    { id: "score", header: t("probability"), value: (row) => row.decision?.probability ?? null, cell: (row) => (typeof row.decision?.probability === "number" ? <>{percent(row.decision.probability)}</> : null), width: 95, grow: 0, align: "right" },
    { id: "lists", header: t("lists"), value: (row) => row.lists.map(({ name }) => name).join(", "), width: 120 },
    { id: "last", header: t("last_use"), value: (row) => row.last_at ?? "", cell: (row) => <Instant at={row.last_at} form="short" />, width: 140, grow: 0 },
  ], [t, entity]);
  return <DataTable name="graph-nodes" label={t("view.nodes")} columns={columns} rows={nodes} rowKey={idOf} current={current} onOpen={(row) => onOpen(idOf(row))} height="fill" />;
}

export function LinkTable({ links, member, onOpen }: { links: readonly Link[]; member: string; onOpen: (id: string) => void }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const columns = useMemo<Column<Link>[]>(() => [
    { id: "member", header: entity(member), value: (row) => row.member, cell: (row) => <span className="mono">{shortOf(row.member)}</span>, width: 120 },
    { id: "kind", header: t("kind"), value: (row) => entity(row.kind), width: 110, choices: "found" },
    { id: "identifier", header: t("shared_thing"), value: (row) => row.identifier, cell: (row) => <span className="mono">{shortOf(row.identifier)}</span>, width: 120 },
    { id: "last", header: t("last_use"), value: (row) => row.last_at, cell: (row) => <Instant at={row.last_at} form="short" />, width: 150, grow: 0 },
  ], [t, entity, member]);
  return <DataTable name="graph-links" label={t("view.links")} columns={columns} rows={links} rowKey={(row) => endsOf(row, member).join(" ")} onOpen={(row) => onOpen(endsOf(row, member)[0])} height="fill" />;
}
