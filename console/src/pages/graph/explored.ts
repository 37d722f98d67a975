/** What is on the screen, put together from the walks that were asked for; and what is seen of it at a time. */
import type { Shape as Api } from "../../api";

export type Node = Api<"GraphNode">;
export type Link = Api<"GraphLink">;

export const NODES_MAX = 2000;

export interface Explored {
  nodes: Map<string, Node>;
  links: Link[];
  leftOut: number;
}

export const idOf = ({ kind, key }: { kind: string; key: string }): string => `${kind}:${key}`;
export const shortOf = (key: string): string => key.slice(0, 8);

/** The two ends of a link, given what members are called. */
export const endsOf = (link: Link, member: string): [string, string] => [`${member}:${link.member}`, `${link.kind}:${link.identifier}`];

interface Walked {
  nodes: readonly Node[];
  links: readonly Link[];
  left_out?: number;
}

/** Several walks as one picture: what was met first stays, up to what can be drawn. */
export function together(walks: readonly Walked[], member: string): Explored {
  const nodes = new Map<string, Node>();
  const links = new Map<string, Link>();
  let leftOut = 0;
  for (const walk of walks) {
    leftOut += walk.left_out ?? 0;
    for (const node of walk.nodes) {
      const id = idOf(node);
      if (nodes.has(id)) continue;
      if (nodes.size < NODES_MAX) nodes.set(id, node);
      else leftOut += 1;
    }
    for (const link of walk.links) links.set(endsOf(link, member).join(" "), link);
  }
  return { nodes, links: [...links.values()].filter((link) => endsOf(link, member).every((id) => nodes.has(id))), leftOut };
}

export interface Span {
  from: number; // ms since 1970, whole days
  to: number;
}

const DAY_MS = 86_400_000;
const dayOf = (instant: string): number => Math.floor(Date.parse(instant) / DAY_MS) * DAY_MS;

/** From the day of the oldest link to the day of the newest. */
export function spanOf(links: readonly Link[]): Span | undefined {
  if (links.length === 0) return undefined;
  const days = links.map(({ last_at: at }) => dayOf(at));
  return { from: days.reduce((a, b) => Math.min(a, b)), to: days.reduce((a, b) => Math.max(a, b)) };
}

/** Links by day or by several days, at most `most` bars. */
export function barsOf(links: readonly Link[], span: Span, most = 60): number[] {
  const days = (span.to - span.from) / DAY_MS + 1;
  const each = Math.ceil(days / most);
  const bars = Array.from({ length: Math.ceil(days / each) }, () => 0);
  for (const { last_at: at } of links) {
    const place = Math.floor((dayOf(at) - span.from) / DAY_MS / each);
    bars[place] = (bars[place] ?? 0) + 1;
  }
  return bars;
}

/** Links used last within the days, and who has one; those in `kept` stay in any case. */
export function within({ nodes, links }: Explored, member: string, span: Span | undefined, kept: ReadonlySet<string>): { nodes: Node[]; links: Link[] } {
  if (!span) return { nodes: [...nodes.values()], links };
  const seen = links.filter(({ last_at: at }) => dayOf(at) >= span.from && dayOf(at) <= span.to);
  const linked = new Set(seen.flatMap((link) => endsOf(link, member)));
  return { nodes: [...nodes.entries()].filter(([id]) => linked.has(id) || kept.has(id)).map(([, node]) => node), links: seen };
}

/** Who is beside a node in the view, the newest first. */
export function besides(id: string, links: readonly Link[], member: string): { id: string; at: string }[] {
  return links
    .flatMap((link) => {
      const [one, other] = endsOf(link, member);
      return one === id ? [{ id: other, at: link.last_at }] : other === id ? [{ id: one, at: link.last_at }] : [];
    })
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}
