/** Who is here and what they may do. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, type ReactNode } from "react";
import { Problem, problemOfResponse, setCsrf } from "../api";

export type Permission =
  | "decide" | "read" | "read_personal" | "edit_lists" | "work_cases" | "service_accounts" | "collect" | "draft" | "approve" | "release" | "manage" | "invite";

export interface Session {
  mode: "open" | "people";
  person: { name: string; display_name: string; roles: string[] };
  permissions: Permission[];
  csrf?: string;
  workspace: { name: string; description: string; kind: "live" | "sandbox" | "example"; currency: string };
}

export type Standing =
  | { state: "signed_in"; session: Session }
  | { state: "signed_out"; firstStart: boolean };

const EVERYTHING: Permission[] = [
  "decide", "read", "read_personal", "edit_lists", "work_cases", "service_accounts", "collect", "draft", "approve", "release", "manage", "invite",
];

export const SESSION_KEY = ["session"] as const;

async function askSession(): Promise<Standing> {
  // Asked first, because a browser writes every 401 to its console as an error.
  const before = await fetch("/v1/welcome").catch(() => null);
  if (before?.ok) {
    const welcome = (await before.json()) as { first_start: boolean; known: boolean };
    if (!welcome.known) return { state: "signed_out", firstStart: welcome.first_start };
  }
  const response = await fetch("/v1/session", { headers: { Accept: "application/json" } }).catch((error: unknown) => {
    throw new Problem(0, { code: "unreachable", title: "", detail: String(error) });
  });
  if (response.ok) {
    const session = (await response.json()) as Session;
    setCsrf(session.csrf);
    return { state: "signed_in", session };
  }
  const problem = await problemOfResponse(response);
  if (problem.status === 401) return { state: "signed_out", firstStart: false };
  if (problem.status === 404) return { state: "signed_in", session: await openSession() };
  throw problem;
}

/** A server that knows no people trusts whoever reaches it. */
async function openSession(): Promise<Session> {
  const response = await fetch("/v1/status");
  if (!response.ok) throw await problemOfResponse(response);
  const status = (await response.json()) as { workspace: string };
  return {
    mode: "open",
    person: { name: "", display_name: "", roles: [] },
    permissions: EVERYTHING,
    workspace: { name: status.workspace, description: "", kind: "live", currency: "" },
  };
}

/** The standing, asked once and kept until it is said to have changed (`useSessionChanged`). */
export const useStanding = () => useQuery({ queryKey: SESSION_KEY, queryFn: askSession, staleTime: Infinity, retry: 1 });

/** Ask again who is here, after signing in or out. */
export function useSessionChanged(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    setCsrf(undefined);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
    await client.refetchQueries({ queryKey: SESSION_KEY });
  };
}

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

/** The session of who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of the shell");
  return session;
}

/** Whether the person may do something: `useMay("release")`. */
export const useMay = (permission: Permission): boolean => useSession().permissions.includes(permission);
