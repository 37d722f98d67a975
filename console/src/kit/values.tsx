/** Single values: a moment, a verdict. Never told by colour alone. */
import { Check, CircleHelp, Eye, X, type LucideIcon } from "lucide-react";
import { useCallback, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { dateOf, day, distance, moment, type InstantLike } from "./format";
import classes from "./kit.module.css";

/** A moment in the reader's zone; pointing at it shows UTC and how long ago. */
export function Instant({ at, form = "full", ago = false }: { at: InstantLike | null | undefined; form?: "time" | "minute" | "short" | "full" | "day"; ago?: boolean }) {
  if (at === null || at === undefined) return null;
  const iso = dateOf(at).toISOString();
  // A table draws hundreds of these a second while it is scrolled: what pointing shows is made when somebody points.
  const tell = (event: PointerEvent<HTMLElement>): void => { event.currentTarget.title = ago ? moment(at) : `${iso} · ${distance(at)}`; };
  return <time dateTime={iso} className="number" onPointerEnter={tell}>{ago ? distance(at) : moment(at, form)}</time>;
}

/** A column in which a day of either language stands on one line. */
export const DAY_PX = 148;

/** A calendar day, on one line, as the reader's language writes it. */
export function Day({ on }: { on: string | null | undefined }) {
  return on ? <time dateTime={on} className="number nowrap">{day(on)}</time> : null;
}

/** What a kind of entity is called: `person` is 人员. One that we have no word for keeps its own. */
export function useEntityName(): (kind: string) => string {
  const { t } = useTranslation("kit");
  return useCallback((kind: string) => t(`entity.${kind}`, { defaultValue: kind }), [t]);
}

export type Tone = "good" | "wait" | "bad" | "accent" | "neutral";

/** A small label: a mark and a word, in a tone. */
export function Badge({ tone = "neutral", icon: Icon, large, children }: { tone?: Tone; icon?: LucideIcon; large?: boolean; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone} data-large={large || undefined}>
      {Icon ? <Icon size={large ? 17 : 13} strokeWidth={2.4} aria-hidden /> : null}
      {children}
    </span>
  );
}

const OUTCOMES: Record<string, { tone: Tone; icon: LucideIcon }> = {
  approve: { tone: "good", icon: Check },
  review: { tone: "wait", icon: Eye },
  decline: { tone: "bad", icon: X },
};

/** Approve, review or decline: mark, word and colour. */
export function OutcomeBadge({ outcome, large }: { outcome: string; large?: boolean }) {
  const { t } = useTranslation("kit");
  const { tone, icon } = OUTCOMES[outcome] ?? { tone: "neutral" as const, icon: CircleHelp };
  return <Badge tone={tone} icon={icon} large={large}>{t(`outcome.${outcome}`, { defaultValue: outcome })}</Badge>;
}
