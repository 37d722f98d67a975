/** Ctrl-K: every page, every command, and whatever a page offers (`useCommands`). */
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { FileSearch, Languages, Moon, Search } from "lucide-react";
import { useMantineColorScheme } from "@mantine/core";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { navigation } from "./pages";
import { useSession } from "./session";
import { changeLanguage, language } from "./words";

const [store, spotlight] = createSpotlight();
export const openPalette = (): void => spotlight.open();

export interface Command {
  id: string;
  words: string;
  more?: string;
  act: () => void;
}

const offered = new Set<{ current: readonly Command[] }>();
const watchers = new Set<() => void>();
let snapshot: readonly { current: readonly Command[] }[] = [];

function changed(): void {
  snapshot = [...offered];
  for (const watcher of watchers) watcher();
}

/** Offer commands in the palette while the component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const place = useRef({ current: commands });
  useEffect(() => {
    place.current.current = commands;
  });
  useEffect(() => {
    const own = place.current;
    offered.add(own);
    changed();
    return () => {
      offered.delete(own);
      changed();
    };
  }, []);
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function Palette() {
  const { t } = useTranslation("app");
  const { permissions } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [asked, setAsked] = useState("");
  const navigate = useNavigate();
  const commands = useSyncExternalStore(subscribe, () => snapshot).flatMap(({ current }) => current);
  const pages: SpotlightActionData[] = navigation(permissions).flatMap(({ group, pages }) =>
    pages.map(({ path, words, icon: Icon, go }) => ({
      id: path,
      label: t(`nav.${words}`),
      description: `${t(`group.${group}`)}${go ? ` · g ${go}` : ""}`,
      keywords: [words, path],
      leftSection: Icon ? <Icon size={18} aria-hidden /> : undefined,
      onClick: () => void navigate({ to: path }),
    })),
  );
  const groups: SpotlightActionGroupData[] = [{ group: t("palette.pages"), actions: pages }];
  if (commands.length > 0) {
    groups.unshift({ group: t("palette.here"), actions: commands.map(({ id, words, more, act }) => ({ id, label: words, description: more, onClick: act })) });
  }
  const wanted = asked.trim();
  if (wanted) {
    // Whatever was typed may be the id of a decision or of its event.
    groups.push({
      group: t("palette.find"),
      actions: [{
        id: "find-decision",
        label: t("palette.decision", { id: wanted }),
        keywords: [wanted],
        leftSection: <FileSearch size={18} aria-hidden />,
        onClick: () => void navigate({ to: "/decisions/$id" as string, params: { id: wanted } as never }),
      }],
    });
  }
  groups.push({
    group: t("palette.commands"),
    actions: [
      { id: "language", label: t("palette.language"), keywords: [t("palette.language_keywords")], leftSection: <Languages size={18} aria-hidden />, onClick: () => void changeLanguage(language() === "en" ? "zh-CN" : "en") },
      { id: "theme", label: t("palette.theme"), keywords: [t("palette.theme_keywords")], leftSection: <Moon size={18} aria-hidden />, onClick: () => setColorScheme(colorScheme === "dark" ? "light" : "dark") },
    ],
  });
  return (
    <Spotlight
      store={store}
      attributes={{ content: { "aria-label": t("search") } }}
      actions={groups}
      query={asked}
      onQueryChange={setAsked}
      shortcut={null}
      nothingFound={t("palette.nothing")}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ leftSection: <Search size={18} aria-hidden />, placeholder: t("palette.placeholder"), "aria-label": t("palette.placeholder") }}
    />
  );
}
