import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { RotateCcw, Square } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet } from "../../api";
import { Block, CopyAsApiCall, Empty, ErrorPanel, Loading, noteProblem, number, Page, percent, useUrlState } from "../../kit";
import { RunState } from "./AttacksPage";
import classes from "./attacks.module.css";
import { BeforeAfter } from "./BeforeAfter";
import { useTitle, type Run } from "./kinds";
import { AttackReportView } from "./Report";
import { Simulated } from "./Simulated";

const EVERY_MS = 700;

export default function AttackPage() {
  const { t } = useTranslation("attacks");
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const title = useTitle();
  const [before, setBefore] = useUrlState("before");
  const found = useGet("/v1/attacks/{attack_id}", { params: { path: { attack_id: id } } }, { refetchInterval: (query) => (query.state.data?.run.state === "running" ? EVERY_MS : false) });
  const run = found.data?.run;
  const report = found.data?.report;
  const again = (): void => {
    if (!run) return;
    const { kind, intensity, disguise, seed, days, customers } = run.asked;
    const dials = { kind, intensity: String(intensity ?? ""), disguise: String(disguise ?? ""), seed: String(seed), days: String(days), customers: String(customers) };
    void navigate({ to: "/attacks" as string, search: { ...dials, ...(run.state === "done" ? { before: run.attack_id } : {}) } as never });
  };
  return (
    <Page title={run ? title(run.asked.kind) : t("attack")} back={{ to: "/attacks", words: t("title") }}
      lead={<span className={classes.lead}><Simulated /> {run ? <><RunState run={run} /> <Dials run={run} /></> : null}</span>}
      actions={<>
        {run && run.state !== "running" ? <Button variant="default" leftSection={<RotateCcw size={15} />} onClick={again}>{t("again")}</Button> : null}
        <CopyAsApiCall path={`/v1/attacks/${id}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !run ? <Loading lines={8} /> : null}
      {run?.state === "running" ? <Running run={run} /> : null}
      {run?.state === "cancelled" ? <Block label={t("state.cancelled")}><Empty title={t("cancelled")} hint={t("cancelled_hint")} /></Block> : null}
      {run?.state === "failed" ? <Block label={t("state.failed")}><Empty title={t("failed")} hint={[run.error?.detail, run.error?.hint].filter(Boolean).join(" ")} /></Block> : null}
      {run && report ? <AttackReportView report={report} /> : null}
      {run && report ? <BeforeAfter run={run} before={before} onBefore={setBefore} onAgain={again} /> : null}
    </Page>
  );
}

/** Against what, and how the dials stood. */
function Dials({ run }: { run: Run }) {
  const { t } = useTranslation("attacks");
  const { intensity, disguise, seed, days, customers } = run.asked;
  const against = run.drafts.length > 0 ? t("against_drafts", { names: run.drafts.join(", ") }) : t("against_live");
  return <span>{t("dials", { against, intensity: percent(intensity ?? 0, 0), disguise: percent(disguise ?? 0, 0), seed, days, customers: number(customers ?? 0) })}</span>;
}

function Running({ run }: { run: Run }) {
  const { t } = useTranslation("attacks");
  const client = useQueryClient();
  const share = run.total > 0 ? run.done / run.total : 0;
  const cancel = async (): Promise<void> => {
    try {
      await api.DELETE("/v1/attacks/{attack_id}", { params: { path: { attack_id: run.attack_id } } });
      await refresh(client, "/v1/attacks/{attack_id}");
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
