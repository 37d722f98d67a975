import { Button } from "@mantine/core";
import type { TFunction } from "i18next";
import { RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../api";
import { Copyable } from "./Copyable";
import { language } from "../app/words";
import classes from "./kit.module.css";

interface ErrorPanelProps {
  problem: unknown; // a Problem, or any error
  kept?: string; // what is safe: "Your draft is kept in this browser."
  onRetry?: () => void;
}

/** What happened, what was kept, how to go on. */
export function ErrorPanel({ problem: given, kept, onRetry }: ErrorPanelProps) {
  const { t, i18n } = useTranslation("kit");
  const problem = problemOf(given);
  const ours = (key: string): string | undefined => (i18n.exists(key, { ns: "kit" }) ? t(key) : undefined);
  const happened = ours(`error.code.${problem.code}`) ?? problem.message;
  const hint = ours(`error.hint.${problem.code}`) ?? (problem.hint && nearNames(problem.hint, t)) ?? (problem.passing ? t("error.later") : undefined);
  return (
    <div className={classes.error} role="alert" data-problem={problem.code}>
      <h2>{t(problem.status === 0 && problem.code === "unreachable" ? "error.unreachable" : problem.status === 403 ? "error.forbidden" : "error.title")}</h2>
      <dl>
        <dt>{t("error.happened")}</dt>
        <dd>{happened}{problem.field ? <> <code>{problem.field}</code></> : null}</dd>
        <dt>{t("error.kept")}</dt>
        <dd>{kept ?? t("error.kept_nothing_changed")}</dd>
        {hint ? <><dt>{t("error.next")}</dt><dd>{hint}</dd></> : null}
        <dt>{t("error.code_name")}</dt>
        <dd><Copyable text={problem.code} /></dd>
        {problem.requestId ? <><dt>{t("error.trace")}</dt><dd><Copyable text={problem.requestId} /></dd></> : null}
      </dl>
      {onRetry ? <div><Button variant="default" leftSection={<RotateCw size={15} />} onClick={onRetry}>{t("error.retry")}</Button></div> : null}
    </div>
  );
}

const NEAR = /^did you mean ('[^']*'(?: or '[^']*')*)\?$/;
const KNOWN = /^known: (.+)$/;

/** The server's two ways of naming what there is, in the reader's language; any other hint as it came. */
function nearNames(hint: string, t: TFunction<"kit">): string {
  const near = NEAR.exec(hint)?.[1]?.slice(1, -1).split("' or '"); // inside a name, " or " is part of it
  if (near) return t("error.near", { names: new Intl.ListFormat(language(), { type: "disjunction" }).format(near) });
  const known = KNOWN.exec(hint)?.[1];
  return known === undefined ? hint : t("error.known", { names: known });
}
