/**
 * The typed client. A good answer is returned, anything else is thrown as `Problem`.
 *
 *     const page = useGet("/v1/decisions", { params: { query: { limit: 50 } } });
 *     await api.POST("/v1/lists/{name}/items", { params: { path: { name } }, body });
 */
import { useQuery, type UseQueryOptions, type UseQueryResult, type QueryClient } from "@tanstack/react-query";
import createClient, { type FetchResponse, type MaybeOptionalInit, type Middleware } from "openapi-fetch";
import type { PathsWithMethod } from "openapi-typescript-helpers";
import { Problem, problemOfResponse } from "./problem";
import type { paths } from "./schema";

let csrf: string | undefined;

/** Remember the word that changing requests must carry. */
export function setCsrf(word: string | undefined): void {
  csrf = word;
}

let onSignedOut: () => void = () => undefined;

/** What to do when a request is answered 401. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

const manners: Middleware = {
  onRequest({ request }) {
    if (csrf && !SAFE.has(request.method)) request.headers.set("X-Tandem-CSRF", csrf);
    return request;
  },
  async onResponse({ response, schemaPath }) {
    if (response.ok) return response;
    const problem = await problemOfResponse(response);
    if (problem.status === 401 && schemaPath !== "/v1/session") onSignedOut();
    throw problem;
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    const detail = error instanceof Error ? error.message : String(error);
    return new Problem(0, { code: "unreachable", title: "", detail });
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(manners);

type Init<P extends PathsWithMethod<paths, "get">> = MaybeOptionalInit<paths[P], "get">;
export type Answer<P extends PathsWithMethod<paths, "get">> = NonNullable<
  FetchResponse<paths[P] extends { get: infer G extends Record<string | number, unknown> } ? G : never, Init<P>, `${string}/${string}`>["data"]
>;

interface AnyClient {
  GET: (path: string, init: unknown) => Promise<{ data?: unknown }>;
}

/** Key and function of a query, to prefetch it or to use it with `useQuery` and friends. */
export function getOptions<P extends PathsWithMethod<paths, "get">>(path: P, init?: Init<P>) {
  return {
    queryKey: [path, init ?? null] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Answer<P>> => {
      const { data } = await (api as unknown as AnyClient).GET(path, { ...init, signal });
      return data as Answer<P>;
    },
  };
}

type Options<P extends PathsWithMethod<paths, "get">> = Omit<UseQueryOptions<Answer<P>, Error>, "queryKey" | "queryFn">;

/** Ask for something and keep it fresh. The key is `[path, init]`, so `invalidateQueries({queryKey: [path]})` refreshes it. */
export function useGet<P extends PathsWithMethod<paths, "get">>(path: P, init?: Init<P>, options?: Options<P>): UseQueryResult<Answer<P>, Error> {
  return useQuery<Answer<P>, Error>({ ...getOptions(path, init), ...options } as UseQueryOptions<Answer<P>, Error>);
}

/** Say that what was got from `path` is no longer true. */
export const refresh = (client: QueryClient, path: keyof paths): Promise<void> => client.invalidateQueries({ queryKey: [path] });
