/** Who did what, newest first, from the journal. */
import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Badge, Block, Copyable, CopyAsApiCall, DataTable, Empty, Instant, Pairs, SidePanel, useUrlSearch, type Column } from "../../kit";
import classes from "./settings.module.css";

type Note = Shape<"AuditNote">;

const PAGE = 100;
const ACTIONS = [
  "signed_in", "signed_out", "sign_in_failed", "password_changed", "password_reset", "first_admin_welcomed", "invitation_taken", "link_made",
  "person_added", "person_renamed", "roles_changed", "person_disabled", "person_enabled", "key_made", "key_revoked",
  "list_changed", "pushed", "reviewed", "declined", "released", "rolled_back",
  "webhook_added", "webhook_changed", "webhook_removed", "webhook_secret_changed", "webhook_sent_again",
] as const;

export function Audit() {
  const { t } = useTranslation("settings");
  const [search, change] = useUrlSearch();
  const [who, setWho] = useState(search["by"] ?? "");
  const [by] = useDebouncedValue(who.trim(), 300);
  const action = search["action"];
  const found = useInfiniteQuery({
    queryKey: ["/v1/audit", action ?? "", by],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam ? { before: pageParam } : {}), ...(action ? { action } : {}), ...(by ? { by } : {}) };
      return (await api.GET("/v1/audit", { params: { query }, signal })).data as Shape<"AuditPage">;
    },
    getNextPageParam: (page) => page.next_before ?? undefined,
  });
  const rows = found.data?.pages.flatMap(({ notes }) => notes);
  const seq = search["note"];
  const note = rows?.find((one) => String(one.seq) === seq);
  const wordsOf = (name: string): string => t(`audit.actions.${name}`, { defaultValue: name });
  const columns: Column<Note>[] = [
    { id: "at", header: t("audit.at"), value: (row) => row.at, cell: (row) => <Instant at={row.at} form="short" />, width: 160, grow: 0, unsorted: true },
    { id: "action", header: t("audit.action"), value: (row) => wordsOf(row.action), width: 210, grow: 2, unsorted: true },
    { id: "by", header: t("audit.by"), value: (row) => row.by, width: 150, unsorted: true },
    { id: "kind", header: t("audit.kind"), value: (row) => t(`audit.kinds.${row.kind}`), cell: (row) => <Badge tone={row.kind === "process" ? "wait" : "neutral"}>{t(`audit.kinds.${row.kind}`)}</Badge>, width: 110, grow: 0, choices: "found", unsorted: true },
    { id: "object", header: t("audit.object"), value: (row) => row.object, cell: (row) => <span className="mono" title={row.object}>{shortened(row.object)}</span>, width: 220, grow: 3, unsorted: true },
    { id: "detail", header: t("audit.detail"), value: detailOf, width: 200, grow: 3, unsorted: true },
  ];
  const filtered = Boolean(action) || by !== "";
  return (
    <Block title={t("tab.audit")} note={t("audit.note")} flush actions={<CopyAsApiCall path="/v1/audit" />}>
      <DataTable name="audit" label={t("tab.audit")} columns={columns} rows={rows} rowKey={(row) => row.id} problem={found.error ?? undefined} onRetry={() => void found.refetch()}
        current={note?.id} onOpen={(row) => change({ note: String(row.seq) })} height={620}
        tools={<span className={classes.filters}>
          <Select size="xs" clearable searchable aria-label={t("audit.action")} placeholder={t("audit.any_action")} value={action ?? null} onChange={(chosen) => change({ action: chosen ?? undefined })}
            data={ACTIONS.map((value) => ({ value, label: wordsOf(value) }))} clearButtonProps={{ "aria-label": t("audit.any_action") }} />
          <TextInput size="xs" aria-label={t("audit.by")} placeholder={t("audit.anybody")} value={who} onChange={(event) => { setWho(event.currentTarget.value); change({ by: event.currentTarget.value.trim() || undefined }); }} />
        </span>}
        end={{ more: found.hasNextPage, busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }}
        empty={<Empty icon={ScrollText} title={t(filtered ? "audit.none_so" : "audit.none")} hint={t(filtered ? "audit.none_so_hint" : "audit.none_hint")}>
          {filtered ? <Button variant="light" onClick={() => { setWho(""); change({ action: undefined, by: undefined }); }}>{t("audit.all")}</Button> : null}
        </Empty>} />
      <SidePanel opened={note !== undefined} onClose={() => change({ note: undefined })} title={note ? wordsOf(note.action) : ""} size="md">
        {note ? <Details note={note} /> : null}
      </SidePanel>
    </Block>
  );
}

function Details({ note }: { note: Note }) {
  const { t } = useTranslation("settings");
  return (
    <Pairs of={[
      [t("audit.at"), <Instant key="at" at={note.at} />],
      [t("audit.by"), <span key="by" className="mono">{note.by}</span>],
      [t("audit.kind"), t(`audit.kinds.${note.kind}`)],
      [t("audit.speaking_as"), note.speaking_as],
      [t("audit.object"), <span key="object" className="mono">{note.object}</span>],
      [t("audit.before"), note.before ? <Copyable key="before" text={note.before} short={16} /> : null],
      [t("audit.after"), note.after ? <Copyable key="after" text={note.after} short={16} /> : null],
      ...Object.entries(note.detail as Record<string, unknown>).map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)] as const),
      [t("audit.seq"), note.seq],
      [t("audit.id"), <Copyable key="id" text={note.id} />],
    ]} />
  );
}

/** Digests in the name of an object, by their beginning. */
const shortened = (object: string): string => object.replaceAll(/[0-9a-f]{64}/g, (digest) => digest.slice(0, 12));

const detailOf = (note: Note): string =>
  Object.entries(note.detail as Record<string, unknown>)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : typeof value === "object" && value !== null ? Object.keys(value).join(", ") : String(value)}`)
    .join(" · ");
