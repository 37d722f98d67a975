import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Lock, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { PAGES } from "../../app/pages";
import { Amount, Block, CopyAsApiCall, Copyable, duration, Empty, ErrorPanel, Instant, number, OutcomeBadge, Page, PageLoading, Pairs, percent, plain, useEntityName, useMay } from "../../kit";
import { ToGraph } from "../graph/ToGraph";
import { ToRings } from "../rings/ToRings";
import { Counterfactual } from "./Counterfactual";
import classes from "./decision.module.css";
import { Inputs } from "./Inputs";
import { Letter } from "./Letter";
import { PolicyPath } from "./PolicyPath";
import { Reasons } from "./Reasons";
import { Replay } from "./Replay";
import { Timings } from "./Timings";
import type { Input, Trace } from "./trace";
import { Waterfall } from "./Waterfall";

type Recorded = Shape<"DecisionRecord">;
/** What one may see of a decision: its record, and with the right to personal data all that led to it. */
type Found = Recorded & Partial<Omit<Shape<"Explanation">, keyof Recorded>>;

function useDecision(id: string): UseQueryResult<Found, Error> {
  const personal = useMay("read_personal");
  const of = { params: { path: { decision_id: id } } };
  const explained = useGet("/v1/decisions/{decision_id}/explanation", of, { staleTime: 60_000, enabled: personal });
  const recorded = useGet("/v1/decisions/{decision_id}", of, { staleTime: 60_000, enabled: !personal });
  return personal ? explained : recorded;
}

export default function DecisionPage() {
  const { t } = useTranslation("decision");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useDecision(id);
  const back = { to: "/decisions", words: t("back") };
  if (found.isPending) return <PageLoading />;
  if (found.isError) {
    return <Page title={t("title")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  }
  return <Explained found={found.data} back={back} key={found.data.answer.decision_id} />;
}

function Explained({ found, back }: { found: Found; back: { to: string; words: string } }) {
  const { t } = useTranslation("decision");
  const { answer, trail } = found;
  const personal = useMay("read_personal");
  const path = `/v1/decisions/${encodeURIComponent(answer.decision_id)}${personal ? "/explanation" : ""}`;
  const inputs = (found.inputs ?? {}) as Record<string, Input>;
  const trace = found.trace && "stages" in found.trace ? (found.trace as unknown as Trace) : null;
  return (
    <Page back={back}
      title={<span className={classes.title}><OutcomeBadge outcome={answer.outcome} large /> <span>{answer.event_id}</span></span>}
      lead={<>{t("lead", { type: trail.event_type, policy: answer.policy })} <Instant at={found.recorded_at} /></>}
      actions={<>
        <ToGraph entities={trail.entities} /><ToRings entities={trail.entities} />
        <CopyAsApiCall path={path} />
        {personal && (answer.outcome !== "approve" || (found.told?.adverse.length ?? 0) > 0) ? <Letter id={answer.decision_id} /> : null}
        <Button variant="default" leftSection={<Printer size={15} />} onClick={() => window.print()}>{t("print")}</Button>
      </>}>
      {found.erased ? <Block><Empty title={t("erased")} hint={t("erased_hint")} /></Block> : null}
      <div className={classes.columns}>
        <div className={classes.main}>
          <Reasons reasons={answer.reasons} outcome={answer.outcome} trace={trace} told={found.told ?? null} />
          {trace?.stages.filter((stage) => stage.contributions?.length).map((stage) => <Waterfall key={stage.stage} stage={stage} inputs={inputs} />)}
          {trace ? <PolicyPath trace={trace} inputs={inputs} agrees={found.agrees ?? null} /> : null}
          {personal ? null : <Block><Empty icon={Lock} title={t("values_hidden")} hint={t("values_hidden_hint")} /></Block>}
          {found.erased || !personal ? null : <Counterfactual id={answer.decision_id} />}
        </div>
        <aside className={classes.side} aria-label={t("facts")}>
          <Facts found={found} />
          {personal ? <Replay id={answer.decision_id} erased={found.erased ?? false} /> : null}
          <Timings timings={trail.timings_us} />
        </aside>
      </div>
      {Object.keys(inputs).length > 0 ? <Inputs inputs={inputs} /> : null}
    </Page>
  );
}

function Facts({ found }: { found: Found }) {
  const { t } = useTranslation("decision");
  const entity = useEntityName();
  const { answer, trail } = found;
  return (
    <Block title={t("facts")}>
      <Pairs of={[
        [t("limit"), answer.limit_minor === undefined ? null : <Amount minor={answer.limit_minor} />],
        ...Object.entries(answer.price ?? {}).map(([part, value]) => [t("price", { part }), plain(value)] as const),
        [t("actions"), answer.actions.join(", ")],
        ...Object.entries(answer.scores).flatMap(([name, score]) => [
          [t("probability", { name }), percent(score.probability, 2)] as const,
          [t("points", { name }), score.points === null ? null : number(score.points)] as const,
        ]),
        [t("event"), <Copyable key="event" text={answer.event_id} />],
        [t("event_type"), trail.event_type],
        [t("occurred"), <Instant key="occurred" at={trail.occurred_at} />],
        [t("decided"), <Instant key="decided" at={found.recorded_at} />],
        [t("computed"), duration(Object.values(trail.timings_us).reduce((sum, part) => sum + part, 0))],
        [t("policy"), answer.policy],
        [t("release"), <Release key="release" digest={answer.release} />],
        [t("decision"), <Copyable key="decision" text={answer.decision_id} short={16} />],
        [t("seq"), number(found.seq)],
        [t("missing"), trail.missing.join(", ")],
        [t("fired"), trail.fired.join(", ")],
        ...Object.entries(trail.entities).map(([kind, key]) => [t("entity", { kind: entity(kind) }), <Entity key={kind} kind={kind} id={key} />] as const),
      ]} />
    </Block>
  );
}

const has = (path: string): boolean => PAGES.some((page) => page.path === path);

function Release({ digest }: { digest: string }) {
  const short = digest.slice(0, 12);
  if (!has("/releases/$digest")) return <Copyable text={digest} short={12} />;
  return <Link to={"/releases/$digest" as string} params={{ digest } as never} className="mono">{short}</Link>;
}

function Entity({ kind, id }: { kind: string; id: string }) {
  const may = useMay("read_personal");
  if (!may || !has("/portrait/$kind/$key")) return <Copyable text={id} short={12} />;
  return <Link to={"/portrait/$kind/$key" as string} params={{ kind, key: id } as never} className="mono">{id.slice(0, 12)}</Link>;
}
