import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Amount, Badge, Instant, OutcomeBadge, useMoney } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

/** Some of the decisions that change, newest first, of both sides. */
export function MovedExamples({ effect }: { effect: Effect }) {
  const { t } = useTranslation("effect");
  const written = useMoney(effect.currency);
  if (effect.examples.length === 0) return null;
  const money = (minor: number | null): string => (minor === null ? t("examples.no_limit") : written(minor));
  return (
    <section>
      <h3>{t("examples.title")}</h3>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("examples.title")}>
        <table className={classes.groups}>
          <thead>
            <tr>{(["decision", "before", "after", "reasons", "turned_out", "amount"] as const).map((key) => <th key={key} scope="col">{t(`examples.${key}`)}</th>)}</tr>
          </thead>
          <tbody>
            {effect.examples.map((one) => (
              <tr key={`${one.side}:${one.decision_id}`}>
                <th scope="row" className="nowrap"><Link to={"/decisions/$id" as string} params={{ id: one.decision_id } as never}>{one.event_id}</Link><br /><small><Instant at={one.occurred_at} form="short" /></small></th>
                <td><OutcomeBadge outcome={one.before} /></td>
                <td><OutcomeBadge outcome={one.after} /></td>
                <td>{one.reasons_after.map((code) => <code key={code} className={classes.code}>{code}</code>)}</td>
                <td>{one.bad === null ? <span className="soft">{t("examples.unknown")}</span> : <Badge tone={one.bad ? "bad" : "good"}>{t(one.bad ? "examples.bad" : "examples.good")}</Badge>}</td>
                <td>{one.side === "other" && one.limit_after_minor !== one.limit_before_minor
                  ? <span className="nowrap">{t("examples.limits", { before: money(one.limit_before_minor), after: money(one.limit_after_minor) })}</span>
                  : <Amount minor={one.amount_minor} currency={effect.currency} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
