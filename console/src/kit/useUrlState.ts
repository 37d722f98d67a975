/** State that lives in the address, so that a link shows what one saw. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

type Search = Record<string, string | undefined>;

/** `[search, change]`: everything behind `?`, and how to change some of it; undefined or "" takes a name away. */
export function useUrlSearch(): [Search, (changes: Search) => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Search) =>
      void navigate({ to: ".", search: ((before: Search) => ({ ...before, ...changes })) as never, replace: true, resetScroll: false }),
    [navigate],
  );
  return [search, change];
}

/** One name of the address, like `useState`: `const [tab, setTab] = useUrlState("tab", "inputs")`. */
export function useUrlState(name: string, fallback = ""): [string, (value: string) => void] {
  const [search, change] = useUrlSearch();
  const set = useCallback((value: string) => change({ [name]: value === fallback ? undefined : value }), [change, name, fallback]);
  return [search[name] ?? fallback, set];
}
