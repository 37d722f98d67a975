import { CircleX, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty, ErrorPanel, inWords, Loading } from "../../../kit";
import { useStudio } from "../model/context";
import classes from "../studio.module.css";

/** Everything that is wrong or looks wrong, each a way to its place. */
export function Problems({ onOpen }: { onOpen: (where: string) => void }) {
  const { t } = useTranslation("studio");
  const { draft } = useStudio();
  if (draft.problem) return <ErrorPanel problem={draft.problem} kept={t("kept.words")} onRetry={draft.again} />;
  if (!draft.report) return <Loading lines={3} />;
  if (draft.report.findings.length === 0) return <Empty title={t("problems.none")} hint={t("problems.none_hint")} />;
  return (
    <div className={classes.list}>
      {draft.report.findings.map((one, place) => {
        const Mark = one.severity === "error" ? CircleX : TriangleAlert;
        return (
          <button key={place} type="button" className={classes.finding} data-severity={one.severity} onClick={() => onOpen(one.where)}>
            <Mark size={16} aria-label={t(one.severity)} />
            <span>{inWords(one.message)}{one.hint ? <small>{inWords(one.hint)}</small> : null}</span>
            <code>{one.where}</code>
          </button>
        );
      })}
    </div>
  );
}
