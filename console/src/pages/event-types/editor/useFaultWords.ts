import { useTranslation } from "react-i18next";
import { inWords } from "../../../kit";
import type { Fault } from "./definition";

/** What is wrong, in the reader's language where we have the words, else as the server said it; with the remedy. */
export function useFaultWords(): (fault: Fault) => string {
  const { t, i18n } = useTranslation("event-types");
  return (fault) => {
    // The filter of a feature names a column, its aggregate a field: to the reader both are a field that it reads.
    const code = fault.code === "unknown_column" && fault.at?.startsWith("features") ? "unknown_field" : fault.code;
    const key = `faults.${code}`;
    if (i18n.exists(key, { ns: "event-types" })) return t(key, { value: fault.value ?? "" });
    return [inWords({ en: fault.detail, zh: fault.detail_zh ?? fault.detail }), inWords({ en: fault.hint ?? "", zh: fault.hint_zh ?? fault.hint ?? "" })].filter(Boolean).join(" ");
  };
}
