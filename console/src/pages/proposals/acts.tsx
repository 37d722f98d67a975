/** Acts on accounts in words, and what one would come to: used where they are done, agreed to, and looked back on. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Badge, number, PlainTable, useMoney, type Tone } from "../../kit";
import classes from "./proposals.module.css";

export type Act = Shape<"ActShown">["act"];
export type Kind = Act["act"];
export type Shown = Shape<"ActShown">;
export type Effect = Shape<"ActEffect">;
type Standing = Shape<"AccountStanding">;

const PER_CENT = 100;
export const REASONS = ["customer_asked", "hardship", "goodwill", "our_mistake", "settlement", "deceased", "fraud", "risk", "uncollectable", "other"] as const;
const TONES: Record<Shown["state"], Tone> = { done: "neutral", open: "wait", agreed: "good", declined: "bad", withdrawn: "neutral" };

/** `sentence(act)`: what is done, in a line. */
export function useActWords(currency: string): (act: Act) => string {
  const { t } = useTranslation("proposals");
  const money = useMoney(currency);
  return (act) => {
    switch (act.act) {
      case "waive": {
        if (act.rest) return t("says.waive_rest", { plan: act.plan });
        const parts = (["fee_minor", "penalty_minor", "interest_minor"] as const).filter((name) => act[name]).map((name) => t(`says.${name}`, { amount: money(act[name] ?? 0) }));
        return t("says.waive", { plan: act.plan, parts: parts.join(t("and")) });
      }
      case "reschedule":
        return t("says.reschedule", { plan: act.plan, instalments: number(act.count), rate: number(act.rate_bps / PER_CENT, 2) });
      case "write_off":
        return t("says.write_off", { plan: act.plan });
      case "move_limit":
        return t("says.move_limit", { amount: money(act.limit_minor) });
      case "reverse":
        return t("says.reverse", { plan: act.plan, id: act.fact_id });
      default:
        return t(`says.${act.act}`);
    }
  };
}

export function StateOfAct({ state }: { state: Shown["state"] }) {
  const { t } = useTranslation("proposals");
  return <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>;
}

/** What an act would come to now; asked again as it changes. */
export const useEffectOf = (account: string, act: Act | null) =>
  useQuery({
    queryKey: ["act-effect", account, act],
    enabled: act !== null,
    retry: false,
    queryFn: async () => {
      const { data } = await api.POST("/v1/accounts/{account_id}/acts/preview", { params: { path: { account_id: account } }, body: { act: act! } });
      return data as Effect;
    },
  });

/** The account before and after, as far as they differ, and what the lender gives up. */
export function EffectTable({ effect, currency }: { effect: Effect; currency: string }) {
  const { t } = useTranslation("proposals");
  const { t: words } = useTranslation("accounts");
  const money = useMoney(currency);
  const rows: [string, (one: Standing) => string][] = [
    [words("state"), (one) => words(`states.${one.state}`)],
    [words("due"), (one) => money(one.due_minor)],
    [words("payoff"), (one) => money(one.payoff_minor)],
    [words("principal"), (one) => money(one.principal_minor)],
    [words("late"), (one) => (one.days_past_due ? words("days", { count: one.days_past_due, number: number(one.days_past_due) }) : t("nothing"))],
    [t("instalments"), (one) => number(one.instalments)],
    [t("next_due"), (one) => one.next_due ?? t("nothing")],
    [t("next_amount"), (one) => (one.next_due ? money(one.next_minor) : t("nothing"))],
    [words("limit"), (one) => (one.limit_minor === null ? t("nothing") : money(one.limit_minor))],
    [words("available"), (one) => money(one.available_minor)],
  ];
  const moved = rows.filter(([, of]) => of(effect.before) !== of(effect.after));
  return (
    <div className={classes.effect}>
      {moved.length ? <PlainTable label={t("effect")} head={[t("what"), t("before"), t("after")]}
        rows={moved.map(([name, of]) => [name, <span key="b" className="number nowrap">{of(effect.before)}</span>, <strong key="a" className="number nowrap">{of(effect.after)}</strong>])} /> : null}
      {effect.cost_minor > 0 ? <p>{t("costs", { amount: money(effect.cost_minor) })}</p> : null}
      {effect.cost_minor < 0 ? <p>{t("brings_back", { amount: money(-effect.cost_minor) })}</p> : null}
    </div>
  );
}
