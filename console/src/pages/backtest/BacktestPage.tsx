import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Square } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet } from "../../api";
import { Block, CopyAsApiCall, Empty, ErrorPanel, Loading, moment, noteProblem, number, Page } from "../../kit";
import classes from "./backtest.module.css";
import { RunState, useSideName } from "./BacktestsPage";
import { CutoffExplorer } from "./Cutoffs";
import { Known } from "./Known";
import type { Report, Run } from "./parts";
import { Causes, Fairness, Overlap, Rules, Sides, Swap } from "./Tables";

const EVERY_MS = 700;

export default function BacktestPage() {
  const { t } = useTranslation("backtest");
  const { id } = useParams({ strict: false }) as { id: string };
  const side = useSideName();
  const found = useGet("/v1/backtests/{backtest_id}", { params: { path: { backtest_id: id } } }, { refetchInterval: (query) => (query.state.data?.run.state === "running" ? EVERY_MS : false) });
  const run = found.data?.run;
  const report = found.data?.report;
  return (
    <Page title={run ? t("of", { type: run.asked.event_type }) : t("title")} back={{ to: "/backtests", words: t("title") }}
      lead={run ? <><RunState run={run} /> {t("what", { candidate: side(run.asked.candidate, report?.candidate.drafts), against: side(run.asked.against, report?.against.drafts) })}</> : null} actions={<CopyAsApiCall path={`/v1/backtests/${id}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !run ? <Loading lines={8} /> : null}
      {run?.state === "running" ? <Running run={run} /> : null}
      {run?.state === "cancelled" ? <Block label={t("state.cancelled")}><Empty title={t("cancelled")} /></Block> : null}
      {run?.state === "failed" ? <Block label={t("state.failed")}><Empty title={t("failed")} hint={[run.error?.detail, run.error?.hint].filter(Boolean).join(" ")} /></Block> : null}
      {report ? <Told report={report} /> : null}
    </Page>
  );
}

function Told({ report }: { report: Report }) {
  const { t } = useTranslation("backtest");
  if (report.honesty.decisions === 0) return <Block label={t("known.title")}><Empty title={t("nothing")} hint={t("nothing_hint")} /></Block>;
  const { proof } = report;
  return (
    <div className={classes.stack}>
      <Block title={t("known.title")} note={t("known.note", { since: moment(report.since ?? "", "minute"), until: moment(report.until ?? "", "minute"), place: number(report.known_up_to) })}><Known report={report} /></Block>
      <Block title={t("sides.title")} note={t("sides.note")}><Sides report={report} /></Block>
      {report.swap.map((swap) => <Block key={swap.how} title={t(`swap.${swap.how}`)} note={t(`swap.${swap.how}_note`)}><Swap swap={swap} report={report} /></Block>)}
      {report.rules.length > 0 ? <Block title={t("rules.title")} note={t("rules.note")}><Rules report={report} /></Block> : null}
      {report.overlap.length > 0 ? <Block title={t("overlap.title")} note={t("overlap.note")}><Overlap report={report} /></Block> : null}
      {report.cutoffs ? <Block title={t("cuts.title", { score: report.cutoffs.score })} note={t("cuts.note")}><CutoffExplorer report={report} cutoffs={report.cutoffs} /></Block> : null}
      {report.fairness.map((one) => <Block key={one.field} title={t("fair.title", { field: one.field })} note={t("fair.note")}><Fairness fairness={one} /></Block>)}
      {report.attribution ? <Block title={t("causes.title")} note={t("causes.note")}><Causes attribution={report.attribution} /></Block> : null}
      <Block title={t("proof.title")}>
        <p>{t("proof.words", { sample: number(proof.sample), differing: number(proof.differing), seed: proof.seed })}</p>
        <p className="soft">{t("proof.digest")} <code>{report.digest.slice(0, 16)}</code></p>
      </Block>
    </div>
  );
}

function Running({ run }: { run: Run }) {
  const { t } = useTranslation("backtest");
  const client = useQueryClient();
  const share = run.total > 0 ? run.done / run.total : 0;
  const cancel = async (): Promise<void> => {
    try {
      await api.DELETE("/v1/backtests/{backtest_id}", { params: { path: { backtest_id: run.backtest_id } } });
      await refresh(client, "/v1/backtests/{backtest_id}");
    } catch (error) {
      noteProblem(error);
    }
  };
  return (
    <Block title={t("running")} note={t("running_note")} actions={<Button variant="default" leftSection={<Square size={14} />} onClick={() => void cancel()}>{t("cancel")}</Button>}>
      <div className={classes.running} role="status">
        <Progress value={share * 100} aria-label={t("running")} />
        <span className="soft">{run.total > 0 ? t("progress", { done: number(run.done), total: number(run.total) }) : t("preparing")}</span>
      </div>
    </Block>
  );
}
