/** The newest decisions as they are taken, and the counts that the drawings need. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { api, type Problem, type Shape } from "../../api";
import { useLiveDecisions } from "../../kit";
import { rowOf, type DecisionRow } from "../decisions/row";

const KEPT = 1000;
const SEEDS = 100;
const BUCKET_MS = 2000;
const BUCKETS = 60;

export interface Bucket {
  at: number; // milliseconds since 1970, begin
  approve: number;
  review: number;
  decline: number;
}

interface Stream {
  rows: readonly DecisionRow[] | undefined;
  waiting: number; // arrived while held, shown on release
  leftOut: number; // taken too fast to be sent one by one
  count: number; // since the page was opened
  rate: number; // a second, over the last ten
  buckets: readonly Bucket[];
  problem: Problem | undefined;
  again: () => void;
}

/** `held`: keep what is shown as it is, and collect what comes. */
export function useStream(held: boolean): Stream {
  const seed = useQuery<DecisionRow[], Problem>({
    queryKey: ["live-seed"],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/v1/decisions", { params: { query: { limit: SEEDS } }, signal });
      return (data as Shape<"DecisionPage">).decisions.map(rowOf);
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  const [fresh, setFresh] = useState<readonly DecisionRow[]>([]);
  const [waiting, setWaiting] = useState<readonly DecisionRow[]>([]);
  const [leftOut, setLeftOut] = useState(0);
  const [count, setCount] = useState(0);
  const [buckets, setBuckets] = useState<readonly Bucket[]>(() => emptied(Date.now(), []));
  const arrivals = useRef<{ at: number; count: number }[]>([]);
  const [rate, setRate] = useState(0);

  useLiveDecisions((batch) => {
    const newest = batch.decisions.map(rowOf).toReversed();
    const all = batch.decisions.length + batch.left_out;
    const now = Date.now();
    arrivals.current.push({ at: now, count: all });
    setCount((before) => before + all);
    setLeftOut((before) => before + batch.left_out);
    setBuckets((before) => counted(emptied(now, before), newest, all));
    if (held) setWaiting((before) => [...newest, ...before].slice(0, KEPT));
    else setFresh((before) => [...newest, ...before].slice(0, KEPT));
  });

  const tick = useEffectEvent(() => {
    const now = Date.now();
    arrivals.current = arrivals.current.filter(({ at }) => at > now - 10_000);
    setRate(arrivals.current.reduce((sum, one) => sum + one.count, 0) / 10);
    setBuckets((before) => emptied(now, before));
  });
  useEffect(() => {
    const timer = window.setInterval(tick, BUCKET_MS);
    return () => window.clearInterval(timer);
  }, []);

  useEffect(() => {
    if (held || waiting.length === 0) return;
    setFresh((before) => [...waiting, ...before].slice(0, KEPT));
    setWaiting([]);
  }, [held, waiting]);

  return {
    rows: seed.data ? merged(fresh, seed.data) : undefined,
    waiting: waiting.length,
    leftOut,
    count,
    rate,
    buckets,
    problem: seed.error ?? undefined,
    again: () => void seed.refetch(),
  };
}

let mergedOf: { fresh: readonly DecisionRow[]; old: readonly DecisionRow[]; result: readonly DecisionRow[] } | null = null;

/** Fresh before old, each once; the same arrays give the same array, so that a table need not draw anew. */
function merged(fresh: readonly DecisionRow[], old: readonly DecisionRow[]): readonly DecisionRow[] {
  if (mergedOf?.fresh === fresh && mergedOf.old === old) return mergedOf.result;
  const seen = new Set(fresh.map(({ id }) => id));
  const result = [...fresh, ...old.filter(({ id }) => !seen.has(id))].slice(0, KEPT);
  mergedOf = { fresh, old, result };
  return result;
}

/** The row of buckets that ends now. */
function emptied(now: number, before: readonly Bucket[]): readonly Bucket[] {
  const last = Math.floor(now / BUCKET_MS) * BUCKET_MS;
  if (before.at(-1)?.at === last) return before;
  const known = new Map(before.map((bucket) => [bucket.at, bucket]));
  return Array.from({ length: BUCKETS }, (_, place) => {
    const at = last - (BUCKETS - 1 - place) * BUCKET_MS;
    return known.get(at) ?? { at, approve: 0, review: 0, decline: 0 };
  });
}

/** The decisions sent stand for those left out: their mix is scaled to all that were taken. */
function counted(buckets: readonly Bucket[], decisions: readonly DecisionRow[], all: number): readonly Bucket[] {
  const last = buckets.at(-1);
  if (!last || decisions.length === 0) return buckets;
  const scale = all / decisions.length;
  const share = (outcome: string): number => decisions.filter((row) => row.outcome === outcome).length * scale;
  return [...buckets.slice(0, -1), { ...last, approve: last.approve + share("approve"), review: last.review + share("review"), decline: last.decline + share("decline") }];
}
