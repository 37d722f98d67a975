/** How an account stands, in a word and a tone. */
import { useTranslation } from "react-i18next";
import { Badge, number, type Tone } from "../../kit";

const TONES: Record<string, Tone> = { open: "good", frozen: "wait", repaid: "neutral", written_off: "bad", closed: "neutral" };

export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation("accounts");
  return <Badge tone={TONES[state] ?? "neutral"}>{t(`states.${state}`)}</Badge>;
}

/** Days past due; nothing where it is not late. */
export function Late({ days }: { days: number }) {
  const { t } = useTranslation("accounts");
  return days > 0 ? <Badge tone={days > 30 ? "bad" : "wait"}>{t("days", { count: days, number: number(days) })}</Badge> : null;
}
