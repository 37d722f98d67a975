import { ShieldCheck, UserX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { number, percent, useMoney } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

/** The two sides of a change: what it stops that went badly, and whom it hurts who went well. */
export function Sides({ effect }: { effect: Effect }) {
  const { t } = useTranslation("effect");
  const { stopped, let_through: through } = effect;
  const written = useMoney(effect.currency);
  const money = (minor: number | null): string | null => (minor === null ? null : written(minor));
  return (
    <div className={classes.sides}>
      <section className={classes.side} data-tone="good" aria-label={t("caught.title")}>
        <h3><ShieldCheck size={16} aria-hidden /> {t("caught.title")}</h3>
        <p className={classes.big}>{effect.outcomes.defined ? number(stopped.bad) : "–"}</p>
        <p>{money(stopped.bad_amount_minor) ?? t("no_amount")}</p>
        {through.bad === 0 ? null : <p className="soft">{t("caught.back", { number: number(through.bad), amount: money(through.bad_amount_minor) ?? "–" })}</p>}
      </section>
      <section className={classes.side} data-tone="bad" aria-label={t("hurt.title")}>
        <h3><UserX size={16} aria-hidden /> {t("hurt.title")}</h3>
        <p className={classes.big}>{effect.outcomes.defined ? number(stopped.good) : "–"}</p>
        <p>{money(stopped.good_amount_minor) ?? t("no_amount")}</p>
        {through.good === 0 ? null : <p className="soft">{t("hurt.back", { number: number(through.good), amount: money(through.good_amount_minor) ?? "–" })}</p>}
      </section>
      <p className={classes.wide}>
        {t("moved.stopped", { count: stopped.count, number: number(stopped.count) })}{" "}
        {stopped.unknown > 0 && effect.outcomes.defined ? t("moved.unknown", { count: stopped.unknown, number: number(stopped.unknown) }) : null}{" "}
        {stopped.bad_rate.share === null ? null : t("moved.hit", { share: percent(stopped.bad_rate.share), low: percent(stopped.bad_rate.low ?? 0), high: percent(stopped.bad_rate.high ?? 0) })}{" "}
        {through.count > 0 ? t("moved.through", { count: through.count, number: number(through.count) }) : null}
      </p>
    </div>
  );
}
