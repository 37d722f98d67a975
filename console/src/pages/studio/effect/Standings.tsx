import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { number, percent, PlainTable, useMoney } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

/** How the live policy and the draft stand on the same decisions, with how sure the shares are. */
export function Standings({ effect }: { effect: Effect }) {
  const { t } = useTranslation("effect");
  const sides = [effect.before, effect.after];
  const written = useMoney(effect.currency);
  const money = (minor: number | null): string => (minor === null ? "–" : written(minor));
  const line = (words: string, of: (side: Shape<"EffectStanding">) => string): string[] => [words, ...sides.map(of)];
  const rows = [
    line(t("standing.approved"), (side) => rate(side.approved)),
    ...(effect.outcomes.defined ? [line(t("standing.bad"), (side) => rate(side.bad))] : []),
    line(t("standing.reviewed"), (side) => number(side.reviewed)),
    line(t("standing.declined"), (side) => number(side.declined)),
    ...(effect.before.amount_minor === null ? [] : [line(t("standing.amount"), (side) => money(side.amount_minor))]),
    ...(effect.before.limit_minor === null && effect.after.limit_minor === null ? [] : [line(t("standing.limit"), (side) => money(side.limit_minor))]),
  ];
  return (
    <section>
      <h3>{t("standing.title")}</h3>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("standing.title")}>
        <PlainTable label={t("standing.title")} head={[t("standing.what"), t("standing.live"), t("standing.draft")]} rows={rows} />
      </div>
      <p className="soft">{t("standing.interval")}</p>
    </section>
  );
}

function rate(given: Shape<"EffectRate">): string {
  if (given.share === null) return "–";
  return `${percent(given.share)} (${percent(given.low ?? 0)} – ${percent(given.high ?? 1)})`;
}
