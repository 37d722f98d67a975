/** What collections are told in: steps, channels, how late, and the rules that stand against a contact. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Instant, language, number } from "../../kit";
import classes from "./collections.module.css";

type Told = { en: string; zh: string };

/** A text of the workspace in the reader's language. */
export const told = (words: Told): string => (language() === "zh-CN" ? words.zh : words.en);

export function useNames() {
  const { t } = useTranslation("collections");
  return {
    step: (name: string) => t(`step.${name}`, { defaultValue: name }),
    channel: (name: string) => t(`channel.${name}`, { defaultValue: name }),
    action: ({ step, channel }: { step: string; channel: string | null }) => (channel ? `${t(`channel.${channel}`)} · ${t(`step.${step}`)}` : t(`step.${step}`)),
  };
}

export function HowLate({ days }: { days: number }) {
  const { t } = useTranslation("collections");
  return <Badge tone={days > 30 ? "bad" : days > 0 ? "wait" : "neutral"}>{days > 0 ? t("days", { count: days, number: number(days) }) : t("not_late")}</Badge>;
}

/** The rules that stand against a contact, with where each is written. */
export function Blocks({ blocks }: { blocks: readonly Shape<"BlockShown">[] }) {
  const { t } = useTranslation("collections");
  return (
    <ul className={classes.blocks}>
      {blocks.map((one) => (
        <li key={one.rule}>
          <strong>{told(one.title)}</strong>
          <span className="soft">{t("blocked_source")} {told(one.source)}</span>
          <span className="soft">{one.because ? t("because", { what: one.because }) : null} {one.until ? <>{t("until", { at: "" })}<Instant at={one.until} form="minute" /></> : null}</span>
        </li>
      ))}
    </ul>
  );
}
