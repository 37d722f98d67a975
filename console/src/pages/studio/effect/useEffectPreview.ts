/** Asks for the effect of a draft while it is edited: after a pause, one question at a time, the last answer kept. */
import { useCallback, useEffect, useRef, useState } from "react";
import { api, problemOf, type Problem, type Shape } from "../../../api";

const PAUSE_MS = 350;
const POLL_MS = 500;

export type Effect = Shape<"Effect">;
export type EffectProgress = Shape<"EffectProgress">;

export interface Preview {
  effect: Effect | null; // the last answer
  fresh: boolean; // it is the answer to the draft as it stands
  busy: boolean;
  progress: EffectProgress | null; // while it takes long
  problem: Problem | null;
  cancelled: boolean;
  cancel: () => void;
  again: (options?: { score?: boolean }) => void;
}

// A session is only a name under which a newer question ends an older one.
const sessionName = (): string => `studio-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** The effect of the draft in `json`, over the last `last` decisions. Nothing is asked while `json` is null. */
export function useEffectPreview(json: string | null, last: number | null): Preview {
  const [session] = useState(sessionName);
  const [effect, setEffect] = useState<Effect | null>(null);
  const [answered, setAnswered] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<EffectProgress | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [cancelled, setCancelled] = useState(false);
  const running = useRef<AbortController | null>(null);
  const question = json === null ? null : `${last ?? ""}|${json}`;

  const ask = useCallback(async (draft: string, name: string, looked: number | null, score: boolean) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setBusy(true);
    setCancelled(false);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/effect", {
        body: {} as never,
        // As written, number for number: 1.0 and 1 are two types in a policy.
        bodySerializer: () => `{"policy":${draft},"session":${JSON.stringify(session)},"score":${score}${looked ? `,"last":${looked}` : ""}}`,
        signal: control.signal,
      });
      if (control.signal.aborted || !data) return;
      setEffect(data);
      setAnswered(name);
    } catch (error) {
      if (control.signal.aborted) return;
      const found = problemOf(error);
      if (found.code === "effect_ended") setCancelled(true);
      else setProblem(found);
    } finally {
      if (running.current === control) {
        running.current = null;
        setBusy(false);
        setProgress(null);
      }
    }
  }, [session]);

  useEffect(() => {
    if (json === null || question === null) return;
    const timer = window.setTimeout(() => void ask(json, question, last, false), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [json, last, question, ask]);

  useEffect(() => {
    if (!busy) return;
    const timer = window.setInterval(() => {
      void api.GET("/v1/effect/progress", { params: { query: { session } } }).then(({ data }) => setProgress(data ?? null), () => undefined);
    }, POLL_MS);
    return () => window.clearInterval(timer);
  }, [busy, session]);

  useEffect(() => () => {
    if (!running.current) return;
    running.current.abort();
    void api.DELETE("/v1/effect", { params: { query: { session } } }).catch(() => undefined);
  }, [session]);

  const cancel = useCallback(() => {
    setCancelled(true);
    running.current?.abort();
    running.current = null;
    setBusy(false);
    setProgress(null);
    void api.DELETE("/v1/effect", { params: { query: { session } } }).catch(() => undefined);
  }, [session]);

  const again = useCallback((options?: { score?: boolean }) => {
    if (json !== null && question !== null) void ask(json, question, last, options?.score ?? false);
  }, [json, question, last, ask]);

  return { effect, fresh: answered !== null && answered === question && !busy, busy, progress, problem, cancelled, cancel, again };
}
