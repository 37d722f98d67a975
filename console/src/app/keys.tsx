/**
 * Keys. A page says which it has (`useKeys`), the map behind `?` shows them.
 *
 *     useKeys("decisions", [{ keys: "r", words: t("keys.replay"), act: replay }]);
 */
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Key {
  keys: string; // "j", "Enter", "]", "mod+Enter", "g d"
  words: string; // what it does, for the map
  act: () => void;
}

interface Registration {
  title: string;
  current: readonly Key[];
}

const registered = new Set<Registration>();
const watchers = new Set<() => void>();
let snapshot: readonly Registration[] = [];

function changed(): void {
  snapshot = [...registered];
  for (const watcher of watchers) watcher();
}

/** Have these keys while the component is shown; the newest registration of a key wins. */
export function useKeys(title: string, keys: readonly Key[]): void {
  const place = useRef<Registration>({ title, current: keys });
  useEffect(() => {
    place.current.title = title;
    place.current.current = keys;
  });
  useEffect(() => {
    const own = place.current;
    registered.add(own);
    changed();
    return () => {
      registered.delete(own);
      changed();
    };
  }, []);
}

/** Everything that can be pressed now. */
export const useKeyMap = (): readonly Registration[] =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => snapshot,
  );

const WRITES = "input, textarea, select, [contenteditable=''], [contenteditable='true'], [role='textbox'], .cm-editor";
const PATIENCE_MS = 900;

const writing = (target: EventTarget | null): boolean => target instanceof Element && target.closest(WRITES) !== null;

/** What was pressed, as `Key.keys` spells it. */
function spelled(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey;
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${event.key.length === 1 && mod ? event.key.toLowerCase() : event.key}`;
}

function find(keys: string): Key | undefined {
  return [...registered].toReversed().flatMap((one) => one.current).find((key) => key.keys === keys);
}

const starts = (word: string): boolean => [...registered].some((one) => one.current.some((key) => key.keys.startsWith(`${word} `)));

/** Listen to the keyboard; returns how to stop. */
export function listenToKeys(): () => void {
  let pending = "";
  let timer = 0;
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const said = spelled(event);
    const isChord = said.startsWith("mod+");
    if (!isChord && writing(event.target)) return;
    // A dialog keeps its own keys: nothing on the page behind it may answer.
    if (document.querySelector("[role=dialog][aria-modal=true]") && !isChord) return;
    const combined = pending ? `${pending} ${said}` : said;
    window.clearTimeout(timer);
    pending = "";
    const found = find(combined);
    if (found) {
      // Enter and Space belong to the control in focus.
      if ((said === "Enter" || said === " ") && event.target instanceof Element && event.target.closest("a, button, summary, [role=row], [role=option], [role=menuitem], [role=tab]")) return;
      event.preventDefault();
      found.act();
    } else if (!isChord && starts(said)) {
      pending = said;
      timer = window.setTimeout(() => { pending = ""; }, PATIENCE_MS);
    }
  };
  window.addEventListener("keydown", listener);
  return () => {
    window.removeEventListener("keydown", listener);
    window.clearTimeout(timer);
  };
}
