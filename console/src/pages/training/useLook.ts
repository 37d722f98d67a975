/** A look at the table, taken by the server in a process of its own: asked for, waited for, and ended where nobody waits any more. */
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api, Problem, problemOf, type Shape } from "../../api";
import type { Look, Said, Source } from "./asked";

type Shown = Shape<"LookShown">;

const EVERY_MS = 350;
const BUSY_MS = 800;
const BUSY_TRIES = 60;

const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

/** What is seen of a table; with `said`, what training would say of it. */
export function useLook(source: Source | undefined, said?: Said, testShare = 0.2): UseQueryResult<Look> {
  const body = { ...said, test_share: testShare, source };
  return useQuery({
    queryKey: ["look", body],
    queryFn: ({ signal }) => look(body, signal),
    enabled: source !== undefined,
    staleTime: Infinity,
    retry: false,
    placeholderData: said ? keepPreviousData : undefined,
  });
}

async function look(asked: object, signal: AbortSignal): Promise<Look> {
  let shown = await begun(asked, signal);
  try {
    while (shown.state === "running") {
      await pause(EVERY_MS);
      signal.throwIfAborted();
      const { data } = await api.GET("/v1/training-looks/{look_id}", { params: { path: { look_id: shown.look_id } }, signal });
      shown = data as Shown;
    }
  } finally {
    if (signal.aborted) void api.DELETE("/v1/training-looks/{look_id}", { params: { path: { look_id: shown.look_id } } }).catch(() => undefined);
  }
  if (shown.seen) return shown.seen;
  if (shown.state === "cancelled") return look(asked, signal); // a later question of the same person ended it
  throw new Problem(422, { ...shown.error, code: shown.error?.code ?? "look_ended" });
}

/** One look is taken at a time: where somebody else's is, wait for it. */
async function begun(asked: object, signal: AbortSignal): Promise<Shown> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { data } = await api.POST("/v1/training-looks", { body: asked as never, signal });
      return data as Shown;
    } catch (error) {
      if (signal.aborted || problemOf(error).code !== "look_running" || tried === BUSY_TRIES) throw error;
      await pause(BUSY_MS);
    }
  }
}
