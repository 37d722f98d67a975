/** How a webhook or a message stands: mark, word and colour. */
import { Check, CirclePause, CircleSlash, Clock, OctagonX, TriangleAlert, type LucideIcon } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../kit";

const LOOKS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  active: { tone: "good", icon: Check },
  failing: { tone: "wait", icon: TriangleAlert },
  paused: { tone: "bad", icon: CirclePause },
  disabled: { tone: "neutral", icon: CircleSlash },
  waiting: { tone: "wait", icon: Clock },
  delivered: { tone: "good", icon: Check },
  dead: { tone: "bad", icon: OctagonX },
  failed: { tone: "bad", icon: OctagonX },
};

export function StateBadge({ state, large }: { state: string; large?: boolean }) {
  const { t } = useTranslation("developers");
  const { tone, icon } = LOOKS[state] ?? { tone: "neutral" as const, icon: Clock };
  return <Badge tone={tone} icon={icon} large={large}>{t(`state.${state}`)}</Badge>;
}

const choicesOf = (states: readonly string[], t: (key: string) => string) => states.map((value) => ({ value, label: t(`state.${value}`) }));

/** The states of a webhook, to filter by. */
export function useStateWords() {
  const { t } = useTranslation("developers");
  return useMemo(() => choicesOf(["active", "failing", "paused", "disabled"], t), [t]);
}

/** The states of a message, to filter by. */
export function useDeliveryWords() {
  const { t } = useTranslation("developers");
  return useMemo(() => choicesOf(["waiting", "delivered", "dead", "failed"], t), [t]);
}
