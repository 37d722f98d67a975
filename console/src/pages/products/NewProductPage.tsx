/** A product from a template to an assessment, step by step; what it costs stands beside the form all the time. */
import { Button } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Dialog, Empty, Page, useMay } from "../../kit";
import classes from "./launching.module.css";
import { AssessStep } from "./wizard/AssessStep";
import { DecideStep } from "./wizard/DecideStep";
import { likelyDraw, stepOf, STEPS, type Definition, type Draft, type Step } from "./wizard/draft";
import { LendStep, type StepProps } from "./wizard/LendStep";
import { Preview } from "./wizard/Preview";
import { PriceStep } from "./wizard/PriceStep";
import { RepayStep } from "./wizard/RepayStep";
import { StartStep } from "./wizard/StartStep";
import { StepList } from "./wizard/StepList";
import { useCheck, useFaultText } from "./wizard/useCheck";

const NO_DRAW = { amount_minor: 1, term: 1 };

export default function NewProductPage() {
  const { t } = useTranslation(["launching", "products"]);
  const may = useMay("draft");
  if (!may) return <Page title={t("new_title")} back={{ to: "/products", words: t("products:title") }}><Empty title={t("not_yours")} hint={t("not_yours_hint")} /></Page>;
  return <Wizard />;
}

function Wizard() {
  const { t } = useTranslation(["launching", "products"]);
  const templates = useGet("/v1/products/templates");
  const caps = useGet("/v1/artefacts", { params: { query: { kind: "rate_cap" } } });
  const [step, setStep] = useState<Step>("start");
  const [draft, setDraft] = useState<Draft | null>(null);
  const [draw, setDraw] = useState(NO_DRAW);
  const [sent, setSent] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const { checked, fresh } = useCheck(draft, draw, step === "assess" || step === "decide");
  const said = useFaultText();
  const faults = useMemo(() => (draft ? (checked?.faults ?? []) : []), [draft, checked]);
  const blocker = useBlocker({ shouldBlockFn: ({ current, next }) => draft !== null && !sent && current.pathname !== next.pathname, enableBeforeUnload: () => draft !== null && !sent, withResolver: true });
  useEffect(() => {
    body.current?.focus({ preventScroll: true });
    body.current?.closest("main")?.scrollIntoView({ block: "start" });
  }, [step]);

  const start = (one: Draft): void => {
    setDraft(one);
    setSent(false);
    setDraw(likelyDraw(one.definition));
    setStep("lend");
  };
  const change = (changes: Partial<Draft>): void => { setSent(false); setDraft((before) => (before ? { ...before, ...changes } : before)); };
  const define = (definition: Definition): void => {
    change({ definition });
    if (!definition.terms.includes(draw.term)) setDraw({ ...draw, term: likelyDraw(definition).term });
  };
  const named = draft !== null && draft.name !== "";
  const shown = faults.filter((one) => one.field !== "name" || named);
  const fault = (...fields: string[]): string | undefined => {
    const found = shown.find((one) => fields.some((field) => one.field === field || one.field?.startsWith(`${field}.`)));
    return found ? said(found, checked) : undefined;
  };
  const wrong = new Set(shown.map((one) => stepOf(one.field)));
  const place = STEPS.indexOf(step);
  const props: StepProps | null = draft && { draft, change, define, fault };
  const capNames = [...new Set([...(caps.data?.artefacts ?? []).filter((one) => one.state === "live").map((one) => one.name), ...(draft?.extras ?? []).filter((one) => one.kind === "rate_cap").map((one) => one.name)])];
  return (
    <Page wide title={draft?.known ? <>{t("change_title")} <span className="mono">{draft.name}</span></> : t("new_title")} lead={t("new_lead")} back={{ to: "/products", words: t("products:title") }}>
      <div className={classes.wizard} data-started={draft !== null || undefined}>
        <StepList step={step} ready={draft !== null} wrong={wrong} onStep={setStep} />
        <div ref={body} tabIndex={-1} className={classes.body} role="group" aria-label={t(`steps.${step}`)}>
          {step === "start" || !props ? <StartStep templates={templates.data} problem={templates.error} onStart={start} /> : null}
          {props && step === "lend" ? <LendStep {...props} /> : null}
          {props && step === "repay" ? <RepayStep {...props} /> : null}
          {props && step === "price" ? <PriceStep {...props} caps={capNames} /> : null}
          {props && step === "decide" && templates.data ? <DecideStep {...props} templates={templates.data} /> : null}
          {draft && step === "assess" ? <AssessStep draft={draft} checked={checked} ready={fresh && named && faults.length === 0} onSent={() => setSent(true)} /> : null}
          {draft && step !== "start" ? (
            <div className={classes.between}>
              <Button variant="default" leftSection={<ArrowLeft size={15} aria-hidden />} onClick={() => setStep(STEPS[place - 1] ?? "start")}>{t("back")}</Button>
              {step === "assess" ? null : <Button rightSection={<ArrowRight size={15} aria-hidden />} onClick={() => setStep(STEPS[place + 1] ?? "assess")}>{t("next", { step: t(`steps.${STEPS[place + 1] ?? "assess"}`) })}</Button>}
            </div>
          ) : null}
        </div>
        {draft && step !== "start" ? <Preview draft={draft} checked={checked} fresh={fresh} draw={draw} onDraw={setDraw} faults={shown} /> : null}
      </div>
      <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={t("leave.title")}>
        <p>{t("leave.words")}</p>
        <div className={classes.leaving}>
          <Button variant="default" onClick={() => blocker.proceed?.()}>{t("leave.go")}</Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>{t("leave.stay")}</Button>
        </div>
      </Dialog>
    </Page>
  );
}
