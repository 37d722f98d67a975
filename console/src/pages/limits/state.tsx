/** How a review, a step and what is asked of an account stand, in a word and a tone. */
import { ArrowDown, ArrowUp, Minus, Snowflake, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { language } from "../../app/words";
import { Badge, type Tone } from "../../kit";

const REVIEWS: Record<string, Tone> = { proposed: "wait", declined: "neutral", going: "accent", done: "good" };
const LINES: Record<string, Tone> = { proposed: "neutral", noticed: "wait", offered: "wait", due: "accent", moved: "good", declined: "neutral", lapsed: "neutral", dropped: "neutral" };
const KINDS: Record<string, { tone: Tone; icon: LucideIcon }> = {
  freeze: { tone: "bad", icon: Snowflake }, decrease: { tone: "wait", icon: ArrowDown }, hold: { tone: "neutral", icon: Minus }, increase: { tone: "good", icon: ArrowUp },
};

export function ReviewState({ state }: { state: string }) {
  const { t } = useTranslation("limits");
  return <Badge tone={REVIEWS[state]}>{t(`review_states.${state}`)}</Badge>;
}

export function LineState({ state, why }: { state: string; why?: string | null }) {
  const { t } = useTranslation("limits");
  return <span><Badge tone={LINES[state]}>{t(`line_states.${state}`)}</Badge>{why ? <> {t(`why.${why}`, { defaultValue: why })}</> : null}</span>;
}

/** What a step does: a mark and a word. */
export function Move({ kind }: { kind: string }) {
  const { t } = useTranslation("limits");
  const { tone, icon } = KINDS[kind] ?? KINDS["hold"]!;
  return <Badge tone={tone} icon={icon}>{t(`kinds.${kind}`)}</Badge>;
}

/** A text that comes in both languages, in the reader's. */
export const told = (words: { en: string; zh: string }): string => (language() === "zh-CN" ? words.zh : words.en);
