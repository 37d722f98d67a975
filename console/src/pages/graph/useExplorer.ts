/** The state of the explorer, all of it in the address, and the walks that it asks for. */
import { useQueries } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { getOptions, useGet, type Shape as Api } from "../../api";
import { useUrlSearch } from "../../kit";
import { idOf, NODES_MAX, together, type Explored } from "./explored";

export const COLOURS = ["risk", "kind", "list"] as const;
export type Colour = (typeof COLOURS)[number];
export const VIEWS = ["drawing", "nodes", "links"] as const;
export type View = (typeof VIEWS)[number];

const STEPS = 4;
const MORE = 2; // steps from a node that is opened
const FRESH_MS = 60_000;

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T => all.find((one) => one === text) ?? all[0]!;

export function useExplorer(graphs: readonly Api<"GraphSummary">[]) {
  const [search, change] = useUrlSearch();
  const graph = graphs.find(({ name }) => name === search["graph"]) ?? graphs[0];
  const name = graph?.name ?? "";
  const member = graph?.member_kind ?? "";
  const start = search["at"];
  const opened = useMemo(() => search["open"]?.split(",").filter(Boolean) ?? [], [search["open"]]); // oxlint-disable-line react-hooks/exhaustive-deps
  const [from, to] = [search["from"], search["to"]];
  const steps = Number(search["steps"]) || STEPS;

  const walks = useQueries({
    queries: (start ? [start, ...opened] : []).map((entity, place) => ({
      ...getOptions("/v1/graphs/{name}/around", { params: { path: { name }, query: { entity, steps: place === 0 ? steps : MORE, limit: NODES_MAX } } }),
      staleTime: FRESH_MS, retry: false, enabled: name !== "",
    })),
    combine: (results) => ({ first: results[0], data: results.map((one) => one.data), pending: results.some((one) => one.isFetching), stamp: results.map((one) => one.dataUpdatedAt).join() }),
  });
  const path = useGet("/v1/graphs/{name}/path", { params: { path: { name }, query: { from: from ?? "", to: to ?? "" } } }, { enabled: Boolean(name && from && to), staleTime: FRESH_MS, retry: false });

  const explored = useMemo<Explored>(
    () => together([...walks.data.filter((one) => one !== undefined), ...(path.data ? [path.data] : [])], member),
    // The answers behind the stamp are the same objects as long as it is the same.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [walks.stamp, path.data, member],
  );
  const expand = useCallback((id: string) => {
    if (id !== start && !opened.includes(id)) change({ open: [...opened, id].join(",") });
  }, [change, opened, start]);
  const begin = useCallback((id: string) => change({ graph: name, at: id, open: undefined, node: undefined, from: undefined, to: undefined, since: undefined, until: undefined }), [change, name]);

  return {
    graph, member, start, opened, from, to, walks, path, explored, expand, begin, change,
    node: search["node"],
    colour: oneOf(COLOURS, search["colour"]),
    view: oneOf(VIEWS, search["view"]),
    since: search["since"] ? Date.parse(search["since"]) : undefined,
    until: search["until"] ? Date.parse(search["until"]) : undefined,
    startId: walks.data[0]?.start ? idOf(walks.data[0].start) : start,
    asOf: walks.data[0]?.as_of,
  };
}

export type Explorer = ReturnType<typeof useExplorer>;
