import { Button } from "@mantine/core";
import { Info } from "lucide-react";
import { useTranslation } from "react-i18next";
import { number } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

const SCORED = "not_scored";

/** What to know before believing the numbers: what is not known, and what could not be decided again. */
export function Notes({ effect, onScore }: { effect: Effect; onScore: () => void }) {
  const { t } = useTranslation("effect");
  const { outcomes } = effect;
  return (
    <ul className={classes.notes}>
      {effect.notes.map((note, place) => (
        <li key={`${note.code}:${place}`}>
          <Info size={14} aria-hidden />
          <span>{t(`note.${note.code}`, { count: note.count ?? 0, number: number(note.count ?? 0), names: (note.names ?? []).join(", "), text: note.text ?? "" })}</span>
          {note.code === SCORED ? <Button size="compact-xs" variant="default" onClick={onScore}>{t("score")}</Button> : null}
        </li>
      ))}
      {effect.erased > 0 ? <li><Info size={14} aria-hidden /><span>{t("note.erased", { count: effect.erased, number: number(effect.erased) })}</span></li> : null}
      {outcomes.defined ? (
        <li>
          <Info size={14} aria-hidden />
          <span>{t("note.known", { known: number(outcomes.known), decisions: number(outcomes.decisions), approved: number(outcomes.known_approved), whole: number(outcomes.approved), event: outcomes.event ?? "" })}</span>
        </li>
      ) : null}
    </ul>
  );
}
