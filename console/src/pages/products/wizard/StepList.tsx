/** Where one is in the wizard; a step with something wrong in it says so. */
import { Check, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "../launching.module.css";
import { STEPS, type Step } from "./draft";

export function StepList({ step, ready, wrong, onStep }: { step: Step; ready: boolean; wrong: ReadonlySet<Step>; onStep: (step: Step) => void }) {
  const { t } = useTranslation("launching");
  const place = STEPS.indexOf(step);
  return (
    <nav aria-label={t("steps_label")}>
      <ol className={classes.steps}>
        {STEPS.map((one, at) => (
          <li key={one} data-state={at === place ? "here" : at < place ? "done" : "ahead"} data-wrong={wrong.has(one) || undefined}>
            <button type="button" disabled={!ready && one !== "start"} aria-current={one === step ? "step" : undefined} onClick={() => onStep(one)}>
              <span className={classes.mark} aria-hidden>{wrong.has(one) ? <TriangleAlert size={13} /> : at < place ? <Check size={14} /> : at + 1}</span>
              <span>{t(`steps.${one}`)}{wrong.has(one) ? <span className="visually-hidden"> {t("steps_wrong")}</span> : null}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
