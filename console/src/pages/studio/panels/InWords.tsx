import { useTranslation } from "react-i18next";
import { Empty, language } from "../../../kit";
import { useStudio } from "../model/context";
import classes from "../studio.module.css";

/** The policy read aloud. */
export function InWords() {
  const { t } = useTranslation("studio");
  const { draft } = useStudio();
  const lines = draft.report?.words[language() === "zh-CN" ? "zh" : "en"] ?? [];
  if (lines.length === 0) return <Empty title={t("unreadable")} hint={t("unreadable_hint")} />;
  return <div className={classes.lines}>{lines.map((line, place) => <p key={place} style={{ paddingLeft: `${(line.length - line.trimStart().length) * 0.6}rem` }}>{line.trimStart()}</p>)}</div>;
}
