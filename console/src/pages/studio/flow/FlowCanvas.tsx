/** The policy as a drawing. Where things lie is worked out here; what leads where comes from the server. */
import dagre from "@dagrejs/dagre";
import { Background, Controls, Handle, MarkerType, Position, ReactFlow, useReactFlow, useStore, type Edge, type Node, type NodeProps, type ReactFlowInstance } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useMantineColorScheme } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { memo, useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { Empty, Loading, number } from "../../../kit";
import { useStudio } from "../model/context";
import { KindIcon } from "./kinds";
import classes from "../studio.module.css";

type Drawn = Shape<"FlowNodeShape">;
type StageNode = Node<{ stage: Drawn; selected: boolean }, "stage">;

const SIZES: Record<string, [number, number]> = { outcome: [144, 40], start: [192, 52] };
const sizeOf = (kind: string): [number, number] => SIZES[kind] ?? [240, 58];

const Stage = memo(function Stage({ data: { stage, selected } }: NodeProps<StageNode>) {
  const { t } = useTranslation("studio");
  const wrong = stage.errors + stage.warnings;
  const name = stage.kind === "outcome" ? t(`outcome.${stage.name}`, { ns: "kit" }) : stage.name;
  return (
    <div className={classes.node} data-kind={stage.kind} data-name={stage.name} data-selected={selected || undefined} data-errors={stage.errors || undefined}>
      {stage.kind === "start" ? null : <Handle id="in" type="target" position={Position.Top} isConnectable={false} style={{ opacity: 0 }} />}
      <KindIcon kind={stage.kind} />
      <span>
        <strong title={name}>{name}</strong>
        {stage.kind === "outcome" ? null : <small>{stage.kind === "start" ? t("kind.start") : `${t(`kind.${stage.kind}`)}${stage.parts ? ` · ${number(stage.parts)}` : ""}${stage.uses ? ` · ${stage.uses}` : ""}`}</small>}
      </span>
      {wrong ? <TriangleAlert size={15} aria-label={t("findings", { count: wrong })} style={{ color: stage.errors ? "var(--bad)" : "var(--wait)" }} /> : null}
      <Handle id="stop" type={stage.kind === "outcome" ? "target" : "source"} position={Position.Right} isConnectable={false} style={{ opacity: 0 }} />
      {stage.kind === "outcome" ? null : <Handle id="next" type="source" position={Position.Bottom} isConnectable={false} style={{ opacity: 0 }} />}
    </div>
  );
});

const nodeTypes = { stage: Stage };

function laidOut(nodes: readonly Drawn[], edges: readonly Shape<"FlowEdgeShape">[]): Map<string, { x: number; y: number }> {
  const graph = new dagre.graphlib.Graph({ multigraph: true }).setGraph({ rankdir: "TB", nodesep: 36, ranksep: 44 }).setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const [width, height] = sizeOf(node.kind);
    graph.setNode(node.id, { width, height });
  }
  // An early end would pull the stages out of their line: it is drawn beside them and has no say in where they lie.
  const drawn = edges.filter((edge) => edge.kind !== "stop");
  drawn.forEach((edge, place) => graph.setEdge(edge.source, edge.target, { weight: edge.kind === "next" ? 4 : 1, minlen: 1 }, String(place)));
  const reached = new Set(drawn.map((edge) => edge.target));
  const end = nodes.findLast((node) => node.kind === "decide");
  for (const node of nodes) if (node.kind === "outcome" && !reached.has(node.id) && end) graph.setEdge(end.id, node.id, {}, node.id);
  dagre.layout(graph);
  return new Map(nodes.map((node) => {
    const [width, height] = sizeOf(node.kind);
    const { x, y } = graph.node(node.id);
    return [node.id, { x: x - width / 2, y: y - height / 2 }];
  }));
}

/** Keeps what is in the middle there when the room gets narrower or wider, as when a stage opens beside the drawing. */
function Centred() {
  const width = useStore((state) => state.width);
  const { getViewport, setViewport } = useReactFlow();
  const before = useRef(0);
  useEffect(() => {
    const moved = before.current === 0 ? 0 : (width - before.current) / 2;
    before.current = width;
    if (moved === 0) return;
    const { x, y, zoom } = getViewport();
    void setViewport({ x: x + moved, y, zoom });
  }, [width, getViewport, setViewport]);
  return null;
}

export default function FlowCanvas() {
  const { t } = useTranslation("studio");
  const { colorScheme } = useMantineColorScheme();
  const { draft, selected, select } = useStudio();
  const report = draft.report;
  const frame = useRef<HTMLDivElement>(null);
  const instance = useRef<ReactFlowInstance<StageNode> | null>(null);
  const places = useMemo(() => (report ? laidOut(report.nodes, report.edges) : new Map<string, { x: number; y: number }>()), [report]);
  const nodes = useMemo<StageNode[]>(() => (report?.nodes ?? []).map((stage) => {
    const [width, height] = sizeOf(stage.kind);
    return {
      id: stage.id, type: "stage", position: places.get(stage.id) ?? { x: 0, y: 0 }, width, height, draggable: false, connectable: false,
      selectable: stage.kind !== "outcome", focusable: stage.kind !== "outcome", ariaLabel: `${t(`kind.${stage.kind}`)} ${stage.name}`,
      data: { stage, selected: stage.id === selected },
    };
  }), [report, places, selected, t]);
  const edges = useMemo<Edge[]>(() => (report?.edges ?? []).map((edge, place) => ({
    id: String(place), source: edge.source, target: edge.target, ...(edge.kind === "stop" ? { sourceHandle: "stop", targetHandle: "stop", pathOptions: { offset: 26 } } : { sourceHandle: "next", targetHandle: "in" }), type: "smoothstep", focusable: false, selectable: false,
    label: edge.kind === "arm" ? `${edge.label} ${number(edge.share ?? 0, 2)} %` : edge.label || (edge.kind === "stop" ? t("stops") : undefined),
    labelStyle: { fill: "var(--soft)", fontSize: 11 }, labelBgStyle: { fill: "var(--ground)" }, labelBgPadding: [4, 2] as [number, number],
    style: { stroke: "var(--edge)", strokeDasharray: edge.kind === "stop" ? "5 4" : undefined },
    markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: "var(--edge)" },
  })), [report, t]);
  /** The beginning of the flow at a size that can be read; the whole of it is one button away. */
  const begin = useCallback((flow: ReactFlowInstance<StageNode>): void => {
    instance.current = flow;
    const box = flow.getNodesBounds(flow.getNodes());
    const around = frame.current?.getBoundingClientRect();
    if (!around || box.width === 0) return;
    const zoom = Math.max(0.85, Math.min(1, (around.height - 32) / box.height, (around.width - 32) / box.width));
    const chosen = places.get(selected);
    const hidden = chosen !== undefined && (chosen.y - box.y) * zoom + 70 > around.height;
    void flow.setViewport({ zoom, x: around.width / 2 - (box.x + box.width / 2) * zoom, y: hidden ? around.height / 2 - chosen.y * zoom : 16 - box.y * zoom });
    // Where one begins is looked up once; later choices move the drawing only as far as they must.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  // A stage that is chosen elsewhere comes into view.
  useEffect(() => {
    const flow = instance.current;
    const around = frame.current?.getBoundingClientRect();
    const place = places.get(selected);
    if (!flow || !around || !place) return;
    const seen = flow.flowToScreenPosition(place);
    if (seen.x >= around.left - 40 && seen.x < around.right - 60 && seen.y >= around.top && seen.y < around.bottom - 30) return;
    void flow.setCenter(place.x + 120, place.y + 29, { zoom: flow.getZoom(), duration: 200 });
  }, [selected, places]);
  if (!report) return <Loading lines={6} />;
  if (!report.readable) return <Empty title={t("unreadable")} hint={t("unreadable_hint")} />;
  return (
    <div ref={frame} style={{ height: "100%" }}>
    <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} colorMode={colorScheme === "auto" ? "system" : colorScheme} className={classes.flow} onInit={begin} fitViewOptions={{ maxZoom: 1, padding: 0.06 }} minZoom={0.1} maxZoom={1.6}
      nodesDraggable={false} nodesConnectable={false} zoomOnDoubleClick={false} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
      onNodeClick={(_, node) => { if (node.data.stage.kind !== "outcome") select(node.id); }}
      onSelectionChange={({ nodes: [chosen] }) => { if (chosen && document.activeElement?.closest(".react-flow__node")) select(chosen.id); }}
      aria-label={t("view.flow")}>
      <Background gap={20} color="var(--line)" />
      <Centred />
      <Controls showInteractive={false} aria-label={t("zoom")} />
    </ReactFlow>
    </div>
  );
}
