/** The decisions that a case is about, and why each was taken: the same parts as the decision has on its own page. */
import { Tabs } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, Empty, ErrorPanel, Instant, Loading, OutcomeBadge } from "../../kit";
import { PolicyPath } from "../decisions/PolicyPath";
import { Reasons } from "../decisions/Reasons";
import type { Input, Trace } from "../decisions/trace";
import { Waterfall } from "../decisions/Waterfall";
import classes from "./cases.module.css";

export function Evidence({ decisions }: { decisions: readonly Shape<"DecisionRecord">[] }) {
  const { t } = useTranslation("cases");
  const [chosen, setChosen] = useState<string | null>(null);
  const id = chosen ?? decisions[0]?.answer.decision_id;
  if (!id) return null;
  if (decisions.length === 1) return <Why id={id} />;
  return (
    <Tabs value={id} onChange={setChosen} keepMounted={false}>
      <Tabs.List aria-label={t("evidence")} className={classes.tabs}>
        {decisions.map(({ answer, recorded_at: at }) => (
          <Tabs.Tab key={answer.decision_id} value={answer.decision_id} leftSection={<OutcomeBadge outcome={answer.outcome} />}>
            <Instant at={at} form="short" />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {decisions.map(({ answer }) => (
        <Tabs.Panel key={answer.decision_id} value={answer.decision_id} pt="md"><Why id={answer.decision_id} /></Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Why({ id }: { id: string }) {
  const { t } = useTranslation(["cases", "decision"]);
  const found = useGet("/v1/decisions/{decision_id}/explanation", { params: { path: { decision_id: id } } }, { staleTime: 60_000 });
  if (found.isPending) return <Block label={t("evidence")}><Loading lines={8} /></Block>;
  if (found.isError) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  const { answer } = found.data;
  const inputs = (found.data.inputs ?? {}) as Record<string, Input>;
  const trace = found.data.trace && "stages" in found.data.trace ? (found.data.trace as unknown as Trace) : null;
  return (
    <div className={classes.why}>
      <p className={classes.verdict}>
        <OutcomeBadge outcome={answer.outcome} />
        <span>{t("decided_by", { policy: answer.policy })} <Instant at={found.data.recorded_at} /></span>
        <Link to={"/decisions/$id" as string} params={{ id: answer.decision_id } as never}>{t("whole_decision")}</Link>
      </p>
      <Reasons reasons={answer.reasons} outcome={answer.outcome} trace={trace} told={found.data.told ?? null} />
      {trace?.stages.filter((stage) => stage.contributions?.length).map((stage) => <Waterfall key={stage.stage} stage={stage} inputs={inputs} />)}
      {found.data.erased ? <Block label={t("evidence")}><Empty title={t("decision:erased")} hint={t("decision:erased_hint")} /></Block> : null}
      {trace ? <PolicyPath trace={trace} inputs={inputs} agrees={found.data.agrees ?? null} /> : null}
    </div>
  );
}
