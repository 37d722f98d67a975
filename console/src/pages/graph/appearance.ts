/** How nodes look: shape by kind, colour by what one asks for, marks for what must be seen in any colour. */
import type { Palette } from "../../app/tokens";
import { SHAPES, type DrawnLink, type DrawnNode, type LegendEntry, type Shape } from "../../kit/graph";
import { endsOf, idOf, shortOf, type Link, type Node } from "./explored";
import type { Colour } from "./useExplorer";

export type Risk = "bad" | "decline" | "review" | "approve" | "undecided" | "thing";
export const RISKS: readonly Risk[] = ["bad", "decline", "review", "approve", "undecided", "thing"];

export function riskOf(node: Node): Risk {
  if (!node.member) return "thing";
  return node.bad_since ? "bad" : node.decision?.outcome ?? "undecided";
}

const riskColour = (risk: Risk, palette: Palette): string =>
  ({ bad: palette.bad, decline: palette.bad, review: palette.wait, approve: palette.good, undecided: palette.info, thing: palette.edge })[risk];

const LISTS = ["block", "watch", "allow"] as const;
const listColour = (kind: string | undefined, palette: Palette): string =>
  ({ block: palette.bad, watch: palette.wait, allow: palette.good })[kind ?? ""] ?? palette.edge;

/** The list that says most: to be blocked before to be watched. */
const listOf = (node: Node): string | undefined => LISTS.find((kind) => node.lists.some((one) => one.kind === kind)) ?? node.lists[0]?.kind;

export interface Kinds {
  member: string;
  identifiers: readonly string[];
}

export const shapeOf = (kind: string, { member, identifiers }: Kinds): Shape => (kind === member ? "circle" : SHAPES[identifiers.indexOf(kind) % SHAPES.length] ?? "square");
const kindColour = (kind: string, { member, identifiers }: Kinds, palette: Palette): string =>
  palette.series[kind === member ? 0 : 1 + (identifiers.indexOf(kind) % (palette.series.length - 1))] ?? palette.info;

export interface Look {
  colour: Colour;
  kinds: Kinds;
  palette: Palette;
  start: string | undefined;
  path: ReadonlySet<string>; // ids of its nodes
  entity: (kind: string) => string;
}

export function drawnNode(node: Node, look: Look): DrawnNode {
  const id = idOf(node);
  const { colour, kinds, palette, path } = look;
  const drawn = colour === "risk" ? riskColour(riskOf(node), palette) : colour === "kind" ? kindColour(node.kind, kinds, palette) : listColour(listOf(node), palette);
  const isCrowd = node.crowd;
  return {
    id,
    label: `${look.entity(node.kind)} ${shortOf(node.key)}${node.member ? "" : ` · ${node.degree}${isCrowd ? "+" : ""}`}`,
    shape: shapeOf(node.kind, kinds),
    colour: drawn,
    size: node.member ? 6 : isCrowd ? 10 : 4 + Math.min(4, Math.log2(1 + node.degree)),
    text: id === look.start ? `${look.entity(node.kind)} ${shortOf(node.key)}` : isCrowd ? `${node.degree}+` : undefined,
    ringed: Boolean(node.bad_since),
    dotted: node.lists.length > 0,
    faded: path.size > 0 && !path.has(id),
  };
}

export function drawnLinks(links: readonly Link[], member: string, strong: ReadonlySet<string>): DrawnLink[] {
  return links.map((link) => {
    const [from, to] = endsOf(link, member);
    return { from, to, strong: strong.has(`${from} ${to}`) };
  });
}

/** What stands in the legend: the kinds by shape, and the colours in use. */
export function legendOf(colour: Colour, kinds: Kinds, nodes: readonly Node[], palette: Palette, entity: (kind: string) => string, t: (key: string) => string): LegendEntry[] {
  const there = new Set(nodes.map(({ kind }) => kind));
  const shapes: LegendEntry[] = [kinds.member, ...kinds.identifiers].filter((kind) => there.has(kind)).map((kind) => ({
    key: `k-${kind}`, words: entity(kind), shape: shapeOf(kind, kinds), colour: colour === "kind" ? kindColour(kind, kinds, palette) : "var(--edge)",
  }));
  const risks = new Set(nodes.map(riskOf));
  const colours: LegendEntry[] = colour === "risk"
    ? RISKS.filter((risk) => risk !== "thing" && risks.has(risk)).map((risk) => ({ key: `r-${risk}`, words: t(`risk.${risk}`), shape: "circle", colour: riskColour(risk, palette), ringed: risk === "bad" }))
    : colour === "list"
      ? LISTS.filter((kind) => nodes.some((node) => node.lists.some((one) => one.kind === kind))).map((kind) => ({ key: `l-${kind}`, words: t(`list.${kind}`), shape: "circle", colour: listColour(kind, palette) }))
      : [];
  const marks: LegendEntry[] = [
    ...(colour !== "risk" && risks.has("bad") ? [{ key: "bad", words: t("risk.bad"), shape: "circle" as const, colour: "var(--edge)", ringed: true }] : []),
    ...(nodes.some((node) => node.lists.length > 0) ? [{ key: "listed", words: t("on_list"), shape: "circle" as const, colour: "var(--edge)", dotted: true }] : []),
  ];
  return [...shapes, ...colours, ...marks];
}
