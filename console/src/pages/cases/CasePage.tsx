import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Block, CopyAsApiCall, ErrorPanel, Instant, inWords, Page, PageLoading, Pairs, percent, useEntityName, useLiveChanges, useMay } from "../../kit";
import { ToGraph } from "../graph/ToGraph";
import { ToRings } from "../rings/ToRings";
import { Actions } from "./Actions";
import classes from "./cases.module.css";
import { Evidence } from "./Evidence";
import { Facts } from "./Facts";
import { Due, StateBadge } from "./Standing";
import { Timeline } from "./Timeline";
import { detailOptions, type Case } from "./useCaseActions";

export default function CasePage() {
  const { t } = useTranslation(["cases", "decision"]);
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/cases/{case_id}", { params: { path: { case_id: id } } }, { staleTime: 5000 });
  const client = useQueryClient();
  useLiveChanges((change) => {
    if (change.kind === "case" && change.name === found.data?.case.case_id) void client.invalidateQueries({ queryKey: detailOptions(id).queryKey });
  });
  const back = { to: "/cases", words: t("title") };
  if (found.isPending) return <PageLoading />;
  if (found.isError) return <Page title={t("case")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  return <Shown found={found.data} back={back} key={found.data.case.case_id} />;
}

function Shown({ found, back }: { found: Shape<"CaseDetail">; back: { to: string; words: string } }) {
  const { t } = useTranslation("cases");
  const queues = useGet("/v1/cases/queues", undefined, { staleTime: 60_000 });
  const may = useMay("work_cases");
  const entity = useEntityName();
  const one = found.case;
  const queue = queues.data?.queues.find((each) => each.queue === one.queue);
  const dispositions = queues.data?.dispositions ?? [];
  const newest = found.decisions[0];
  return (
    <Page back={back} wide
      title={<span className={classes.title}><span className="number">{`#${one.number}`}</span> <StateBadge state={one.state} large /> <Due of={one} /></span>}
      lead={t("case_lead", { queue: inWords(queue?.title) || one.queue, kind: entity(one.entity_kind).toLowerCase(), count: one.decisions })}
      actions={<><ToGraph entities={{ [one.entity_kind]: one.entity }} /><ToRings entities={{ [one.entity_kind]: one.entity }} /><CopyAsApiCall path={`/v1/cases/${one.case_id}`} /></>}>
      <div className={classes.case}>
        <div className={classes.left}>
          <Facts facts={found.facts} event={newest ? t("facts_of", { type: newest.trail.event_type }) : ""} />
          <Timeline events={found.timeline} />
        </div>
        <div className={classes.centre}><Evidence decisions={found.decisions} /></div>
        <aside className={classes.right} aria-label={t("actions")}>
          {may ? <Actions of={one} dispositions={dispositions} canEscalate={Boolean(queue?.escalates_to)} /> : null}
          <Standing of={one} dispositions={dispositions} labels={Object.keys(found.labels).length} />
        </aside>
      </div>
    </Page>
  );
}

function Standing({ of: one, dispositions, labels }: { of: Case; dispositions: readonly Shape<"CaseDisposition">[]; labels: number }) {
  const { t } = useTranslation("cases");
  const end = dispositions.find((each) => each.disposition === one.disposition);
  return (
    <Block title={t("standing")}>
      <Pairs of={[
        [t("loss"), one.expected_loss_minor === null ? null : <strong key="loss"><Amount minor={one.expected_loss_minor} /></strong>],
        [t("probability"), one.probability === null ? null : percent(one.probability)],
        [t("at_stake"), one.at_stake_minor === null ? null : <Amount key="stake" minor={one.at_stake_minor} />],
        [t("assignee"), one.assignee],
        [t("sleeps_until"), one.snoozed_until === null ? null : <Instant key="sleeps" at={one.snoozed_until} />],
        [t("disposition"), end ? inWords(end.title) : one.disposition],
        [t("decided_by_person"), one.decided_by],
        [t("seconded_by"), one.seconded_by],
        [t("label"), labels > 0 ? t("labels", { count: labels }) : null],
        [t("due_column"), <Instant key="due" at={one.due_at} />],
        [t("opened"), <Instant key="opened" at={one.opened_at} />],
        [t("resolved"), one.resolved_at === null ? null : <Instant key="resolved" at={one.resolved_at} />],
      ]} />
    </Block>
  );
}
