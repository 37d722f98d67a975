/** Draws a graph on a flat canvas: two thousand nodes in a few milliseconds, also where there is no graphics card. */
import type { Palette } from "../../app/tokens";
import { SANS } from "../../app/tokens";
import type { Point } from "./layout";
import type { DrawnLink, DrawnNode, Shape } from "./types";

export interface Camera {
  x: number; // of the middle, in the layout's measure
  y: number;
  zoom: number; // px for one
}

export interface Scene {
  nodes: readonly DrawnNode[];
  links: readonly DrawnLink[];
  places: ReadonlyMap<string, Point>;
  selected: string | undefined;
  pointed: string | undefined;
}

interface Frame {
  width: number; // css px
  height: number;
  ratio: number; // device px for one css px
}

const TEXT_PX = 11.5;
const NAMED_FROM = 9; // a zoom from which on all are named
const NAMED_MOST = 160;

const CORNERS: Partial<Record<Shape, readonly [number, number][]>> = {
  square: regular(4, Math.PI / 4, 1.15), triangle: regular(3, -Math.PI / 2, 1.3), diamond: regular(4, 0, 1.25), pentagon: regular(5, -Math.PI / 2, 1.15),
  hexagon: regular(6, 0, 1.1), wedge: regular(3, Math.PI / 2, 1.3), bar: [[-1.3, -0.6], [1.3, -0.6], [1.3, 0.6], [-1.3, 0.6]],
};

function regular(corners: number, turn: number, size: number): [number, number][] {
  return Array.from({ length: corners }, (_, place) => {
    const angle = turn + (2 * Math.PI * place) / corners;
    return [size * Math.cos(angle), size * Math.sin(angle)];
  });
}

function trace(pen: CanvasRenderingContext2D, shape: Shape, x: number, y: number, size: number): void {
  const corners = CORNERS[shape];
  if (!corners) {
    pen.moveTo(x + size, y);
    pen.arc(x, y, size, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], place) => (place === 0 ? pen.moveTo(x + dx * size, y + dy * size) : pen.lineTo(x + dx * size, y + dy * size)));
  pen.closePath();
}

/** How much larger a node is at a zoom: it grows more slowly than what is between. */
export const scaleOf = (zoom: number): number => Math.max(0.55, Math.min(2.2, Math.sqrt(zoom / 4)));

export function draw(pen: CanvasRenderingContext2D, frame: Frame, camera: Camera, scene: Scene, palette: Palette): void {
  const { width, height, ratio } = frame;
  const at = (id: string): Point | undefined => {
    const place = scene.places.get(id);
    return place && { x: (place.x - camera.x) * camera.zoom + width / 2, y: (place.y - camera.y) * camera.zoom + height / 2 };
  };
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = palette.surface;
  pen.fillRect(0, 0, width, height);
  const focus = scene.pointed ?? scene.selected;
  drawLinks(pen, scene, at, focus, palette);
  drawNodes(pen, frame, camera, scene, at, palette);
  drawTexts(pen, frame, camera, scene, at, palette);
}

type At = (id: string) => Point | undefined;

function drawLinks(pen: CanvasRenderingContext2D, scene: Scene, at: At, focus: string | undefined, palette: Palette): void {
  const strokes = [
    { style: palette.edge, width: 0.6, takes: (link: DrawnLink) => !link.strong && link.from !== focus && link.to !== focus },
    { style: palette.soft, width: 1.75, takes: (link: DrawnLink) => Boolean(link.strong) },
    { style: palette.accent, width: 1.75, takes: (link: DrawnLink) => !link.strong && (link.from === focus || link.to === focus) },
  ];
  for (const { style, width, takes } of strokes) {
    pen.beginPath();
    pen.strokeStyle = style;
    pen.lineWidth = width;
    for (const link of scene.links) {
      if (!takes(link)) continue;
      const [from, to] = [at(link.from), at(link.to)];
      if (!from || !to) continue;
      pen.moveTo(from.x, from.y);
      pen.lineTo(to.x, to.y);
    }
    pen.stroke();
  }
}

function drawNodes(pen: CanvasRenderingContext2D, { width, height }: Frame, camera: Camera, scene: Scene, at: At, palette: Palette): void {
  const scale = scaleOf(camera.zoom);
  const groups = new Map<string, { node: DrawnNode; x: number; y: number; size: number }[]>();
  for (const node of scene.nodes) {
    const place = at(node.id);
    if (!place || place.x < -30 || place.y < -30 || place.x > width + 30 || place.y > height + 30) continue;
    const key = `${node.colour}${node.faded ? "-" : ""}`;
    const group = groups.get(key) ?? [];
    if (group.length === 0) groups.set(key, group);
    group.push({ node, ...place, size: node.size * scale });
  }
  for (const group of groups.values()) {
    pen.globalAlpha = group[0]!.node.faded ? 0.3 : 1;
    pen.fillStyle = group[0]!.node.colour;
    pen.strokeStyle = palette.surface;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const { node, x, y, size } of group) trace(pen, node.shape, x, y, size);
    pen.fill();
    pen.stroke();
    pen.globalAlpha = 1;
  }
  for (const { node, x, y, size } of [...groups.values()].flat()) {
    if (node.ringed) outline(pen, node.shape, x, y, size + 2.5, palette.ink, 2);
    if (node.dotted) {
      pen.beginPath();
      pen.arc(x + size * 0.8, y - size * 0.8, Math.max(2.5, size * 0.42), 0, 2 * Math.PI);
      pen.fillStyle = palette.ink;
      pen.fill();
      pen.strokeStyle = palette.surface;
      pen.lineWidth = 1;
      pen.stroke();
    }
    if (node.id === scene.selected) outline(pen, "circle", x, y, size + 6, palette.accent, 2.5);
    else if (node.id === scene.pointed) outline(pen, "circle", x, y, size + 5, palette.edge, 1.5);
  }
}

function outline(pen: CanvasRenderingContext2D, shape: Shape, x: number, y: number, size: number, style: string, width: number): void {
  pen.beginPath();
  trace(pen, shape, x, y, size);
  pen.strokeStyle = style;
  pen.lineWidth = width;
  pen.stroke();
}

function drawTexts(pen: CanvasRenderingContext2D, { width, height }: Frame, camera: Camera, scene: Scene, at: At, palette: Palette): void {
  const scale = scaleOf(camera.zoom);
  const all = camera.zoom >= NAMED_FROM && scene.nodes.length <= NAMED_MOST;
  pen.font = `${TEXT_PX}px ${SANS}`;
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  const write = (node: DrawnNode, text: string, strong: boolean): void => {
    const place = at(node.id);
    if (!place || place.x < -60 || place.y < -20 || place.x > width || place.y > height + 20) return;
    const x = place.x + node.size * scale + 6;
    pen.lineWidth = 3.5;
    pen.strokeStyle = palette.surface;
    pen.strokeText(text, x, place.y);
    pen.fillStyle = strong ? palette.ink : palette.soft;
    pen.fillText(text, x, place.y);
  };
  for (const node of scene.nodes) {
    const strong = node.id === scene.selected || node.id === scene.pointed;
    if (strong) write(node, node.label, true);
    else if (!node.faded && (node.text || all)) write(node, node.text ?? node.label, false);
  }
}

/** The node at a point of the frame; the nearest where several are. */
export function nodeAt(x: number, y: number, frame: { width: number; height: number }, camera: Camera, scene: Scene): string | undefined {
  const scale = scaleOf(camera.zoom);
  let found: string | undefined;
  let least = Infinity;
  for (const node of scene.nodes) {
    const place = scene.places.get(node.id);
    if (!place) continue;
    const dx = (place.x - camera.x) * camera.zoom + frame.width / 2 - x;
    const dy = (place.y - camera.y) * camera.zoom + frame.height / 2 - y;
    const away = Math.hypot(dx, dy) - node.size * scale;
    if (away < 5 && away < least) [found, least] = [node.id, away];
  }
  return found;
}

/** A camera that shows all of it. */
export function fitted(nodes: readonly DrawnNode[], places: ReadonlyMap<string, Point>, frame: { width: number; height: number }): Camera {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { id } of nodes) {
    const place = places.get(id);
    if (!place) continue;
    [left, right, top, bottom] = [Math.min(left, place.x), Math.max(right, place.x), Math.min(top, place.y), Math.max(bottom, place.y)];
  }
  if (left > right) return { x: 0, y: 0, zoom: 4 };
  const zoom = Math.min((frame.width - 90) / Math.max(1, right - left), (frame.height - 90) / Math.max(1, bottom - top));
  return { x: (left + right) / 2, y: (top + bottom) / 2, zoom: Math.max(0.02, Math.min(10, zoom)) };
}
