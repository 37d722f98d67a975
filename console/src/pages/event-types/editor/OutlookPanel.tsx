/** Beside the form: what is new in the draft, and what else would not hold any more. */
import { useTranslation } from "react-i18next";
import { Badge, Block, ErrorPanel, inWords, Loading } from "../../../kit";
import classes from "../event-types.module.css";
import { isShown } from "./definition";
import { useFaultWords } from "./useFaultWords";
import type { Outlook } from "./useOutlook";

export function OutlookPanel({ outlook, named }: { outlook: Outlook; named: boolean }) {
  const { t } = useTranslation("event-types");
  const faultWords = useFaultWords();
  const { found, fresh, problem } = outlook;
  const other = found?.faults.filter((fault) => !isShown(fault)) ?? [];
  const standing = !found || !fresh ? t("looking") : found.faults.length > 0 ? t("not_yet") : t("holds");
  return (
    <div className={classes.outlook}>
      <Block title={t("new_in_it")}>
        {problem ? <ErrorPanel problem={problem} /> : null}
        {!named ? <p className="soft">{t("name_first")}</p> : null}
        {named && !found && !problem ? <Loading lines={2} /> : null}
        {found?.same ? <p className="soft">{t("same")}</p> : null}
        {found && !found.same ? <ul className={classes.sentences}>{found.words.map((one, place) => <li key={place}>{inWords(one)}</li>)}</ul> : null}
      </Block>
      {named && found ? (
        <Block title={t("would_hold")}>
          <p role="status"><Badge tone={!fresh ? "neutral" : found.faults.length ? "bad" : "good"}>{standing}</Badge></p>
          {other.length ? (
            <ul className={classes.elsewhere}>
              {other.map((fault, place) => <li key={place} role="alert">{fault.at ? <strong className="mono">{fault.at.split(",")[0]}</strong> : null} <p>{faultWords(fault)}</p>{fault.field ? <p className="soft mono">{fault.field}</p> : null}</li>)}
            </ul>
          ) : null}
          {found.warnings.map((words) => <p key={words} className="soft">{words}</p>)}
        </Block>
      ) : null}
    </div>
  );
}
