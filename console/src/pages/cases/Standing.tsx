/** How a case stands, in marks: its state, and how much of the promised time is left. */
import { AlarmClock, Check, Circle, Clock, Moon, UserCheck, Users, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, distance, type Tone } from "../../kit";
import type { Case } from "./useCaseActions";

const STATES: Record<Case["state"], { tone: Tone; icon: LucideIcon }> = {
  open: { tone: "accent", icon: Circle },
  assigned: { tone: "neutral", icon: UserCheck },
  snoozed: { tone: "neutral", icon: Moon },
  waiting: { tone: "wait", icon: Users },
  resolved: { tone: "good", icon: Check },
};

export function StateBadge({ state, large }: { state: Case["state"]; large?: boolean }) {
  const { t } = useTranslation("cases");
  const { tone, icon } = STATES[state];
  return <Badge tone={tone} icon={icon} large={large}>{t(`state.${state}`)}</Badge>;
}

const EVERY_MS = 15_000;
const SOON_MS = 15 * 60_000;

/** The present, again and again. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

/** When it is due; past due in another colour, with another mark and another word. */
export function Due({ of: one }: { of: Case }) {
  const { t } = useTranslation("cases");
  const now = useNow();
  if (one.state === "resolved") return one.breached ? <Badge tone="bad" icon={AlarmClock}>{t("was_late")}</Badge> : <Badge tone="good" icon={Check}>{t("in_time")}</Badge>;
  const due = Date.parse(one.due_at);
  if (due < now) return <Badge tone="bad" icon={AlarmClock}>{t("late", { distance: distance(one.due_at, now) })}</Badge>;
  return <Badge tone={due - now < SOON_MS ? "wait" : "neutral"} icon={Clock}>{t("due", { distance: distance(one.due_at, now) })}</Badge>;
}
