/** Who is in a ring, and what they share, as tables. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shape as Api } from "../../api";
import { Amount, AMOUNT_PX, Badge, DataTable, fixed, Instant, number, OutcomeBadge, useEntityName, useUrlState, type Column } from "../../kit";

type Detail = Api<"RingDetail">;

export function MemberTable({ found }: { found: Detail }) {
  const { t } = useTranslation("rings");
  const [chosen, choose] = useUrlState("member");
  const entity = useEntityName();
  const { graph, member_kind: kind } = found.ring;
  const cells = found.cells.length > 1;
  const money = found.members.some((row) => row.amount_minor !== null); // not everybody may see it
  const columns = useMemo<Column<Api<"RingMember">>[]>(() => [
    { id: "member", header: entity(kind), value: (row) => row.member, cell: (row) => <Link to={"/graph" as string} search={{ graph, at: `${kind}:${row.member}` } as never} className="mono">{row.member.slice(0, 8)}</Link>, width: 84 },
    { id: "since", header: t("joined"), value: (row) => row.since, cell: (row) => <Instant at={row.since} form="minute" />, width: 130, grow: 0 },
    { id: "outcome", header: t("decided"), hint: t("last_outcome"), value: (row) => row.outcome, cell: (row) => (row.outcome ? <OutcomeBadge outcome={row.outcome} /> : null), width: 120, grow: 0 },
    { id: "known", header: t("known"), value: (row) => (row.bad === null ? "" : t(row.bad ? "risk.bad" : "good")), cell: (row) => (row.bad === null ? <span className="soft">{t("not_known")}</span> : <Badge tone={row.bad ? "bad" : "good"}>{t(row.bad ? "risk.bad" : "good")}</Badge>), width: 118, grow: 0 },
    { id: "heat", header: t("heat"), hint: t("heat_hint"), value: (row) => row.heat, cell: (row) => (row.heat === null ? null : <>{fixed(row.heat)}</>), width: 62, grow: 0, align: "right" },
    { id: "why", header: t("why_here"), value: (row) => [row.grown ? t("grown") : "", row.household ? t("household") : ""].filter(Boolean).join(", "), width: 100, grow: 2 },
    { id: "amount", header: t("asked_for"), value: (row) => row.amount_minor, cell: (row) => <Amount minor={row.amount_minor} />, width: AMOUNT_PX, grow: 0, align: "right", hidden: !money },
    { id: "cell", header: t("cell"), value: (row) => row.cell + 1, width: 55, grow: 0, align: "right", hidden: !cells },
  ], [t, entity, graph, kind, cells, money]);
  return <DataTable name="ring-members" label={t("who")} columns={columns} rows={found.members} rowKey={(row) => row.member} current={chosen || undefined} onOpen={(row) => choose(row.member)} height={420} bare />;
}

export function IdentifierTable({ found }: { found: Detail }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  const [chosen, choose] = useUrlState("member");
  const { graph } = found.ring;
  const columns = useMemo<Column<Api<"RingIdentifier">>[]>(() => [
    { id: "kind", header: t("kind"), value: (row) => entity(row.kind), width: 138 },
    { id: "identifier", header: t("identifier"), value: (row) => row.identifier, cell: (row) => <Link to={"/graph" as string} search={{ graph, at: `${row.kind}:${row.identifier}` } as never} className="mono">{row.identifier.slice(0, 8)}</Link>, width: 100 },
    { id: "members", header: t("here"), hint: t("in_this_ring"), value: (row) => row.members, cell: (row) => <>{number(row.members)}</>, width: 65, grow: 0, align: "right" },
    { id: "users", header: t("users"), hint: t("users_hint"), value: (row) => row.users, cell: (row) => <>{number(row.users)}</>, width: 65, grow: 0, align: "right" },
    { id: "bad", header: t("bad_short"), hint: t("risk.bad"), value: (row) => row.known_bad, cell: (row) => <>{number(row.known_bad)}</>, width: 60, grow: 0, align: "right" },
    { id: "good", header: t("good_short"), hint: t("good"), value: (row) => row.known_good, cell: (row) => <>{number(row.known_good)}</>, width: 65, grow: 0, align: "right" },
    { id: "note", header: t("note"), value: (row) => [row.crowd ? t("crowd") : "", row.on_list ?? ""].filter(Boolean).join(", "), cell: (row) => <span className="nowrap">{row.crowd ? <Badge>{t("crowd")}</Badge> : null}{row.on_list ? <Badge tone="bad">{row.on_list}</Badge> : null}</span>, width: 120, grow: 2 },
    { id: "last", header: t("last_use"), value: (row) => row.last_at, cell: (row) => <Instant at={row.last_at} form="minute" />, width: 130, grow: 0 },
  ], [t, graph, entity]);
  return <DataTable name="ring-identifiers" label={t("shared")} columns={columns} rows={found.identifiers} rowKey={(row) => `${row.kind}:${row.identifier}`} current={chosen ? found.identifiers.filter((one) => one.identifier === chosen).map((one) => `${one.kind}:${one.identifier}`)[0] : undefined} onOpen={(row) => choose(row.identifier)} height={420} bare />;
}
