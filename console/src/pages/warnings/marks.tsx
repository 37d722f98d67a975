/** How a warning stands, in marks: never told by colour alone. */
import { AlarmClock, ChevronsUp, ChevronUp, Check, Circle, Hand, Minus, UserCheck, X, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Instant, language, number, type Tone } from "../../kit";

export type Warning = Shape<"WarningShown">;

const SEVERITIES: Record<Warning["severity"], { tone: Tone; icon: LucideIcon }> = {
  high: { tone: "bad", icon: ChevronsUp },
  medium: { tone: "wait", icon: ChevronUp },
  low: { tone: "neutral", icon: Minus },
};

const STATES: Record<Warning["state"], { tone: Tone; icon: LucideIcon }> = {
  open: { tone: "accent", icon: Circle },
  taken: { tone: "neutral", icon: UserCheck },
  acted: { tone: "good", icon: Hand },
  dismissed: { tone: "neutral", icon: X },
  settled: { tone: "neutral", icon: Check },
};

export function Severity({ of: severity, large }: { of: Warning["severity"]; large?: boolean }) {
  const { t } = useTranslation("warnings");
  const { tone, icon } = SEVERITIES[severity];
  return <Badge tone={tone} icon={icon} large={large}>{t(`severities.${severity}`)}</Badge>;
}

/** What has become of it: once it is settled, whether it came true. */
export function State({ of: one, large }: { of: Warning; large?: boolean }) {
  const { t } = useTranslation("warnings");
  if (one.outcome) return <Badge tone={one.outcome === "came_true" ? "bad" : "good"} icon={Check} large={large}>{t(`outcomes.${one.outcome}`)}</Badge>;
  const { tone, icon } = STATES[one.state];
  return <Badge tone={tone} icon={icon} large={large}>{t(`states.${one.state}`)}</Badge>;
}

/** Its deadline while somebody has to do something; past it with a mark and another colour. */
export function Due({ of: one }: { of: Warning }) {
  const { t } = useTranslation("warnings");
  if (one.state !== "open" && one.state !== "taken") return null;
  return one.overdue ? <Badge tone="bad" icon={AlarmClock}>{t("overdue")}</Badge> : <span className="nowrap"><Instant at={one.due_at} form="minute" /></span>;
}

export const titleOf = (one: Warning): string => (language() === "zh-CN" ? one.title_zh : one.title_en);

/** Why, each thing once. */
export function reasonsOf(one: Warning): string[] {
  return [...new Set(one.signals.map((signal) => (language() === "zh-CN" ? signal.zh : signal.en)))];
}

/** Why what a warning asks for was left to people, in words; what is none of ours is a conduct rule's name. */
export function useLeft(): (why: string) => string {
  const { t, i18n } = useTranslation("warnings");
  return (why) => (i18n.exists(`left_why.${why}`, { ns: "warnings" }) ? t(`left_why.${why}`) : t("left_why.rule", { rule: why }));
}

export function useDays(): (days: number | null) => string {
  const { t } = useTranslation("warnings");
  return (days) => (days === null ? "–" : t("days", { count: days, number: number(days, 1) }));
}
