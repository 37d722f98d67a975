/** The language in use, for whatever needs to know it and nothing of how words are loaded. */
import i18next from "i18next";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language in use; `zh` or `en` as the API's texts name it. */
export const language = (): Language => (i18next.language === "zh-CN" ? "zh-CN" : "en");

/** A text that an artefact or the API carries in both languages. */
export function inWords(text: { en?: string | undefined; zh?: string | undefined } | null | undefined): string {
  if (!text) return "";
  return (language() === "zh-CN" ? text.zh || text.en : text.en || text.zh) ?? "";
}
