/** Early warnings: what still performs and may not for long; the most severe first, of those the one that is due first. */
import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { BellRing } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Block, Code, CopyAsApiCall, DataTable, Empty, Instant, Page, percent, useEntityName, useUrlState, type Column } from "../../kit";
import { Due, reasonsOf, Severity, State, titleOf, type Warning } from "./marks";
import { Report } from "./Report";

const STATES = ["waiting", "acted", "dismissed", "settled", "all"] as const;
const SEVERITIES = ["any", "high", "medium", "low"] as const;
const PAGE = 100;

const EXAMPLE = `# warnings/accounts.yaml
follow:
  - {event: statement, performing: months_overdue < 2, rolled: months_overdue >= 2}
warnings:
  - warning: likely_overdue
    title: {en: Likely to be 30 days late, zh-CN: \u53ef\u80fd\u903e\u671f}
    about: account
    when: {policies: [statement], outcomes: [review]}
    severity: high
    owner: early_warning
    due_after: 2d
    action: case
    horizon: 92d
`;

export default function WarningsPage() {
  const { t } = useTranslation("warnings");
  const [tab, setTab] = useUrlState("tab", "queue");
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path={tab === "report" ? "/v1/warnings/report" : "/v1/warnings"} />}>
      <div><SegmentedControl aria-label={t("title")} value={tab} onChange={setTab} data={["queue", "report"].map((value) => ({ value, label: t(`tabs.${value}`) }))} /></div>
      {tab === "report" ? <Report /> : <Queue />}
    </Page>
  );
}

function Queue() {
  const { t } = useTranslation("warnings");
  const navigate = useNavigate();
  const entity = useEntityName();
  const [state, setState] = useUrlState("state", "waiting");
  const [severity, setSeverity] = useUrlState("severity", "any");
  const found = useInfiniteQuery({
    queryKey: ["/v1/warnings", state, severity],
    queryFn: async ({ pageParam }) => {
      const query = { state: state as (typeof STATES)[number], limit: PAGE, after: pageParam, ...(severity === "any" ? {} : { severity: severity as Warning["severity"] }) };
      const { data } = await api.GET("/v1/warnings", { params: { query } });
      return data as Shape<"WarningPage">;
    },
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_after,
    refetchInterval: 15_000,
  });
  const first = found.data?.pages[0];
  const rows = found.data?.pages.flatMap((page) => page.warnings);
  if (first && first.rules === 0) return <Block><Empty icon={BellRing} title={t("no_rules")} hint={t("no_rules_hint")}><Code text={EXAMPLE} label={t("example")} /></Empty></Block>;
  const columns: Column<Warning>[] = [
    { id: "severity", header: t("severity"), value: (row) => t(`severities.${row.severity}`), cell: (row) => <Severity of={row.severity} />, width: 112, grow: 0 },
    { id: "what", header: t("what"), value: titleOf, width: 190, grow: 1, choices: "found" },
    { id: "why", header: t("why"), value: (row) => reasonsOf(row).join("; "), width: 185, grow: 2 },
    { id: "state", header: t("state"), value: (row) => t(row.outcome ? `outcomes.${row.outcome}` : `states.${row.state}`), cell: (row) => <State of={row} />, width: 140, grow: 0 },
    { id: "due", header: t("due"), value: (row) => row.due_at, cell: (row) => <Due of={row} />, width: 125, grow: 0 },
    { id: "probability", header: t("probability"), value: (row) => row.probability, cell: (row) => <>{row.probability === null ? "" : percent(row.probability)}</>, width: 100, grow: 0, align: "right" },
    { id: "about", header: t("about"), value: (row) => row.entity, cell: (row) => <span className="nowrap">{entity(row.entity_kind)} <span className="mono">{row.entity.slice(0, 6)}</span></span>, width: 122, grow: 0 },
    { id: "assignee", header: t("assignee"), value: (row) => row.assignee ?? row.owner, cell: (row) => <>{row.assignee ?? <span className="soft mono">{row.owner}</span>}</>, width: 120, grow: 0, choices: "found" },
    { id: "warned", header: t("warned"), value: (row) => row.warned_at, cell: (row) => <span className="nowrap"><Instant at={row.warned_at} form="day" /></span>, width: 140, grow: 0 },
  ];
  const shown = state !== "waiting" || severity !== "any";
  return (
    <DataTable name="warnings" label={t("title")} columns={columns} rows={rows} rowKey={(row) => row.warning_id} problem={found.error} onRetry={() => void found.refetch()}
      tools={<>
        <SegmentedControl size="xs" aria-label={t("state")} data={STATES.map((value) => ({ value, label: t(`filter.${value}`) }))} value={state} onChange={setState} />
        <NativeSelect size="xs" aria-label={t("severity")} value={severity} onChange={(event) => setSeverity(event.currentTarget.value)} data={SEVERITIES.map((value) => ({ value, label: value === "any" ? t("any_severity") : t(`severities.${value}`) }))} />
      </>}
      onOpen={(row) => void navigate({ to: "/warnings/$id" as string, params: { id: row.warning_id } as never })}
      empty={shown
        ? <Empty icon={BellRing} title={t("none_such")} hint={t("none_such_hint")}><Button variant="default" onClick={() => { setState("all"); setSeverity("any"); }}>{t("show_all")}</Button></Empty>
        : <Empty icon={BellRing} title={t("none_waits")} hint={t("none_waits_hint")}><Button variant="default" onClick={() => setState("all")}>{t("show_all")}</Button></Empty>}
      end={{ more: found.hasNextPage, busy: found.isFetching, onMore: () => void found.fetchNextPage() }} />
  );
}
