/** Places of nodes that move while the worker works, held outside of React: a frame is drawn, nothing is rendered. */
import { useEffect, useRef, type RefObject } from "react";
import { asked, begun, type LayoutTold, type Point } from "./layout";
import type { DrawnLink, DrawnNode } from "./types";

export function useLayout(nodes: readonly DrawnNode[], links: readonly DrawnLink[], onMoved: (done: boolean) => void): RefObject<Map<string, Point>> {
  const places = useRef(new Map<string, Point>());
  const worker = useRef<Worker | null>(null);
  const job = useRef(0);
  const moved = useRef(onMoved);
  useEffect(() => { moved.current = onMoved; });
  useEffect(() => () => worker.current?.terminate(), []);
  // Only who is there and who is linked moves anybody; a new colour does not.
  const key = `${nodes.map(({ id }) => id).join()} ${links.length}`;
  useEffect(() => {
    const known = places.current;
    const isNew = nodes.some(({ id }) => !known.has(id));
    places.current = begun(nodes, links, known);
    moved.current(!isNew);
    if (!isNew || nodes.length < 2) return undefined;
    worker.current ??= new Worker(new URL("layout.worker.ts", import.meta.url), { type: "module" });
    job.current += 1;
    const mine = job.current;
    const ids = nodes.map(({ id }) => id);
    const works = worker.current;
    const hear = ({ data }: MessageEvent<LayoutTold>): void => {
      if (data.job !== mine) return;
      ids.forEach((id, place) => places.current.set(id, { x: data.places[2 * place]!, y: data.places[2 * place + 1]! }));
      moved.current(data.done);
    };
    works.addEventListener("message", hear);
    works.postMessage(asked(mine, nodes, links, places.current), []);
    return () => works.removeEventListener("message", hear);
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return places;
}
