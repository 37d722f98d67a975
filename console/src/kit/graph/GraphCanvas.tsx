/**
 * A graph that is drawn: dragged, zoomed, pointed at and chosen from, by pointer or by keys. A table of the same nodes
 * belongs beside it: who hears a page hears nothing of a canvas.
 *
 *     <GraphCanvas label={t("drawing")} nodes={nodes} links={links} selected={id} onSelect={setId} onOpen={expand} />
 */
import { ActionIcon, Tooltip, useComputedColorScheme } from "@mantine/core";
import { Maximize, Minus, Plus } from "lucide-react";
import { useCallback, useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { paletteOf } from "../chart/theme";
import { draw, fitted, nodeAt, type Camera, type Scene } from "./drawing";
import classes from "./graph.module.css";
import type { DrawnLink, DrawnNode } from "./types";
import { useLayout } from "./useLayout";

const STEP_PX = 60;
const ZOOM = 1.3;
const DRAG_PX = 4;

interface GraphCanvasProps {
  label: string;
  nodes: readonly DrawnNode[];
  links: readonly DrawnLink[];
  selected?: string | undefined;
  onSelect: (id: string | undefined) => void;
  onOpen?: (id: string) => void; // double click, Enter
  height?: number | "fill";
  children?: ReactNode; // over the drawing, such as a legend
}

const held = (zoom: number): number => Math.max(0.01, Math.min(60, zoom));

export function GraphCanvas({ label, nodes, links, selected, onSelect, onOpen, height = "fill", children }: GraphCanvasProps) {
  const { t } = useTranslation("kit");
  const scheme = useComputedColorScheme("light");
  const canvas = useRef<HTMLCanvasElement>(null);
  const camera = useRef<Camera>({ x: 0, y: 0, zoom: 4 });
  const follows = useRef(true); // the camera shows all of it until somebody moves it
  const size = useRef({ width: 0, height: 0 });
  const frame = useRef(0);
  const drag = useRef<{ x: number; y: number; moved: boolean; id: number } | null>(null);
  const [pointed, setPointed] = useState<string>();
  const [settled, setSettled] = useState(false);
  const keysId = useId();

  const paint = useEffectEvent(() => {
    frame.current = 0;
    const pen = canvas.current?.getContext("2d");
    if (!pen || size.current.width === 0) return;
    if (follows.current) camera.current = fitted(nodes, places.current, size.current);
    draw(pen, { ...size.current, ratio: window.devicePixelRatio }, camera.current, scene(), paletteOf(scheme));
  });
  const soon = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(() => paint());
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const places = useLayout(nodes, links, (done) => { setSettled(done); soon(); });
  const scene = (): Scene => ({ nodes, links, places: places.current, selected, pointed });

  useEffect(() => soon(), [soon, nodes, links, selected, pointed, scheme]);
  useEffect(() => {
    const place = canvas.current;
    if (!place) return undefined;
    const watcher = new ResizeObserver(() => {
      const box = place.parentElement!.getBoundingClientRect();
      size.current = { width: box.width, height: box.height };
      place.width = Math.round(box.width * window.devicePixelRatio);
      place.height = Math.round(box.height * window.devicePixelRatio);
      soon();
    });
    watcher.observe(place.parentElement!);
    return () => { watcher.disconnect(); cancelAnimationFrame(frame.current); frame.current = 0; };
  }, [soon]);

  const zoomAt = useCallback((x: number, y: number, by: number) => {
    const { width, height: high } = size.current;
    const before = camera.current;
    const zoom = held(before.zoom * by);
    const shift = 1 / before.zoom - 1 / zoom;
    follows.current = false;
    camera.current = { x: before.x + (x - width / 2) * shift, y: before.y + (y - high / 2) * shift, zoom };
    soon();
  }, [soon]);
  const zoom = (by: number): void => zoomAt(size.current.width / 2, size.current.height / 2, by);
  const pan = (dx: number, dy: number): void => {
    const { x, y, zoom: now } = camera.current;
    follows.current = false;
    camera.current = { x: x - dx / now, y: y - dy / now, zoom: now };
    soon();
  };
  const fit = (): void => { follows.current = true; soon(); };

  // A listener of our own: React's are passive, and the page would scroll along.
  useEffect(() => {
    const place = canvas.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)));
    };
    place?.addEventListener("wheel", turn, { passive: false });
    return () => place?.removeEventListener("wheel", turn);
  }, [zoomAt]);

  const under = (event: PointerEvent): string | undefined => {
    const box = canvas.current!.getBoundingClientRect();
    return nodeAt(event.clientX - box.left, event.clientY - box.top, size.current, camera.current, scene());
  };
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, moved: false, id: event.pointerId };
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const from = drag.current;
    if (!from || from.id !== event.pointerId) {
      setPointed(under(event));
      return;
    }
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < DRAG_PX) return;
    drag.current = { ...from, x: event.clientX, y: event.clientY, moved: true };
    pan(dx, dy);
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const from = drag.current;
    drag.current = null;
    if (from && !from.moved) onSelect(under(event));
  };

  /** The next node in a direction of the drawing, so that keys reach every one of them. */
  const next = (by: 1 | -1): void => {
    if (nodes.length === 0) return;
    const now = nodes.findIndex(({ id }) => id === selected);
    const node = nodes[(now + by + nodes.length) % nodes.length];
    if (!node) return;
    onSelect(node.id);
    const place = places.current.get(node.id);
    if (place && !follows.current) camera.current = { ...camera.current, ...place };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => pan(STEP_PX, 0), ArrowRight: () => pan(-STEP_PX, 0), ArrowUp: () => pan(0, STEP_PX), ArrowDown: () => pan(0, -STEP_PX),
      "+": () => zoom(ZOOM), "=": () => zoom(ZOOM), "-": () => zoom(1 / ZOOM), "0": fit, j: () => next(1), k: () => next(-1),
      Enter: () => { if (selected) onOpen?.(selected); }, Escape: () => onSelect(undefined),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  return (
    <div className={classes.frame} style={height === "fill" ? undefined : { height }} data-graph data-settled={settled || undefined} data-nodes={nodes.length}>
      {/* Keys move the drawing, as the map of keys tells. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <div className={classes.place} role="application" aria-label={label} aria-describedby={keysId} tabIndex={0} onKeyDown={onKeyDown}>
        <canvas ref={canvas} className={classes.canvas} data-pointed={pointed || undefined} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp}
          onPointerLeave={() => setPointed(undefined)} onDoubleClick={() => { if (selected) onOpen?.(selected); }} />
      </div>
      <p id={keysId} className="visually-hidden">{t("graph.keys")}</p>
      <div className={classes.tools}>
        <Tool words={t("graph.closer")} act={() => zoom(ZOOM)}><Plus size={15} /></Tool>
        <Tool words={t("graph.further")} act={() => zoom(1 / ZOOM)}><Minus size={15} /></Tool>
        <Tool words={t("graph.fit")} act={fit}><Maximize size={15} /></Tool>
      </div>
      {children}
    </div>
  );
}

const Tool = ({ words, act, children }: { words: string; act: () => void; children: ReactNode }) => (
  <Tooltip label={words} position="left"><ActionIcon variant="default" aria-label={words} onClick={act}>{children}</ActionIcon></Tooltip>
);
