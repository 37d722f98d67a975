/**
 * Words in two languages. One namespace a page, loaded with it: `useTranslation("live")`. The namespaces `app` and `kit`
 * are there from the start.
 */
import dayjs from "dayjs";
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { Problem } from "../api";
import { LANGUAGES, type Language } from "./language";

export { inWords, language, LANGUAGES, type Language } from "./language";

const KEPT_AS = "tandem.language";
const files = import.meta.glob<{ default: Record<string, unknown> }>("../words/*/*.json");

const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`../words/${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`no words for ${namespace} in ${language}`), null);
      return;
    }
    load().then(
      (found) => done(null, found.default as never),
      (error: unknown) => done(error as Error, null),
    );
  },
};

function chosen(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export async function startWords(): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: chosen(),
      supportedLngs: [...LANGUAGES],
      load: "currentOnly",
      fallbackLng: false,
      ns: ["app", "kit"],
      defaultNS: "app",
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
      returnEmptyString: true,
    });
  follow(i18next.language);
  i18next.on("languageChanged", follow);
}

function follow(language: string): void {
  document.documentElement.lang = language;
  if (language === "zh-CN") void import("dayjs/locale/zh-cn").then(() => dayjs.locale("zh-cn"));
  else dayjs.locale("en");
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEPT_AS, language);
  await i18next.changeLanguage(language);
}

/** Load the words of a page before it is shown. What could not be fetched once is asked for again: a page never shows keys. */
export async function loadWords(namespace: string): Promise<void> {
  await i18next.loadNamespaces(namespace);
  const missing = (): boolean => !i18next.hasResourceBundle(i18next.language, namespace);
  if (missing()) await i18next.reloadResources(i18next.language, namespace);
  if (missing() && `../words/${i18next.language}/${namespace}.json` in files) throw new Problem(0, { code: "unreachable" });
}
