/** Cases as the server finds them, page after page. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type paths, type Shape } from "../../api";

const PAGE = 200;

export type View = "working" | "mine" | "free" | "late" | "waiting" | "snoozed" | "resolved";
export const VIEWS: readonly View[] = ["working", "free", "mine", "late", "waiting", "snoozed", "resolved"];

interface Wanted {
  queue: string | undefined;
  view: View;
  text: string;
}

type Question = NonNullable<paths["/v1/cases"]["get"]["parameters"]["query"]>;

function questionOf({ queue, view, text }: Wanted): Question {
  const state = view === "free" ? "open" : view === "mine" || view === "late" || view === "working" ? "working" : view;
  return {
    state: text ? "all" : state,
    limit: PAGE,
    order: view === "resolved" ? "changed" : "next",
    ...(queue ? { queue } : {}),
    ...(view === "mine" ? { assignee: "me" } : {}),
    ...(view === "late" ? { breached: true } : {}),
    ...(text ? { text } : {}),
  };
}

export function useCases(wanted: Wanted) {
  const question = questionOf(wanted);
  const found = useInfiniteQuery({
    queryKey: ["/v1/cases", question],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await api.GET("/v1/cases", { params: { query: { ...question, after: pageParam } }, signal });
      return data as Shape<"CasePage">;
    },
    getNextPageParam: (page) => page.next_after ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.cases), [found.data]);
  return { found, rows, total: found.data?.pages.at(-1)?.total ?? 0 };
}
