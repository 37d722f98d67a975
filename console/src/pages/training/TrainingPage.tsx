/** One training: how far it is, then its report, the live models beside it, and drafts made of it. */
import { Button, Progress, Tabs } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Check, FileText, RotateCcw, Square } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet } from "../../api";
import { Block, CopyAsApiCall, Empty, ErrorPanel, fixed, language, Loading, noteProblem, Page, useMay, useUrlState } from "../../kit";
import { BesideLive } from "./BesideLive";
import { Drafting } from "./Drafting";
import { figuresOf, type Detail, type Run } from "./figures";
import { ReportView } from "./Report";
import { RunState } from "./TrainingsPage";
import classes from "./training.module.css";

const EVERY_MS = 800;
const TABS = ["report", "compare", "draft"] as const;

export default function TrainingPage() {
  const { t } = useTranslation("training");
  const { id } = useParams({ strict: false }) as { id: string };
  const may = useMay("draft");
  const [tab, setTab] = useUrlState("tab", "report");
  const client = useQueryClient();
  const found = useGet("/v1/trainings/{training_id}", { params: { path: { training_id: id } } }, { refetchInterval: (query) => (query.state.data?.run.state === "running" ? EVERY_MS : false) });
  const run = found.data?.run;
  const report = found.data?.report;
  const state = run?.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "running" && state !== "running") void refresh(client, "/v1/trainings");
    before.current = state;
  }, [client, state]);
  return (
    <Page title={run ? <span className="mono">{run.asked.name}</span> : t("training")} back={{ to: "/training", words: t("title") }}
      lead={run ? <span className={classes.lead}><RunState run={run} /> {t("told", { table: run.called, target: run.asked.target, by: run.by })} {run.label}</span> : undefined}
      actions={<>
        {run && may && run.state !== "running" ? <Again run={run} /> : null}
        {report ? <Button component="a" href={`/v1/trainings/${id}/report?language=${language()}`} target="_blank" rel="noreferrer" variant="default" leftSection={<FileText size={15} />}>{t("report_page")}</Button> : null}
        <CopyAsApiCall path={`/v1/trainings/${id}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !run ? <Loading lines={8} /> : null}
      {found.data && run?.state === "running" ? <Running detail={found.data} /> : null}
      {run?.state === "cancelled" ? <Block label={t("state.cancelled")}><Empty title={t("cancelled")} hint={t("cancelled_hint")} /></Block> : null}
      {run?.state === "failed" ? <Failed run={run} /> : null}
      {run && report ? (
        <Tabs value={TABS.find((one) => one === tab) ?? "report"} onChange={(value) => setTab(value ?? "report")} keepMounted={false}>
          <Tabs.List mb="md">{TABS.map((one) => <Tabs.Tab key={one} value={one}>{t(`tabs.${one}`)}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="report"><ReportView report={report} run={run} /></Tabs.Panel>
          <Tabs.Panel value="compare"><BesideLive report={report} figures={figuresOf(report)} /></Tabs.Panel>
          <Tabs.Panel value="draft"><Drafting detail={found.data as Detail} report={report} /></Tabs.Panel>
        </Tabs>
      ) : null}
    </Page>
  );
}

/** The same words on the same table, to be changed. */
function Again({ run }: { run: Run }) {
  const { t } = useTranslation("training");
  const navigate = useNavigate();
  const { asked } = run;
  const again = (): void => void navigate({
    to: "/training/new" as string,
    search: {
      step: "how", upload: asked.source.type === "file" ? asked.source.upload_id : undefined, dataset: asked.source.type === "dataset" ? asked.source.digest : undefined, target: asked.target, positive: asked.positive ?? undefined, time: asked.time ?? undefined, when: asked.time ? undefined : "none",
      id: JSON.stringify(asked.id), forbid: JSON.stringify(asked.forbid), bins: asked.bin_edits && asked.bin_edits.length > 0 ? JSON.stringify(asked.bin_edits) : undefined, goal: asked.goal, explain: asked.explain, families: asked.families && asked.families.length > 0 ? JSON.stringify(asked.families) : undefined, monotone: asked.monotone ?? undefined, name: asked.name,
      folds: asked.folds ?? undefined, seed: asked.seed, test: asked.test_share,
    } as never,
  });
  return <Button variant="default" leftSection={<RotateCcw size={15} />} onClick={again}>{t("again")}</Button>;
}

function Failed({ run }: { run: Run }) {
  const { t, i18n } = useTranslation("training");
  const known = run.error && i18n.exists(`faults.${run.error.code}`, { ns: "training" });
  const why = known ? t(`faults.${run.error?.code ?? ""}`, { field: run.error?.field ?? "", value: "" }) : [run.error?.detail, run.error?.field, run.error?.hint].filter(Boolean).join(" · ");
  return <Block label={t("state.failed")}><Empty title={t("failed")} hint={why} /></Block>;
}

const STAGES = ["reading", "checking", "choosing", "fitting", "judging"] as const;

function Running({ detail }: { detail: Detail }) {
  const { t } = useTranslation("training");
  const client = useQueryClient();
  const may = useMay("draft");
  const { run, steps } = detail;
  const share = run.total > 0 ? run.done / run.total : 0;
  const last = steps.length > 0 ? steps.reduce((far, one) => Math.max(far, STAGES.indexOf(one.stage)), 0) : 0;
  const families = steps.filter(({ stage }) => stage === "choosing");
  const cancel = async (): Promise<void> => {
    try {
      await api.DELETE("/v1/trainings/{training_id}", { params: { path: { training_id: run.training_id } } });
      await refresh(client, "/v1/trainings/{training_id}");
    } catch (error) {
      noteProblem(error);
    }
  };
  return (
    <Block title={t("running")} note={t("running_note")} actions={may ? <Button variant="default" leftSection={<Square size={14} />} onClick={() => void cancel()}>{t("cancel")}</Button> : undefined}>
      <div className={classes.stack} role="status">
        <Progress value={share * 100} aria-label={t("running")} />
        <ol className={classes.stages}>
          {STAGES.map((stage, at) => (
            <li key={stage} data-state={at < last ? "done" : at === last ? "here" : "ahead"}>
              <span className={classes.mark} aria-hidden>{at < last ? <Check size={14} /> : at + 1}</span>
              <div>
                <span>{t(`stages.${stage}`)}</span>
                {stage === "choosing" && families.length > 0 ? (
                  <ul className={classes.families}>
                    {families.map((one) => <li key={one.family}><strong>{t(`families.${one.family ?? ""}`)}</strong> {one.auc === null ? t("tried", { done: one.done, total: one.total }) : t("through", { auc: fixed(one.auc, 3) })}</li>)}
                  </ul>
                ) : null}
              </div>
            </li>
          ))}
        </ol>
      </div>
    </Block>
  );
}
