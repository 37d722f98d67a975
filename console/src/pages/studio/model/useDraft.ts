/**
 * A policy while it is edited: one document, shown as a drawing and as text. Whatever is changed on either side is sent to
 * the server, which answers with the other side and with everything there is to say about it.
 */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { api, problemOf, type Problem, type Shape } from "../../../api";
import type { Doc } from "./paths";

export type Report = Shape<"DraftCheck">;

interface Moment {
  document: Doc;
  text: string;
}

interface State extends Moment {
  origin: "document" | "text";
  version: number;
  past: Moment[];
  future: Moment[];
  lastKey: string;
  lastAt: number;
}

type Action =
  | { do: "edit"; document: Doc; key: string; at: number }
  | { do: "write"; text: string; at: number }
  | { do: "undo" | "redo" }
  | { do: "follow"; version: number; document: Doc | null; text: string }
  | { do: "load"; document: Doc; text: string };

const TOGETHER_MS = 900; // typing into one field is one step back
const STEPS = 200;
const PAUSE_MS = 180;

function reduce(state: State, action: Action): State {
  const now: Moment = { document: state.document, text: state.text };
  switch (action.do) {
    case "edit": {
      const together = action.key !== "" && action.key === state.lastKey && action.at - state.lastAt < TOGETHER_MS;
      return { ...state, document: action.document, origin: "document", version: state.version + 1, future: [], lastKey: action.key, lastAt: action.at,
        past: together ? state.past : [...state.past, now].slice(-STEPS) };
    }
    case "write": {
      const together = state.lastKey === "text" && action.at - state.lastAt < TOGETHER_MS;
      return { ...state, text: action.text, origin: "text", version: state.version + 1, future: [], lastKey: "text", lastAt: action.at,
        past: together ? state.past : [...state.past, now].slice(-STEPS) };
    }
    case "undo": {
      const before = state.past.at(-1);
      if (!before) return state;
      return { ...state, ...before, origin: "text", version: state.version + 1, past: state.past.slice(0, -1), future: [now, ...state.future], lastKey: "" };
    }
    case "redo": {
      const [after, ...rest] = state.future;
      if (!after) return state;
      return { ...state, ...after, origin: "text", version: state.version + 1, past: [...state.past, now], future: rest, lastKey: "" };
    }
    case "follow":
      if (action.version !== state.version) return state;
      return { ...state, document: action.document ?? state.document, text: action.text };
    case "load":
      return { document: action.document, text: action.text, origin: "text", version: state.version + 1, past: [], future: [], lastKey: "", lastAt: 0 };
  }
}

export interface Draft {
  document: Doc;
  text: string;
  report: Report | null; // on the newest version that was looked at
  fresh: boolean; // whether the report is on what is shown
  problem: Problem | null; // why there is no report
  dirty: boolean;
  canUndo: boolean;
  canRedo: boolean;
  edit: (document: Doc, key?: string) => void;
  write: (text: string) => void;
  undo: () => void;
  redo: () => void;
  load: (document: Doc, text: string) => void;
  again: () => void;
}

export function useDraft(start: Moment): Draft {
  const [state, act] = useReducer(reduce, { ...start, origin: "text", version: 0, past: [], future: [], lastKey: "", lastAt: 0 });
  const [seen, setSeen] = useState<{ report: Report; version: number } | null>(null);
  const [base, setBase] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  const loadedAt = useRef(0);
  const { version, origin, document, text } = state;

  useEffect(() => {
    const leave = new AbortController();
    const timer = window.setTimeout(() => {
      const body = origin === "text" ? { text, document: null, before: null } : { document, before: text, text: null };
      api.POST("/v1/studio/policy/check", { body, signal: leave.signal }).then(
        ({ data }) => {
          if (!data) return;
          setProblem(null);
          setSeen({ report: data, version });
          if (version === loadedAt.current) setBase(data.json);
          // An edit of the drawing gives its text, an edit of the text its document; a text that cannot be read changes nothing.
          act({ do: "follow", version, document: data.document !== null && typeof data.document === "object" ? (data.document as Doc) : null, text: origin === "text" ? text : data.text });
        },
        (error: unknown) => { if (!leave.signal.aborted) setProblem(problemOf(error)); },
      );
    }, version === loadedAt.current ? 0 : PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      leave.abort();
    };
    // The version stands for document, text and origin: what a report brings along is not a new version.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [version, tries]);

  const edit = useCallback((next: Doc, key = "") => act({ do: "edit", document: next, key, at: Date.now() }), []);
  const write = useCallback((next: string) => act({ do: "write", text: next, at: Date.now() }), []);
  const undo = useCallback(() => act({ do: "undo" }), []);
  const redo = useCallback(() => act({ do: "redo" }), []);
  const load = useCallback((next: Doc, written: string) => {
    loadedAt.current = version + 1;
    act({ do: "load", document: next, text: written });
  }, [version]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  const fresh = seen?.version === version;
  const dirty = fresh && base !== null ? seen.report.json !== base : version !== loadedAt.current;
  return useMemo(
    () => ({ document, text, report: seen?.report ?? null, fresh, problem, dirty, canUndo: state.past.length > 0, canRedo: state.future.length > 0, edit, write, undo, redo, load, again }),
    [document, text, seen, fresh, problem, dirty, state.past.length, state.future.length, edit, write, undo, redo, load, again],
  );
}
