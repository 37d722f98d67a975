/** Everybody with an entry, and for administrators: add, change, dismiss. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { refresh, useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, DataTable, Empty, Instant, useKeys, useMay, useUrlState, type Column, type Tone } from "../../kit";
import { AddPerson } from "./AddPerson";
import { linkOf, ShownOnce } from "./OneTimeLink";
import { PersonPanel } from "./PersonPanel";

export type Person = Shape<"PersonSummary">;

const TONES: Record<Person["state"], Tone> = { active: "good", invited: "wait", disabled: "neutral" };

export function PersonState({ state }: { state: Person["state"] }) {
  const { t } = useTranslation("settings");
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>;
}

export function People() {
  const { t } = useTranslation("settings");
  const { t: words } = useTranslation("app");
  const client = useQueryClient();
  const manages = useMay("manage");
  const found = useGet("/v1/people");
  const [name, setName] = useUrlState("person");
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Shape<"LinkMade"> | null>(null);
  useKeys(t("tab.people"), manages ? [{ keys: "n", words: t("people.add"), act: () => setAdding(true) }] : []);

  const rolesOf = (person: Person): string => person.roles.map((role) => words(`role.${role}`)).join(" · ");
  const columns: Column<Person>[] = [
    { id: "shown", header: t("people.person"), value: (row) => row.display_name, width: 180, grow: 2 },
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span>, width: 150 },
    { id: "roles", header: t("roles"), value: rolesOf, width: 220, grow: 3 },
    { id: "state", header: t("people.state"), value: (row) => t(`state.${row.state}`), cell: (row) => <PersonState state={row.state} />, width: 120, grow: 0, choices: "found" },
    ...(manages ? [{ id: "last", header: t("people.last"), value: (row: Person) => row.last_sign_in_at ?? "", cell: (row: Person) => (row.last_sign_in_at ? <Instant at={row.last_sign_in_at} form="short" /> : <span className="soft">{t("never")}</span>), width: 160, grow: 0 }] : []),
    { id: "by", header: t("people.by"), value: (row) => row.added_by, width: 120, hidden: true },
    { id: "added", header: t("people.added"), value: (row) => row.added_at, cell: (row) => <Instant at={row.added_at} form="short" />, width: 160, grow: 0, hidden: true },
  ];
  const person = found.data?.people.find((one) => one.name === name);
  return (
    <Block title={t("tab.people")} note={t("people.note")} flush
      actions={<>
        {manages ? <Button leftSection={<UserPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>{t("people.add")}</Button> : null}
        <CopyAsApiCall path="/v1/people" />
      </>}>
      <DataTable name="people" label={t("tab.people")} columns={columns} rows={found.data?.people} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        current={name || undefined} onOpen={manages ? (row) => setName(row.name) : undefined}
        empty={<Empty title={t("people.empty")} hint={t("people.empty_hint")}>{manages ? <Button variant="light" onClick={() => setAdding(true)}>{t("people.add")}</Button> : null}</Empty>} />
      {adding ? <AddPerson onClose={() => setAdding(false)} onMade={(link) => { setAdding(false); setMade(link); void refresh(client, "/v1/people"); }} /> : null}
      {manages ? <PersonPanel person={person} onClose={() => setName("")} onLink={setMade} /> : null}
      <ShownOnce title={t("link.title")} text={made ? linkOf(made.path) : ""} note={t("link.note", { name: made?.person.display_name })} onClose={() => setMade(null)} />
    </Block>
  );
}
