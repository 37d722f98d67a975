/** Train a model without code, step by step: data, what to predict, when, what may not be used, how. */
import { Button } from "@mantine/core";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Empty, ErrorPanel, Loading, Page, useMay } from "../../kit";
import { AFRESH, saidOf, setName, sourceOf, STEPS, useAsked, type Step } from "./asked";
import { DataStep } from "./DataStep";
import { ForbidStep } from "./ForbidStep";
import { HowStep } from "./HowStep";
import { StepList } from "./StepList";
import { TargetStep } from "./TargetStep";
import { TimeStep } from "./TimeStep";
import classes from "./training.module.css";
import { useLook } from "./useLook";

const NONE: readonly string[] = [];

export default function TrainPage() {
  const { t } = useTranslation("training");
  const may = useMay("draft");
  const [asked, say] = useAsked();
  const uploaded = useGet("/v1/training-uploads/{upload_id}", { params: { path: { upload_id: asked.upload ?? "" } } }, { enabled: asked.upload !== undefined && may, retry: false });
  const kept = useGet("/v1/datasets/{dataset}", { params: { path: { dataset: asked.dataset ?? "" } } }, { enabled: asked.dataset !== undefined && may, retry: false });
  const source = sourceOf(asked);
  const here = asked.dataset ? kept.data !== undefined : uploaded.data !== undefined;
  const table = useLook(here ? source : undefined);
  const set = asked.dataset ? kept.data : undefined;
  const said = saidOf(asked, table.data, set?.forbid);
  const foreseen = useLook(table.data && said.target ? source : undefined, said, asked.testShare);
  const step: Step = source && table.data ? asked.step : "data";
  const place = STEPS.indexOf(step);
  const ready: Record<Step, boolean> = {
    data: table.data !== undefined,
    what: said.target !== undefined && foreseen.data?.outlook !== null && foreseen.data !== undefined && !foreseen.isPlaceholderData,
    when: foreseen.data?.outlook !== null && foreseen.data !== undefined && !foreseen.isPlaceholderData,
    not: true,
    how: true,
  };
  const body = useRef<HTMLDivElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) body.current?.focus();
    before.current = step;
  }, [step]);
  const open = (one: Step): boolean => STEPS.indexOf(one) <= place || (table.data !== undefined && (one === "what" || ready.what));
  const problem = uploaded.error ?? kept.error ?? table.error;
  const called = set ? setName(set) : uploaded.data?.name ?? "";
  if (!may) return <Page title={t("train")} back={{ to: "/training", words: t("title") }}><Empty title={t("not_yours")} hint={t("not_yours_hint")} /></Page>;
  return (
    <Page title={t("train")} lead={t("train_lead")} back={{ to: "/training", words: t("title") }}>
      <div className={classes.wizard}>
        <StepList step={step} open={open} onStep={(one) => say({ step: one })} />
        <div ref={body} tabIndex={-1} className={classes.body} role="group" aria-label={t(`steps.${step}`)}>
          {problem ? <ErrorPanel problem={problem} onRetry={() => say({ ...AFRESH, step: "data" })} /> : null}
          {step === "data" ? <DataStep asked={asked} say={say} upload={uploaded.data} set={set} table={table} /> : null}
          {table.data && step === "what" ? <TargetStep settled={set !== undefined} said={said} say={say} table={table.data} foreseen={foreseen} /> : null}
          {table.data && step === "when" ? <TimeStep settled={set !== undefined} asked={asked} said={said} say={say} table={table.data} foreseen={foreseen} /> : null}
          {table.data && step === "not" ? <ForbidStep locked={set?.forbid ?? NONE} said={said} say={say} table={table.data} foreseen={foreseen} /> : null}
          {table.data && step === "how" ? <HowStep asked={asked} said={said} say={say} file={called} foreseen={foreseen.data} /> : null}
          {source && !problem && !table.data && step !== "data" ? <Loading lines={6} /> : null}
          <div className={classes.between}>
            {place > 0 ? <Button variant="default" leftSection={<ArrowLeft size={15} />} onClick={() => say({ step: STEPS[place - 1] ?? "data" })}>{t("back")}</Button> : <span />}
            {step === "how" ? null : <Button rightSection={<ArrowRight size={15} />} disabled={!ready[step]} onClick={() => say({ step: STEPS[place + 1] ?? "how" })}>{t("next", { step: t(`steps.${STEPS[place + 1] ?? "how"}`) })}</Button>}
          </div>
        </div>
      </div>
    </Page>
  );
}
