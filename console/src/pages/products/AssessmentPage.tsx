/** One assessment: how far it is, what it came to, and the way from there: put before somebody, signed, released. */
import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Square } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, Empty, ErrorPanel, Instant, Loading, noteProblem, number, Page, type Tone } from "../../kit";
import { Report } from "./assessment/Report";
import { SignOff } from "./assessment/SignOff";
import classes from "./launching.module.css";

type Run = Shape<"AssessmentRunShown">;

const EVERY_MS = 400;
const WATCH_MS = 4_000;
export const RUN_TONES: Record<string, Tone> = { running: "accent", done: "good", failed: "bad", cancelled: "neutral" };

export default function AssessmentPage() {
  const { t } = useTranslation(["launching", "products"]);
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/assessments/{assessment_id}", { params: { path: { assessment_id: id } } }, {
    refetchInterval: (query) => (query.state.data?.run.state === "running" ? EVERY_MS : query.state.data?.proposed.length ? WATCH_MS : false),
  });
  const run = found.data?.run;
  const report = found.data?.report;
  return (
    <Page title={run ? t("assessment.of", { name: run.asked.product.name }) : t("assessment.title")} back={{ to: "/products", words: t("products:title") }}
      lead={run ? <><Badge tone={RUN_TONES[run.state]}>{t(`assessment.states.${run.state}`)}</Badge> {t("assessment.by", { by: run.by })} <Instant at={run.started_at} form="minute" /></> : undefined} actions={<CopyAsApiCall path={`/v1/assessments/${id}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !run ? <Loading lines={8} /> : null}
      {run?.state === "running" ? <Running run={run} /> : null}
      {run?.state === "cancelled" ? <Block label={t("assessment.states.cancelled")}><Empty title={t("assessment.cancelled")} /></Block> : null}
      {run?.state === "failed" ? <Block label={t("assessment.states.failed")}><Empty title={t("assessment.failed")} hint={[run.error?.detail, run.error?.hint].filter(Boolean).join(" ")} /></Block> : null}
      {run && report && found.data ? (
        <div className={classes.stack}>
          <SignOff run={run} report={report} proposed={found.data.proposed} />
          <Report report={report} />
        </div>
      ) : null}
    </Page>
  );
}

function Running({ run }: { run: Run }) {
  const { t } = useTranslation("launching");
  const client = useQueryClient();
  const share = run.total > 0 ? run.done / run.total : 0;
  const cancel = async (): Promise<void> => {
    try {
      await api.DELETE("/v1/assessments/{assessment_id}", { params: { path: { assessment_id: run.assessment_id } } });
      await refresh(client, "/v1/assessments/{assessment_id}");
    } catch (error) {
      noteProblem(error);
    }
  };
  return (
    <Block title={t("assessment.running")} note={t("assessment.running_note")} actions={<Button variant="default" leftSection={<Square size={14} aria-hidden />} onClick={() => void cancel()}>{t("assessment.cancel")}</Button>}>
      <div className={classes.running} role="status">
        <Progress value={share * 100} aria-label={t("assessment.running")} />
        <span className="soft">{run.total > 0 ? t("assessment.progress", { done: number(run.done), total: number(run.total) }) : t("assessment.preparing")}</span>
      </div>
    </Block>
  );
}
