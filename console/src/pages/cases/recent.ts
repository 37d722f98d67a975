/** What this person did last, for as long as it can be taken back: `u` works also when the next case is on the screen. */
import { useSyncExternalStore } from "react";
import type { Shape } from "../../api";

export interface Recent {
  case: Shape<"CaseSummary">;
  until: number; // ms since 1970
}

let recent: Recent | null = null;
const watchers = new Set<() => void>();

/** Remember a change, or forget the last one. */
export function remember(done: Shape<"CaseSummary"> | null): void {
  recent = done?.undo_until ? { case: done, until: Date.parse(done.undo_until) } : null;
  for (const watcher of watchers) watcher();
}

export const lastDone = (): Recent | null => (recent && recent.until > Date.now() ? recent : null);

export const useLastDone = (): Recent | null =>
  useSyncExternalStore((watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); }, lastDone);
