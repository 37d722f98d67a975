/** The words of the customer's pages, in the language of their telephone until they choose the other. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "../app/language";

const KEPT_AS = "tandem.my.language";
const FILES: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("../words/en/my.json"),
  "zh-CN": () => import("../words/zh-CN/my.json"),
};

// A frame of another site may be given no storage at all: then the language is chosen anew each time.
function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function chosen(): Language {
  const before = kept();
  if (before === "en" || before === "zh-CN") return before;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export async function startWords(): Promise<void> {
  const first = chosen();
  const words = await FILES[first]();
  await i18next.use(initReactI18next).init({
    lng: first,
    resources: { [first]: { my: words.default } },
    load: "currentOnly",
    fallbackLng: false,
    ns: ["my"],
    defaultNS: "my",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = first;
}

export async function speak(next: Language): Promise<void> {
  if (!i18next.hasResourceBundle(next, "my")) i18next.addResourceBundle(next, "my", (await FILES[next]()).default);
  try {
    localStorage.setItem(KEPT_AS, next);
  } catch {
    // chosen for this time only
  }
  document.documentElement.lang = next;
  await i18next.changeLanguage(next);
}
