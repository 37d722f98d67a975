import { Button, SegmentedControl } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ListPlus, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, CopyAsApiCall, DataTable, Empty, Instant, number, Page, useEntityName, useKeys, useMay, useUrlState, type Column } from "../../kit";
import { Proof } from "../propagation/Proof";
import { BulkPanel, type BulkStart } from "./BulkPanel";
import { ListHistory } from "./ListHistory";
import { ListKind } from "./ListsPage";
import { LookupDialog } from "./LookupDialog";
import { MemberPanel } from "./MemberPanel";
import { useEntries, type EntryState } from "./useEntries";

type Entry = Shape<"ListEntrySummary">;

const STATES: readonly EntryState[] = ["all", "in_force", "expiring", "expired"];

export default function ListPage() {
  const { t } = useTranslation(["lists", "propagation"]);
  const { name } = useParams({ strict: false }) as { name: string };
  const client = useQueryClient();
  const entity = useEntityName();
  const lists = useGet("/v1/lists");
  const list = lists.data?.lists.find((one) => one.name === name);
  const unknown = lists.data !== undefined && list === undefined;
  const [state, setState] = useUrlState("state", "all");
  const [member, setMember] = useUrlState("member");
  const entries = useEntries(name, state as EntryState);
  const [bulk, setBulk] = useState<BulkStart | null>(null);
  const [looking, setLooking] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [changedAt, setChangedAt] = useState<string | null>(null);
  const mayEdit = useMay("edit_lists");
  const mayLook = useMay("read_personal");

  useKeys(t("title"), [
    ...(mayEdit ? [{ keys: "n", words: t("key_add"), act: () => setBulk({ action: "add", text: "" }) }] : []),
    ...(mayLook ? [{ keys: "u", words: t("lookup"), act: () => setLooking(true) }] : []),
  ]);

  const named = entity(list?.entity ?? "").toLowerCase(); // in the middle of a sentence
  const done = (since: string): void => {
    setChangedAt(since);
    setSelected(new Set());
    void client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === "string" && path.startsWith("/v1/lists") });
  };
  const columns: Column<Entry>[] = [
    { id: "member", header: t("member"), hint: t("member_hint"), value: (row) => row.member, cell: (row) => <span className="mono nowrap">{row.member.slice(0, 12)}</span>, width: 140, grow: 0 },
    { id: "reason", header: t("reason"), value: (row) => row.reason, width: 240, grow: 3, choices: "found" },
    { id: "source", header: t("source"), value: (row) => row.source, width: 150, choices: "found" },
    { id: "by", header: t("by"), value: (row) => row.added_by, width: 120, choices: "found" },
    { id: "added", header: t("added"), value: (row) => row.added_at, cell: (row) => <Instant at={row.added_at} form="short" />, width: 175, grow: 0 },
    {
      id: "expires", header: t("expires"), value: (row) => row.expires_at ?? "", width: 175, grow: 0,
      cell: (row) => (row.expires_at ? (row.in_force ? <Instant at={row.expires_at} form="short" /> : <Badge>{t("expired")}</Badge>) : <span className="soft">{t("never")}</span>),
    },
  ];
  return (
    <Page title={<span className="mono">{name}</span>} back={{ to: "/lists", words: t("title") }}
      lead={list ? <><ListKind kind={list.kind} /> {t("of", { entity: named })} {list.description}</> : undefined}
      actions={unknown ? undefined : <>
        {mayLook ? <Button variant="default" leftSection={<Search size={15} aria-hidden />} onClick={() => setLooking(true)}>{t("lookup")}</Button> : null}
        {mayEdit ? <Button leftSection={<ListPlus size={15} aria-hidden />} onClick={() => setBulk({ action: "add", text: "" })}>{t("change")}</Button> : null}
        <CopyAsApiCall path={`/v1/lists/${name}/entries`} />
      </>}>
      {changedAt ? <Proof kind="list" name={name} since={changedAt} /> : null}
      <DataTable name={`list.${name}`} label={t("entries")} columns={columns} rows={entries.rows} rowKey={(row) => row.member} onOpen={(row) => setMember(row.member)}
          problem={entries.problem} onRetry={entries.again} current={member || undefined} height={520}
          tools={<SegmentedControl size="xs" aria-label={t("state")} value={state} onChange={setState} data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />}
          selection={mayEdit ? {
            keys: selected,
            onChange: setSelected,
            actions: <Button size="compact-sm" variant="default" onClick={() => setBulk({ action: "remove", text: [...selected].join("\n") })}>{t("take_off")}</Button>,
          } : undefined}
          end={{ more: entries.more, busy: entries.busy, onMore: entries.next, total: entries.total, note: entries.more ? t("loaded", { shown: number(entries.rows?.length ?? 0), all: number(entries.total) }) : undefined }}
          empty={<Empty title={t(state === "all" ? "no_entries" : "no_entries_so")} hint={t("no_entries_hint")}>
            {mayEdit ? <Button variant="light" onClick={() => setBulk({ action: "add", text: "" })}>{t("change")}</Button> : null}
          </Empty>} />
      {unknown ? null : <ListHistory name={name} />}
      {bulk ? <BulkPanel name={name} entity={named} start={bulk} onClose={() => setBulk(null)} onDone={done} /> : null}
      <LookupDialog name={name} entity={named} opened={looking} onClose={() => setLooking(false)} onFound={setMember} />
      <MemberPanel name={name} member={member} onClose={() => setMember("")} onTakeOff={mayEdit ? (one) => { setMember(""); setBulk({ action: "remove", text: one }); } : undefined} />
    </Page>
  );
}
