/** Entries of a list, page after page, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, type Shape } from "../../api";

type Entry = Shape<"ListEntrySummary">;
export type EntryState = "all" | "in_force" | "expiring" | "expired";

const PAGE = 200;

interface Entries {
  rows: readonly Entry[] | undefined;
  total: number;
  more: boolean;
  busy: boolean;
  problem: unknown;
  next: () => void;
  again: () => void;
}

export function useEntries(name: string, state: EntryState): Entries {
  const found = useInfiniteQuery({
    queryKey: ["/v1/lists/{name}/entries", name, state],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await api.GET("/v1/lists/{name}/entries", { params: { path: { name }, query: { limit: PAGE, after: pageParam, state, order: "newest" } }, signal });
      return data as Shape<"ListEntryPage">;
    },
    getNextPageParam: (page) => page.next_after ?? undefined,
  });
  return {
    rows: found.data?.pages.flatMap(({ entries }) => entries),
    total: found.data?.pages[0]?.total ?? 0,
    more: found.hasNextPage,
    busy: found.isFetchingNextPage,
    problem: found.error ?? undefined,
    next: () => void found.fetchNextPage(),
    again: () => void found.refetch(),
  };
}
