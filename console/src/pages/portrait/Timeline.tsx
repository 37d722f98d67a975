import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Block, DataTable, Instant, OutcomeBadge, percent, useFieldText, useUrlSearch, useEntityName, type Column } from "../../kit";
import classes from "./portrait.module.css";

type Item = Shape<"TimelineItem">;
const PAGE = 100;

/** What happened, the last first, with the decisions taken; only what is seen is drawn. */
export function Timeline({ kind, member }: { kind: string; member: string }) {
  const { t } = useTranslation("portrait");
  const entity = useEntityName();
  const navigate = useNavigate();
  const [, change] = useUrlSearch();
  const text = useFieldText();
  const found = useInfiniteQuery({
    queryKey: ["/v1/entities/{kind}/{identifier}/timeline", kind, member],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await api.GET("/v1/entities/{kind}/{identifier}/timeline", { params: { path: { kind, identifier: member }, query: { limit: PAGE, before: pageParam } }, signal });
      return data as Shape<"EntityTimeline">;
    },
    getNextPageParam: (page) => page.next_before ?? undefined,
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.items), [found.data]);
  const told = useCallback((row: Item) => Object.entries(row.values).map(([name, value]) => `${name} ${text(name, value)}`).join(", "), [text]);
  const columns = useMemo<Column<Item>[]>(() => [
    { id: "at", header: t("when"), value: (row) => row.at, cell: (row) => <Instant at={row.at} />, width: 205, grow: 0 },
    { id: "event_type", header: t("event_type"), value: (row) => row.event_type, cell: (row) => <span className={classes.one} title={row.event_type}>{row.event_type}</span>, choices: "found", width: 150 },
    { id: "outcome", header: t("outcome"), value: (row) => row.decision?.outcome ?? "", cell: (row) => (row.decision ? <OutcomeBadge outcome={row.decision.outcome} /> : null), choices: "found", width: 110, grow: 0 },
    { id: "score", header: t("score"), value: (row) => Math.max(...Object.values(row.decision?.scores ?? {}), -1), cell: (row) => Object.values(row.decision?.scores ?? {}).map((one) => percent(one)).join(", "), align: "right", width: 84, grow: 0 },
    { id: "values", header: t("values"), value: told, cell: (row) => <span className={classes.one} title={told(row)}>{row.erased ? t("erased") : told(row)}</span>, width: 220, grow: 3, unsorted: true },
    { id: "others", header: t("others"), value: (row) => others(row, member).map((one) => one.member).join(" "), cell: (row) => <span className={classes.inRow}>{others(row, member).map((one) => <Link key={one.field} onClick={(event) => event.stopPropagation()} to={"/portrait/$kind/$key" as string} params={{ kind: one.kind, key: one.member } as never}>{entity(one.kind)}</Link>)}</span>, width: 210, grow: 2, unsorted: true },
    { id: "then", header: t("as_known_then"), value: () => "", unsorted: true, width: 96, grow: 0,
      cell: (row) => <Button size="compact-xs" variant="subtle" aria-label={t("features_at", { event: row.event_id })} onClick={(event) => { event.stopPropagation(); change({ at: row.at, known_to: String(row.seq) }); document.getElementById("features")?.scrollIntoView({ block: "start" }); }}>{t("features_short")}</Button> },
    { id: "event_id", header: t("event"), value: (row) => row.event_id, hidden: true, width: 150 },
    { id: "recorded_at", header: t("recorded"), value: (row) => row.recorded_at, cell: (row) => <Instant at={row.recorded_at} form="short" />, hidden: true, width: 150 },
    { id: "seq", header: t("place"), value: (row) => row.seq, hidden: true, align: "right", width: 90 },
  ], [t, change, member, entity, told]);
  return (
    <Block title={t("timeline")} note={t("timeline_note")} flush>
      <DataTable name={`timeline-${kind}`} label={t("timeline")} columns={columns} rows={rows} rowKey={(row) => String(row.seq)} height={430}
        problem={found.isError && !found.data ? found.error : undefined} onRetry={() => void found.refetch()}
        onOpen={(row) => { if (row.decision) void navigate({ to: "/decisions/$id" as string, params: { id: row.decision.decision_id } as never }); }}
        end={{ more: found.hasNextPage, busy: found.isFetchingNextPage || found.isPending, onMore: () => void found.fetchNextPage() }} />
    </Block>
  );
}

const others = (row: Item, member: string): Shape<"EntityName">[] => row.entities.filter((one) => one.member !== member);
