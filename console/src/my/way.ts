/** Where in the customer's pages somebody is: the address below /my/, so that the telephone's own way back works. */
import { useCallback, useSyncExternalStore } from "react";

const BASE = "/my/";
const moved = new EventTarget();

function follow(act: () => void): () => void {
  window.addEventListener("popstate", act);
  moved.addEventListener("moved", act);
  return () => {
    window.removeEventListener("popstate", act);
    moved.removeEventListener("moved", act);
  };
}

const here = (): string => window.location.pathname;

export interface Way {
  parts: string[]; // of the address below /my/
  go: (path: string, replace?: boolean) => void;
}

export function useWay(): Way {
  const path = useSyncExternalStore(follow, here);
  const go = useCallback((to: string, replace = false) => {
    // The merchant's name stays in the address: a page that is loaded anew may only then stand in the merchant's frame.
    const address = `${BASE}${to}${window.location.search}`;
    if (replace) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
    window.scrollTo(0, 0);
    moved.dispatchEvent(new Event("moved"));
  }, []);
  return { parts: path.startsWith(BASE) ? path.slice(BASE.length).split("/").filter(Boolean) : [], go };
}
