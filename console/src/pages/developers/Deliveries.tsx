/** Messages of one webhook, newest first; what was not taken can be sent again. */
import { Button, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Inbox, RotateCw } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useGet, type Shape } from "../../api";
import { Block, Code, Copyable, DataTable, duration, Empty, ErrorPanel, Instant, Loading, noteDone, noteProblem, number, Pairs, SidePanel, useUrlState, type Column } from "../../kit";
import { StateBadge, useDeliveryWords } from "./StateBadge";

type Delivery = Shape<"DeliverySummary">;

const PAGE = 200;
const AGAIN_MS = 3000;

export function Deliveries({ webhook, onSent }: { webhook: string; onSent: () => void }) {
  const { t } = useTranslation("developers");
  const [open, setOpen] = useUrlState("open");
  const words = useDeliveryWords();
  const found = useInfiniteQuery({
    queryKey: ["deliveries", webhook],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await api.GET("/v1/webhooks/{webhook_id}/deliveries", { params: { path: { webhook_id: webhook }, query: { limit: PAGE, before: pageParam } }, signal });
      return data as Shape<"DeliveryPage">;
    },
    getNextPageParam: (last) => last.next_before ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : AGAIN_MS), // who reads on is left in peace
  });
  const rows = useMemo(() => found.data?.pages.flatMap(({ deliveries }) => deliveries), [found.data]);
  const columns = useMemo<Column<Delivery>[]>(() => [
    { id: "created", header: t("delivery.created"), value: (row) => row.created_at, cell: (row) => <Instant at={row.created_at} form="short" />, width: 160, grow: 0 },
    { id: "state", header: t("hooks.state"), value: (row) => row.state, cell: (row) => <StateBadge state={row.state} />, width: 130, grow: 0, choices: words },
    { id: "kind", header: t("delivery.kind"), value: (row) => t(`kind.${row.kind.replace(".", "_")}`), width: 160, choices: "found" },
    { id: "status", header: t("delivery.answer"), value: (row) => row.status ?? (row.error ? t(`error.${row.error}`) : ""), width: 150 },
    { id: "attempts", header: t("delivery.attempts"), value: (row) => row.attempts, width: 100, grow: 0, align: "right" },
    { id: "took", header: t("delivery.took"), value: (row) => row.took_ms, cell: (row) => (row.took_ms === null ? null : <>{duration(row.took_ms * 1000)}</>), width: 110, grow: 0, align: "right" },
    { id: "seq", header: t("delivery.seq"), value: (row) => row.seq, width: 100, grow: 0, align: "right", hidden: true },
    { id: "id", header: t("delivery.id"), value: (row) => row.id, cell: (row) => <span className="mono">{row.id}</span>, width: 220, grow: 2 },
  ], [t, words]);
  return (
    <Block title={t("delivery.title")} note={t("delivery.note")} flush>
      <DataTable name="deliveries" label={t("delivery.title")} columns={columns} rows={rows} rowKey={(row) => row.id} current={open || undefined} onOpen={(row) => setOpen(row.id)}
        problem={found.error ?? undefined} onRetry={() => void found.refetch()} height={460}
        end={{ more: found.hasNextPage, busy: found.isFetchingNextPage, onMore: () => void found.fetchNextPage() }}
        empty={<Empty icon={Inbox} title={t("delivery.empty")} hint={t("delivery.empty_hint")} />} />
      <SidePanel opened={open !== ""} onClose={() => setOpen("")} title={t("delivery.one")}>
        {open ? <OneDelivery webhook={webhook} id={open} onSent={onSent} /> : null}
      </SidePanel>
    </Block>
  );
}

function OneDelivery({ webhook, id, onSent }: { webhook: string; id: string; onSent: () => void }) {
  const { t } = useTranslation("developers");
  const path = { params: { path: { webhook_id: webhook, delivery_id: id } } } as const;
  const found = useGet("/v1/webhooks/{webhook_id}/deliveries/{delivery_id}", path);
  const [busy, setBusy] = useState(false);
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const one = found.data;
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST("/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/attempts", path);
      const tried = data as Shape<"DeliveryDetail">;
      noteDone(tried.error === null ? t("delivery.taken") : t("delivery.not_taken", { why: t(`error.${tried.error}`) }));
    } catch (error) {
      noteProblem(error);
    }
    setBusy(false);
    await found.refetch();
    onSent();
  };
  return (
    <Stack>
      <Pairs of={[
        [t("hooks.state"), <StateBadge key="state" state={one.state} />],
        [t("delivery.kind"), t(`kind.${one.kind.replace(".", "_")}`)],
        [t("delivery.id"), <Copyable key="id" text={one.id} />],
        [t("delivery.seq"), one.seq],
        [t("delivery.created"), <Instant key="created" at={one.created_at} />],
        [t("delivery.attempts"), number(one.attempts)],
        [t("delivery.last"), one.attempted_at ? <Instant key="last" at={one.attempted_at} /> : null],
        [t("delivery.answer"), one.status],
        [t("delivery.error"), one.error ? t(`error.${one.error}`) : null],
      ]} />
      {one.state === "waiting" ? <p className="soft">{t("delivery.waits")}</p>
        : <div><Button variant="default" leftSection={<RotateCw size={15} aria-hidden />} loading={busy} onClick={() => void send()}>{t("delivery.again")}</Button></div>}
      <Code text={JSON.stringify(one.body, null, 2)} label={t("delivery.body")} />
    </Stack>
  );
}
