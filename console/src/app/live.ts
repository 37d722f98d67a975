/**
 * The live stream, one connection for the whole console. It resumes by itself where it broke off.
 *
 *     useLiveDecisions((batch) => ...);      // decisions as they are taken
 *     useLiveChanges((change) => ...);       // releases, lists, cases, artefacts, people
 *     const state = useLiveState();          // "connecting" | "live" | "lost"
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { api, type Shape } from "../api";

export interface LiveBatch {
  decisions: Shape<"DecisionRecord">[];
  left_out: number; // taken in the meantime, and not shown
}

export interface LiveChange {
  kind: "release" | "list" | "case" | "artefact" | "person";
  name: string;
  seq: number;
  at: string;
}

export type LiveState = "connecting" | "live" | "lost";
type Listener<T> = (what: T) => void;

const KINDS = ["release", "list", "case", "artefact", "person"] as const;
const RETRY_MS = 1500;
const LINGER_MS = 3000;

class Live {
  state: LiveState = "connecting";
  private source: EventSource | null = null;
  private timer = 0;
  private users = 0;
  private connection = "";
  private readonly decisions = new Set<Listener<LiveBatch>>();
  private readonly changes = new Set<Listener<LiveChange>>();
  private readonly states = new Set<() => void>();

  readonly watchState = (watcher: () => void): (() => void) => this.join(this.states, watcher);

  onDecisions(listener: Listener<LiveBatch>): () => void {
    return this.join(this.decisions, listener);
  }

  onChanges(listener: Listener<LiveChange>): () => void {
    return this.join(this.changes, listener);
  }

  private join<T>(where: Set<T>, listener: T): () => void {
    where.add(listener);
    this.users += 1;
    window.clearTimeout(this.timer);
    if (!this.source) this.open();
    return () => {
      where.delete(listener);
      this.users -= 1;
      // From page to page the connection is kept.
      if (this.users === 0) this.timer = window.setTimeout(() => this.close(), LINGER_MS);
    };
  }

  private open(): void {
    const source = new EventSource("/v1/stream");
    this.source = source;
    source.addEventListener("open", () => this.become("live"));
    source.addEventListener("error", () => {
      this.become("lost");
      // The browser tries again by itself unless the server refused.
      if (source.readyState === EventSource.CLOSED) {
        this.source = null;
        this.timer = window.setTimeout(() => { if (this.users > 0 && !this.source) this.open(); }, RETRY_MS);
      }
    });
    source.addEventListener("decisions", (event) => tell(this.decisions, event));
    source.addEventListener("changed", (event) => {
      tell(this.changes, event);
      if ((JSON.parse(event.data) as LiveChange).kind !== "case") this.confirm(event.lastEventId); // nobody asks how far a case has got
    });
    source.addEventListener("hello", (event) => { this.connection = (JSON.parse(event.data) as { connection: string }).connection; });
    source.addEventListener("resync", () => {
      // More was missed than the server keeps: everything shown may be old.
      for (const listener of this.changes) for (const kind of KINDS) listener({ kind, name: "", seq: 0, at: new Date().toISOString() });
    });
  }

  /** Say that this page has the change, for the proof of propagation. That it could not be said is no trouble to anybody. */
  private confirm(id: string): void {
    void api.POST("/v1/propagation/confirmations", { body: { connection: this.connection, id } }).catch(() => undefined);
  }

  private close(): void {
    this.source?.close();
    this.source = null;
    this.become("connecting");
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    for (const watcher of this.states) watcher();
  }
}

function tell<T>(listeners: Set<Listener<T>>, event: MessageEvent<string>): void {
  const what = JSON.parse(event.data) as T;
  for (const listener of listeners) listener(what);
}

const live = new Live();

/** How the connection stands. */
export const useLiveState = (): LiveState => useSyncExternalStore(live.watchState, () => live.state);

/** Hear of decisions while the component is shown. */
export function useLiveDecisions(listener: Listener<LiveBatch>): void {
  const hear = useEffectEvent(listener);
  useEffect(() => live.onDecisions(hear), []);
}

/** Hear of changes while the component is shown. */
export function useLiveChanges(listener: Listener<LiveChange>): void {
  const hear = useEffectEvent(listener);
  useEffect(() => live.onChanges(hear), []);
}
