import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, type Tone } from "../../kit";

type State = Shape<"EventTypeSummary">["state"];

const TONES: Record<State, Tone> = { live: "good", reviewed: "accent", draft: "wait", declined: "bad", retired: "neutral" };

/** How far a version has come. */
export function StateBadge({ state }: { state: State }) {
  const { t } = useTranslation("event-types");
  return <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>;
}
