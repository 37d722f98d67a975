/** Decisions, newest first, page after page, up to a hundred thousand in the browser. */
import { useCallback, useEffect, useRef, useState } from "react";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { rowsOf, type DecisionRow } from "./row";

export const MOST = 100_000;
const FIRST = 200; // fills the screen, and no more is waited for
const PAGE = 1_000;
const SHOWN_EVERY = 2_000; // rows of a long load that are shown at once

interface Found {
  rows: readonly DecisionRow[] | undefined;
  more: boolean;
  busy: boolean;
  problem: Problem | undefined;
  next: () => void;
  all: () => void;
  stop: () => void; // a long load; what is there stays
  again: () => void;
}

interface Place {
  before: number | undefined;
  running: boolean;
  count: number;
  gone: AbortController; // the list was left
  enough: boolean; // the reader said stop
}

const start = (): Place => ({ before: undefined, running: false, count: 0, gone: new AbortController(), enough: false });

export function useDecisions(): Found {
  const [rows, setRows] = useState<readonly DecisionRow[]>();
  const [more, setMore] = useState(true);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const place = useRef<Place>(start());

  const load = useCallback(async (wanted: number) => {
    const at = place.current;
    if (at.running) return;
    at.running = true;
    at.enough = false;
    setBusy(true);
    let fetched: DecisionRow[] = [];
    const show = (): void => {
      const found = fetched;
      fetched = [];
      if (!at.gone.signal.aborted) setRows((before) => [...(before ?? []), ...found]);
    };
    try {
      let left = true;
      for (let count = 0; left && !at.enough && count < wanted && at.count < MOST; count += PAGE) {
        const limit = Math.min(PAGE, wanted);
        const { data } = await api.GET("/v1/decisions", { params: { query: { limit, before: at.before, form: "short" as const } }, signal: at.gone.signal });
        const page = data as Shape<"DecisionPage">;
        fetched.push(...rowsOf(page));
        at.count += page.rows.length;
        left = page.next_before !== null && page.next_before !== undefined;
        if (left) at.before = page.next_before as number;
        if (fetched.length >= SHOWN_EVERY) show();
      }
      show();
      if (!at.gone.signal.aborted) setMore(left && at.count < MOST);
    } catch (error) {
      show();
      if (!at.gone.signal.aborted) setProblem(problemOf(error));
    } finally {
      at.running = false;
      if (!at.gone.signal.aborted) setBusy(false);
    }
  }, []);

  useEffect(() => {
    const own = start();
    place.current = own;
    setRows(undefined);
    setProblem(undefined);
    setMore(true);
    void load(FIRST);
    return () => own.gone.abort();
  }, [round, load]);

  return {
    rows,
    more,
    busy,
    problem,
    next: useCallback(() => void load(PAGE), [load]),
    all: useCallback(() => void load(MOST), [load]),
    stop: useCallback(() => { place.current.enough = true; }, []),
    again: useCallback(() => setRound((count) => count + 1), []),
  };
}
