/** Decisions, newest first, page after page, up to a hundred thousand in the browser. */
import { useCallback, useEffect, useRef, useState } from "react";
import { api, problemOf, type Problem, type Shape } from "../../api";

type DecisionRecord = Shape<"DecisionRecord">;

export const MOST = 100_000;
const PAGE = 200;

interface Found {
  rows: readonly DecisionRecord[] | undefined;
  more: boolean;
  busy: boolean;
  problem: Problem | undefined;
  next: () => void;
  all: () => void;
  again: () => void;
}

export function useDecisions(): Found {
  const [rows, setRows] = useState<readonly DecisionRecord[]>();
  const [more, setMore] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  const place = useRef<{ before: number | undefined; running: boolean; stop: AbortController }>({ before: undefined, running: false, stop: new AbortController() });

  const load = useCallback(async (wanted: number) => {
    const at = place.current;
    if (at.running) return;
    at.running = true;
    setBusy(true);
    try {
      let fetched: DecisionRecord[] = [];
      let left = true;
      while (left && fetched.length < wanted) {
        const { data } = await api.GET("/v1/decisions", { params: { query: { limit: PAGE, before: at.before } }, signal: at.stop.signal });
        const page = data as Shape<"DecisionPage">;
        fetched = fetched.concat(page.decisions);
        left = page.next_before !== null && page.next_before !== undefined;
        if (left) at.before = page.next_before as number;
      }
      if (at.stop.signal.aborted) return;
      setRows((before) => [...(before ?? []), ...fetched]);
      setMore(left);
    } catch (error) {
      if (!at.stop.signal.aborted) setProblem(problemOf(error));
    } finally {
      at.running = false;
      if (!at.stop.signal.aborted) setBusy(false);
    }
  }, []);

  useEffect(() => {
    const own = { before: undefined, running: false, stop: new AbortController() };
    place.current = own;
    setRows(undefined);
    setProblem(undefined);
    setMore(true);
    void load(PAGE);
    return () => own.stop.abort();
  }, [round, load]);

  return {
    rows,
    more: more && (rows?.length ?? 0) < MOST,
    busy,
    problem,
    next: useCallback(() => void load(PAGE), [load]),
    all: useCallback(() => void load(MOST), [load]),
    again: useCallback(() => setRound((count) => count + 1), []),
  };
}
