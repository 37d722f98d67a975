/** A view kept as evidence: a small document that says the same on every screen, its digest, and a note that tells of both. */
import { endsOf, idOf, type Link, type Node } from "./explored";

export interface Kept {
  graph: string;
  as_of: string;
  start: string;
  nodes: { id: string; links: number; bad_since?: string; outcome?: string; lists?: string[] }[];
  links: [string, string, string][]; // member, identifier, last use
}

/** The view as a document, in an order that does not depend on how it was walked. */
export function keptOf(graph: string, asOf: string, start: string, nodes: readonly Node[], links: readonly Link[], member: string): Kept {
  return {
    graph, as_of: asOf, start,
    nodes: nodes.map((node) => ({
      id: idOf(node), links: node.degree,
      ...(node.bad_since ? { bad_since: node.bad_since } : {}),
      ...(node.decision ? { outcome: node.decision.outcome } : {}),
      ...(node.lists.length ? { lists: node.lists.map(({ name }) => name) } : {}),
    })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    links: links.map((link): [string, string, string] => [...endsOf(link, member), link.last_at]).toSorted((a, b) => (a.join() < b.join() ? -1 : 1)),
  };
}

export const textOf = (kept: Kept): string => `${JSON.stringify(kept, null, 1)}\n`;

/** SHA-256 of a text, in hexadecimal; undefined where the browser lends no digest to a page without TLS. */
export async function digestOf(text: string): Promise<string | undefined> {
  if (!window.crypto?.subtle) return undefined;
  const digest = await window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
