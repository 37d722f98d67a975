import { useTranslation } from "react-i18next";
import { number, OutcomeBadge } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

const OUTCOMES = ["decline", "review", "approve"] as const;

/** From what to what: rows as the live policy decides, columns as the draft would. What changes stands out. */
export function Matrix({ effect }: { effect: Effect }) {
  const { t } = useTranslation(["effect", "kit"]);
  const counts = new Map(effect.matrix.map((cell) => [`${cell.before}:${cell.after}`, cell]));
  return (
    <section>
      <h3>{t("matrix.title")}</h3>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("matrix.title")}>
        <table className={classes.matrix}>
          <caption className="visually-hidden">{t("matrix.title")}</caption>
          <thead>
            <tr><th scope="col">{t("matrix.corner")}</th>{OUTCOMES.map((after) => <th key={after} scope="col"><OutcomeBadge outcome={after} /></th>)}</tr>
          </thead>
          <tbody>
            {OUTCOMES.map((before) => (
              <tr key={before}>
                <th scope="row"><OutcomeBadge outcome={before} /></th>
                {OUTCOMES.map((after) => {
                  const cell = counts.get(`${before}:${after}`);
                  const changes = before !== after && cell !== undefined;
                  return (
                    <td key={after} data-changes={changes || undefined} data-same={before === after || undefined}>
                      <span className="number">{cell ? number(cell.count) : "–"}</span>
                      {changes && effect.outcomes.defined ? <small>{t("matrix.known", { bad: number(cell.bad), good: number(cell.good), unknown: number(cell.unknown) })}</small> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
