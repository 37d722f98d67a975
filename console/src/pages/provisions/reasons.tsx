/** A stage in a word and a tone, and why an account is in it. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, day, number, percent, type Tone } from "../../kit";
import classes from "./provisions.module.css";

export type Placed = Shape<"AccountProvision">;

const TONES: Record<number, Tone> = { 1: "good", 2: "wait", 3: "bad" };

export function Stage({ of: stage }: { of: number }) {
  const { t } = useTranslation("provisions");
  return <Badge tone={TONES[stage]}>{t(`stages.${stage}`)}</Badge>;
}

/** Each reason as a sentence; of stage 1 that there is none. */
export function useReasons(): (placed: Placed) => string[] {
  const { t } = useTranslation("provisions");
  return (placed) => {
    if (placed.stage === null) return [t(placed.on ? "reasons.nothing_owed" : "reasons.never")];
    const said = placed.reasons.map((one) => t(`reasons.${one.code}`, {
      count: one.days ?? 0, days: number(one.days ?? 0), open: percent(one.pd_open ?? 0, 2), now: percent(one.pd_now ?? 0, 2), on: one.on ? day(one.on) : "", until: one.until ? day(one.until) : "",
    }));
    return [...(said.length ? said : [t("reasons.none")]), ...(placed.moved ? [t("reasons.moved")] : [])];
  };
}

export function Reasons({ of: placed }: { of: Placed }) {
  const reasons = useReasons();
  return <ul className={classes.reasons}>{reasons(placed).map((one) => <li key={one}>{one}</li>)}</ul>;
}
