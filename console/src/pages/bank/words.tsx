/** How an order stands, why an item waits, what came of a movement: the codes of the bank and of this house, in words. */
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../kit";

const STATES: Record<string, Tone> = { proposed: "wait", declined: "neutral", sent: "wait", done: "good", rejected: "bad", returned: "bad" };

export function OrderState({ state }: { state: string }) {
  const { t } = useTranslation("bank");
  return <Badge tone={STATES[state]}>{t(`order_states.${state}`)}</Badge>;
}

/** A code of ISO 20022 in words; the code itself where we have none. */
export function useCodes() {
  const { t } = useTranslation("bank");
  return {
    status: (code: string): string => t(`statuses.${code}`, { defaultValue: code }),
    reason: (code: string): string => t(`reasons.${code}`, { defaultValue: code }),
    why: (code: string): string => t(`why.${code}`, { defaultValue: code }),
    version: (version: string): string => t(`versions.${version.slice(0, 8).replace(".", "_")}`, { defaultValue: version }),
  };
}
