/** One review: what it would bring, what held it back, what it asks of each account, and whether it may go ahead. */
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Check, SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Badge, Block, type Column, ConfirmWithReason, CopyAsApiCall, DataTable, day, Empty, ErrorPanel, fixed, Loading, noteDone, number, Page, percent, PlainTable, useMay, useMoney, useUrlState } from "../../kit";
import classes from "./limits.module.css";
import { LineState, Move, ReviewState, told } from "./state";

type Review = Shape<"LimitReviewDetail">;
type Line = Shape<"LimitLineShown">;

const PAGE = 200;

export default function LimitReviewPage() {
  const { t } = useTranslation("limits");
  const { id } = useParams({ strict: false }) as { id: string };
  const may = useMay("approve");
  const client = useQueryClient();
  const [asked, setAsked] = useState<"agree" | "decline" | null>(null);
  const [state, setState] = useUrlState("state", "any");
  const found = useInfiniteQuery({
    queryKey: ["/v1/limit-reviews/{review_id}", id, state],
    queryFn: async ({ pageParam }) => {
      const query = { limit: PAGE, after: pageParam ?? undefined, state: state === "any" ? undefined : (state as Line["state"]) };
      const { data } = await api.GET("/v1/limit-reviews/{review_id}", { params: { path: { review_id: id }, query } });
      return data as Review;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: (query) => (query.state.data?.pages[0]?.states.due ? 2_000 : false), // carried out in the background
  });
  const review = found.data?.pages[0];
  const path = { params: { path: { review_id: id } } };
  const after = async (words: string): Promise<void> => {
    await Promise.all([refresh(client, "/v1/limit-reviews/{review_id}"), refresh(client, "/v1/limit-reviews")]);
    noteDone(words);
  };
  const open = may && review?.state === "proposed";
  return (
    <Page title={review ? t("review", { number: number(review.number) }) : t("title")} back={{ to: "/limits", words: t("title") }}
      lead={review ? <><ReviewState state={review.state} /> {t("drawn_up", { by: review.by, on: day(review.on) })} {review.agreed_by ? t(review.state === "declined" ? "declined_by" : "agreed_by", { by: review.agreed_by }) : null}</> : undefined}
      actions={<>
        {open ? <Button leftSection={<Check size={15} aria-hidden />} onClick={() => setAsked("agree")}>{t("agree")}</Button> : null}
        {open ? <Button variant="default" leftSection={<X size={15} aria-hidden />} onClick={() => setAsked("decline")}>{t("decline")}</Button> : null}
        <CopyAsApiCall path={`/v1/limit-reviews/${id}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !review ? <Loading lines={8} /> : null}
      {review ? (
        <div className={classes.stack}>
          <div className={classes.pair}><Forecast review={review} /><Constraints review={review} /></div>
          <Lines review={review} rows={found.data?.pages.flatMap((page) => page.lines)} state={state} onState={setState}
            end={{ more: found.hasNextPage, busy: found.isFetching, onMore: () => void found.fetchNextPage() }} />
        </div>
      ) : null}
      <ConfirmWithReason opened={asked === "agree"} onClose={() => setAsked(null)} title={t("agree")} confirm={t("agree")} reason="none"
        onConfirm={async () => { await api.POST("/v1/limit-reviews/{review_id}/approval", { ...path, body: { by: null } }); await after(t("agreed")); }}>
        <p>{t("agree_what")}</p>
      </ConfirmWithReason>
      <ConfirmWithReason opened={asked === "decline"} onClose={() => setAsked(null)} title={t("decline")} confirm={t("decline")} danger
        onConfirm={async (note) => { await api.POST("/v1/limit-reviews/{review_id}/refusal", { ...path, body: { note, by: null } }); await after(t("declined")); }}>
        <p>{t("decline_what")}</p>
      </ConfirmWithReason>
    </Page>
  );
}

/** All accounts together: if every limit stayed, and after the steps. */
function Forecast({ review }: { review: Review }) {
  const { t } = useTranslation("limits");
  const money = useMoney(review.currency);
  const rows: [string, number, number][] = [
    [t("sum_limit"), review.held_limit_minor, review.limit_minor],
    [t("sum_balance"), review.held_balance_minor, review.balance_minor],
    [t("revenue"), review.held_revenue_minor, review.revenue_minor],
    [t("loss"), review.held_loss_minor, review.loss_minor],
    [t("result"), review.held_revenue_minor - review.held_loss_minor, review.revenue_minor - review.loss_minor],
  ];
  return (
    <Block title={t("forecast")} note={t("forecast_note", { accounts: number(review.accounts), held: number(review.held_out) })}>
      <div className={classes.tight}>
        <PlainTable label={t("forecast")} head={["", t("stays"), t("after"), t("difference")]}
          rows={rows.map(([name, before, then]) => [name, ...[before, then, then - before].map((minor, at) => <Amount key={at} minor={minor} currency={review.currency} />)])} />
      </div>
      {review.note ? <p className={classes.quiet}>{t("declined_because", { note: review.note })}</p> : null}
      {review.decreases_on ? <p className={classes.quiet}>{t("dates", { on: day(review.decreases_on) })} {review.offered_until ? t("dates_offer", { until: day(review.offered_until) }) : null}</p> : null}
      <p className={classes.quiet}>{t("bound", { value: money(review.solver.value_minor), bound: money(review.solver.bound_minor) })}</p>
    </Block>
  );
}

/** What held it back, and what one more unit of it would bring. */
function Constraints({ review }: { review: Review }) {
  const { t } = useTranslation("limits");
  const steps = Object.entries(review.steps);
  return (
    <Block title={t("constraints")} note={t("constraints_note")}>
      <div className={classes.tight}>
        <PlainTable label={t("constraints")} head={[t("constraint"), t("used"), t("most"), t("price"), ""]}
          rows={review.solver.bindings.map((one) => [t(`bindings.${one.constraint}`), <Amount key="u" minor={one.used_minor} currency={review.currency} />, <Amount key="m" minor={one.most_minor} currency={review.currency} />,
            <span key="p" className="number">{one.binds ? fixed(one.price, 4) : ""}</span>, one.kept ? <Badge key="b" tone={one.binds ? "wait" : "neutral"}>{t(one.binds ? "binds" : "free")}</Badge> : <Badge key="k" tone="bad">{t("not_kept")}</Badge>])} />
      </div>
      <div className={classes.wide}>
        <PlainTable label={t("steps")} head={[t("step"), t("accounts")]} rows={steps.map(([step, count]) => [<span key="s" className="mono">{step}</span>, <span key="n" className="number">{number(count)}</span>])} />
      </div>
      <p className={classes.quiet}>{t(`methods.${review.solver.method}`, { groups: number(review.solver.groups), seconds: fixed(review.solver.seconds, 2) })}</p>
    </Block>
  );
}

interface LinesProps {
  review: Review;
  rows: Line[] | undefined;
  state: string;
  onState: (state: string) => void;
  end: { more: boolean; busy: boolean; onMore: () => void };
}

function Lines({ review, rows, state, onState, end }: LinesProps) {
  const { t } = useTranslation("limits");
  const navigate = useNavigate();
  const columns: Column<Line>[] = [
    { id: "account", header: t("account"), value: (row) => row.account_id, cell: (row) => <span className="mono">{row.account_id}</span>, width: 130, grow: 1 },
    { id: "kind", header: t("does"), value: (row) => t(`kinds.${row.kind}`), cell: (row) => <Move kind={row.kind} />, width: 120, grow: 0, choices: "found" },
    { id: "from", header: t("from"), value: (row) => row.from_minor, cell: (row) => <Amount minor={row.from_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "to", header: t("to"), value: (row) => row.to_minor, cell: (row) => <Amount minor={row.to_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "revenue", header: t("revenue_change"), value: (row) => row.revenue_minor - row.held_revenue_minor, cell: (row) => <Amount minor={row.revenue_minor - row.held_revenue_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "loss", header: t("loss_change"), hint: t("loss_change_hint"), value: (row) => row.loss_minor - row.held_loss_minor, cell: (row) => <Amount minor={row.loss_minor - row.held_loss_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "grade", header: t("grade"), value: (row) => row.grade, cell: (row) => <span className="nowrap">{`${row.grade} · ${percent(row.pd, 1)}`}</span>, width: 170, grow: 0, choices: "found" },
    { id: "band", header: t("band"), value: (row) => row.band, width: 100, grow: 0, choices: "found", hidden: true },
    { id: "why", header: t("told"), value: (row) => row.reasons.map(told).join(" "), width: 220, grow: 2 },
    { id: "state", header: t("state"), value: (row) => t(`line_states.${row.state}`), cell: (row) => <LineState state={row.state} />, width: 130, grow: 0 },
  ];
  const states = ["any", ...Object.keys(review.states)];
  return (
    <DataTable name="limit-lines" label={t("lines")} columns={columns} rows={rows} rowKey={(row) => row.account_id}
      tools={states.length > 2 || state !== "any" ? <SegmentedControl size="xs" aria-label={t("state")} data={states.map((value) => ({ value, label: value === "any" ? t("all") : t(`line_states.${value}`) }))} value={state} onChange={onState} /> : undefined}
      onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })}
      empty={<Empty icon={SlidersHorizontal} title={t("no_line")} hint={t("no_line_hint")} />} end={end} />
  );
}
