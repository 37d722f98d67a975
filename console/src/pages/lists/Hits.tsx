/** Whom a change would have met among the newest decisions. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Instant, number, OutcomeBadge, percent } from "../../kit";
import classes from "./lists.module.css";

const OUTCOMES = ["approve", "review", "decline"] as const;

export function Hits({ hits }: { hits: Shape<"ListHits"> }) {
  const { t } = useTranslation("lists");
  if (hits.looked_at === 0) return <Block title={t("hits")}><p className="soft">{t("hits_nothing")}</p></Block>;
  if (hits.decisions === 0) return <Block title={t("hits")}><p>{t("hits_none", { looked: number(hits.looked_at) })}</p></Block>;
  const mix = OUTCOMES.map((outcome) => ({ outcome, count: hits.outcomes[outcome] ?? 0 }));
  return (
    <Block title={t("hits")} note={t("hits_note", { looked: number(hits.looked_at) })}>
      <p><strong>{t("hits_count", { count: hits.decisions, members: number(hits.members) })}</strong></p>
      <div className={classes.mix} aria-hidden>
        {mix.map(({ outcome, count }) => (count ? <span key={outcome} data-outcome={outcome} style={{ flexGrow: count }} /> : null))}
      </div>
      <ul className={classes.legend}>
        {mix.map(({ outcome, count }) => <li key={outcome}><OutcomeBadge outcome={outcome} /> <span className="number">{number(count)}</span> <span className="soft number">{percent(count / hits.decisions)}</span></li>)}
      </ul>
      <h3>{t("examples")}</h3>
      <ul className={classes.examples}>
        {hits.examples.map((one) => (
          <li key={one.decision_id}>
            <Instant at={one.decided_at} form="short" />
            <OutcomeBadge outcome={one.outcome} />
            <Link to={"/decisions/$id" as string} params={{ id: one.decision_id } as never} target="_blank" className="mono">{one.event_id}</Link>
            <span className="soft">{one.policy}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
