/** Who shares what with whom: looked at from one person or thing, opened further, filtered, and kept as evidence. */
import { Button, NativeSelect, SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { Maximize2, Share2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape as Api } from "../../api";
import { Block, Code, CopyAsApiCall, Empty, ErrorPanel, inWords, Instant, Loading, number, Page, paletteOf, useEntityName, useKeys, useMay } from "../../kit";
import { GraphCanvas, Legend } from "../../kit/graph";
import { drawnLinks, drawnNode, legendOf, type Kinds } from "./appearance";
import { EvidenceDialog } from "./EvidenceDialog";
import { endsOf, idOf, spanOf, within } from "./explored";
import { Find } from "./Find";
import classes from "./graph.module.css";
import { NodePanel } from "./NodePanel";
import { LinkTable, NodeTable } from "./Tables";
import { TimeFilter } from "./TimeFilter";
import { COLOURS, useExplorer, VIEWS, type Colour, type Explorer, type View } from "./useExplorer";
import { ViewPanel } from "./ViewPanel";

const EXAMPLE = `# graphs/people.yaml
name: people
member: person
events: [application]
links:
  - {identifier: device, expires_after: 180d, hub: 30}
  - {identifier: phone, expires_after: 365d, hub: 10}
`;

export default function GraphPage() {
  const { t } = useTranslation("graph");
  const found = useGet("/v1/graphs", {}, { staleTime: 30_000 });
  if (found.data && found.data.graphs.length > 0) return <Explore graphs={found.data.graphs} />;
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/graphs" />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : found.data ? (
        <Block><Empty icon={Share2} title={t("no_graph")} hint={t("no_graph_hint")}><Code text={EXAMPLE} label={t("example")} /></Empty></Block>
      ) : <Loading lines={8} />}
    </Page>
  );
}

function Explore({ graphs }: { graphs: readonly Api<"GraphSummary">[] }) {
  const { t } = useTranslation("graph");
  const explorer = useExplorer(graphs);
  const { graph, start, change } = explorer;
  const mayNote = useMay("work_cases");
  const [keeping, setKeeping] = useState(false);
  const problem = explorer.walks.first?.error;
  const isKnown = explorer.explored.nodes.size > 0;
  const query = start ? `/around?entity=${encodeURIComponent(start)}&steps=4` : "";
  return (
    <Page title={t("title")} wide fills={Boolean(start) && isKnown} lead={(start && inWords(graph?.description)) || t("lead")}
      actions={<>
        {graphs.length > 1 ? <NativeSelect aria-label={t("graph")} value={graph?.name} data={graphs.map(({ name }) => name)} onChange={(event) => change({ graph: event.currentTarget.value, at: undefined, open: undefined, node: undefined, from: undefined, to: undefined })} /> : null}
        {isKnown && mayNote ? <Button onClick={() => setKeeping(true)}>{t("keep")}</Button> : null}
        <CopyAsApiCall path={`/v1/graphs/${graph?.name}${query}`} />
      </>}>
      <Find explorer={explorer} />
      {problem ? <ErrorPanel problem={problem} onRetry={() => void explorer.walks.first?.refetch()} /> : null}
      {start && !problem && explorer.walks.first?.isPending ? <Loading lines={8} /> : null}
      {start && explorer.walks.first?.data && !isKnown ? <Block><Empty icon={Share2} title={t("unknown")} hint={t("unknown_hint")} /></Block> : null}
      {isKnown ? <Explored explorer={explorer} /> : null}
      {isKnown ? <EvidenceDialog explorer={explorer} opened={keeping} onClose={() => setKeeping(false)} /> : null}
    </Page>
  );
}

function Explored({ explorer }: { explorer: Explorer }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const palette = paletteOf(useComputedColorScheme("light"));
  const { explored, member, node, colour, view, change, expand, path, startId, graph } = explorer;
  const kinds = useMemo<Kinds>(() => ({ member, identifiers: graph?.identifiers.map(({ kind }) => kind) ?? [] }), [member, graph]);
  const whole = useMemo(() => spanOf(explored.links), [explored]);
  const span = useMemo(
    () => (whole && (explorer.since !== undefined || explorer.until !== undefined) ? { from: explorer.since ?? whole.from, to: explorer.until ?? whole.to } : undefined),
    [whole, explorer.since, explorer.until],
  );
  const seen = useMemo(() => {
    const kept = new Set([startId ?? "", ...(path.data?.nodes.map(idOf) ?? [])]);
    return within(explored, member, span, kept);
  }, [explored, member, span, startId, path.data]);
  const drawn = useMemo(() => {
    const onPath = new Set(path.data?.nodes.map(idOf));
    const strong = new Set(path.data?.links.map((link) => endsOf(link, member).join(" ")));
    const look = { colour, kinds, palette, start: startId, path: onPath, entity };
    return { nodes: seen.nodes.map((one) => drawnNode(one, look)), links: drawnLinks(seen.links, member, strong) };
  }, [seen, colour, kinds, palette, startId, path.data, member, entity]);
  const legend = useMemo(() => legendOf(colour, kinds, seen.nodes, palette, entity, t), [colour, kinds, seen, palette, entity, t]);
  const chosen = node === undefined ? undefined : explored.nodes.get(node);
  const choose = (id: string | undefined): void => change({ node: id });
  useKeys(t("title"), [
    { keys: "e", words: t("key.expand"), act: () => { if (node) expand(node); } },
    ...COLOURS.map((one, place) => ({ keys: String(place + 1), words: t("key.colour", { colour: t(`colour.${one}`) }), act: () => change({ colour: place === 0 ? undefined : one }) })),
  ]);
  return (
    <div className={classes.explored}>
      <div className={classes.main}>
        <div className={classes.bar}>
          <SegmentedControl size="xs" aria-label={t("views")} value={view} onChange={(value) => change({ view: value === "drawing" ? undefined : value, sort: undefined, q: undefined })} data={VIEWS.map((one: View) => ({ value: one, label: t(`view.${one}`) }))} />
          {view === "drawing" ? <SegmentedControl size="xs" aria-label={t("colour_by")} value={colour} onChange={(value) => change({ colour: value === "risk" ? undefined : value })} data={COLOURS.map((one: Colour) => ({ value: one, label: t(`colour.${one}`) }))} /> : null}
          <span className={classes.count} role="status">
            {t("shown", { nodes: number(seen.nodes.length), links: number(seen.links.length) })}
            {explored.leftOut > 0 ? <span>{t("left_out", { count: explored.leftOut, number: number(explored.leftOut) })}</span> : null}
            {explorer.asOf ? <span>{t("as_of")} <Instant at={explorer.asOf} form="minute" /></span> : null}
            {explorer.walks.pending ? <span>{t("walking")}</span> : null}
          </span>
        </div>
        <div className={classes.stage}>
          {view === "drawing" ? (
            <GraphCanvas label={t("drawing", { nodes: number(seen.nodes.length), links: number(seen.links.length) })} nodes={drawn.nodes} links={drawn.links} selected={node} onSelect={choose} onOpen={expand}>
              <Legend label={t("legend")} of={legend} />
            </GraphCanvas>
          ) : view === "nodes" ? <NodeTable nodes={seen.nodes} current={node} onOpen={choose} /> : <LinkTable links={seen.links} member={member} onOpen={choose} />}
        </div>
        {whole && whole.to > whole.from ? <TimeFilter links={explored.links} whole={whole} span={span} onChange={(next) => change({ since: next && next.from > whole.from ? dayText(next.from) : undefined, until: next && next.to < whole.to ? dayText(next.to) : undefined })} /> : null}
      </div>
      <aside className={classes.aside} aria-label={t("beside")}>
        {path.error ? <ErrorPanel problem={path.error} onRetry={() => void path.refetch()} /> : null}
        {chosen ? <NodePanel node={chosen} explorer={explorer} links={seen.links} /> : <ViewPanel explorer={explorer} seen={seen} />}
        {chosen ? <Button variant="subtle" size="compact-sm" leftSection={<Maximize2 size={14} aria-hidden />} onClick={() => choose(undefined)}>{t("whole_view")}</Button> : null}
      </aside>
    </div>
  );
}

const dayText = (day: number): string => new Date(day).toISOString().slice(0, 10);
