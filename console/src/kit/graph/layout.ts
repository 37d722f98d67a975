/** Where nodes lie: begun from their names, so that the same address gives the same picture, then moved by the worker. */
import type { DrawnLink, DrawnNode } from "./types";

export const NODE_WIDTH = 10; // numbers of a node in the library's matrix
const LINK_WIDTH = 3;
const CROWDED = 300; // nodes from which on far ones are taken together
const APART = 12;

export interface LayoutAsked {
  job: number;
  nodes: Float32Array;
  links: Float32Array;
  iterations: number;
}

export interface LayoutTold {
  job: number;
  places: Float32Array; // x and y by node
  done: boolean;
}

export interface Point {
  x: number;
  y: number;
}

export const settingsOf = (nodes: number): Record<string, number | boolean> => ({
  linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 1, strongGravityMode: true,
  gravity: 0.05, scalingRatio: 12, slowDown: 1 + Math.log(nodes + 1), barnesHutOptimize: nodes > CROWDED, barnesHutTheta: 0.7,
});

/** Iterations until it hardly moves; a small drawing is soon at rest. */
export const iterationsOf = (nodes: number): number => Math.max(120, Math.min(400, 60 + nodes));

/** A number from 0 to 1 that follows from a name. */
function chance(name: string): number {
  let hash = 2_166_136_261;
  for (let place = 0; place < name.length; place += 1) hash = Math.imul(hash ^ name.charCodeAt(place), 16_777_619);
  return (hash >>> 0) / 4_294_967_296;
}

/** Places for all nodes: known ones stay, new ones begin beside somebody they are linked to. */
export function begun(nodes: readonly DrawnNode[], links: readonly DrawnLink[], known: ReadonlyMap<string, Point>): Map<string, Point> {
  const found = new Map<string, Point>();
  for (const { id } of nodes) {
    const place = known.get(id);
    if (place) found.set(id, place);
  }
  const beside = new Map<string, string[]>();
  for (const { from, to } of links) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  for (const { id } of nodes) {
    if (found.has(id)) continue;
    const anchor = beside.get(id)?.map((other) => found.get(other)).find((place) => place !== undefined) ?? { x: 0, y: 0 };
    const angle = chance(id) * 2 * Math.PI;
    const away = found.size === 0 ? 0 : APART * (0.5 + chance(`${id}.`));
    found.set(id, { x: anchor.x + away * Math.cos(angle), y: anchor.y + away * Math.sin(angle) });
  }
  return found;
}

/** What the worker is asked. */
export function asked(job: number, nodes: readonly DrawnNode[], links: readonly DrawnLink[], places: ReadonlyMap<string, Point>): LayoutAsked {
  const index = new Map(nodes.map(({ id }, place) => [id, place]));
  const matrix = new Float32Array(nodes.length * NODE_WIDTH);
  const drawn = links.filter(({ from, to }) => index.has(from) && index.has(to));
  const edges = new Float32Array(drawn.length * LINK_WIDTH);
  nodes.forEach(({ id }, place) => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    matrix.set([x, y, 0, 0, 0, 0, 1, 1, 1, 0], place * NODE_WIDTH);
  });
  drawn.forEach(({ from, to }, place) => {
    const [a, b] = [index.get(from)! * NODE_WIDTH, index.get(to)! * NODE_WIDTH];
    edges.set([a, b, 1], place * LINK_WIDTH);
    matrix[a + 6] = matrix[a + 6]! + 1; // its mass
    matrix[b + 6] = matrix[b + 6]! + 1;
  });
  return { job, nodes: matrix, links: edges, iterations: iterationsOf(nodes.length) };
}
