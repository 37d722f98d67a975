/** Where one is among the steps; those that can be gone to are buttons. */
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { STEPS, type Step } from "./asked";
import classes from "./training.module.css";

export function StepList({ step, open, onStep }: { step: Step; open: (step: Step) => boolean; onStep: (step: Step) => void }) {
  const { t } = useTranslation("training");
  const place = STEPS.indexOf(step);
  return (
    <nav aria-label={t("steps_label")}>
      <ol className={classes.steps}>
        {STEPS.map((one, at) => (
          <li key={one} data-state={at < place ? "done" : at === place ? "here" : "ahead"}>
            <button type="button" disabled={!open(one)} aria-current={one === step ? "step" : undefined} onClick={() => onStep(one)}>
              <span className={classes.mark} aria-hidden>{at < place ? <Check size={14} /> : at + 1}</span>
              <span>{t(`steps.${one}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
