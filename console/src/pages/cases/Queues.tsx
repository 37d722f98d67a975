/** The queues at the left: what is in each, and what is late there. */
import { AlarmClock, Layers } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, inWords, number } from "../../kit";
import classes from "./cases.module.css";

type Queue = Shape<"CaseQueue">;
type Totals = Pick<Queue, "open" | "assigned" | "snoozed" | "waiting" | "breached" | "mine" | "resolved_today">;

const active = (of: Totals): number => of.open + of.assigned + of.snoozed + of.waiting;

function sum(queues: readonly Queue[]): Totals {
  const none: Totals = { open: 0, assigned: 0, snoozed: 0, waiting: 0, breached: 0, mine: 0, resolved_today: 0 };
  const add = (to: Totals, one: Queue): Totals =>
    Object.fromEntries(Object.entries(to).map(([key, value]) => [key, value + one[key as keyof Totals]])) as unknown as Totals;
  return queues.reduce(add, none);
}

export function Queues({ queues, chosen, onChoose }: { queues: readonly Queue[]; chosen: string | undefined; onChoose: (queue: string | undefined) => void }) {
  const { t } = useTranslation("cases");
  return (
    <nav className={classes.queues} aria-label={t("queues")}>
      <ul>
        <li><One title={t("all_queues")} of={sum(queues)} current={chosen === undefined} onChoose={() => onChoose(undefined)} /></li>
        {queues.map((queue) => (
          <li key={queue.queue}>
            <One title={inWords(queue.title)} of={queue} promised={queue.due_after_s} current={chosen === queue.queue} onChoose={() => onChoose(queue.queue)} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function One({ title, of, promised, current, onChoose }: { title: string; of: Totals; promised?: number; current: boolean; onChoose: () => void }) {
  const { t } = useTranslation("cases");
  return (
    <button type="button" className={classes.queue} aria-current={current ? "true" : undefined} onClick={onChoose}>
      <span className={classes.queueHead}>
        <strong>{promised === undefined ? <Layers size={14} aria-hidden /> : null}{title}</strong>
        <span className="number">{number(active(of))}</span>
      </span>
      <span className={classes.queueFoot}>
        <span>{t("free_count", { count: of.open, shown: number(of.open) })}</span>
        {of.mine > 0 ? <span>{t("mine_count", { shown: number(of.mine) })}</span> : null}
        {of.breached > 0 ? <Badge tone="bad" icon={AlarmClock}>{t("late_count", { shown: number(of.breached) })}</Badge> : null}
        {promised === undefined ? <span>{t("resolved_today", { shown: number(of.resolved_today) })}</span> : <span>{t("promised", { within: within(promised, t) })}</span>}
      </span>
    </button>
  );
}

/** A time that is promised, in the largest unit that is whole. */
function within(seconds: number, t: (key: string, values: { count: number }) => string): string {
  if (seconds % 86_400 === 0) return t("days", { count: seconds / 86_400 });
  if (seconds % 3600 === 0) return t("hours", { count: seconds / 3600 });
  return t("minutes", { count: Math.round(seconds / 60) });
}
