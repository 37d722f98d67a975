/** A ring drawn: who uses what, its cells in colours, and the few links that hold it together drawn strong. */
import { Button, SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Share2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape as Api } from "../../api";
import { Block, paletteOf, useEntityName, useUrlState } from "../../kit";
import { GraphCanvas, Legend, SHAPES, type DrawnNode, type LegendEntry } from "../../kit/graph";
import classes from "./rings.module.css";

type Detail = Api<"RingDetail">;
type Member = Api<"RingMember">;

const RISKS = ["bad", "decline", "review", "approve", "undecided"] as const;
type Risk = (typeof RISKS)[number];

const riskOf = (one: Member): Risk => (one.bad ? "bad" : (["decline", "review", "approve"] as const).find((outcome) => outcome === one.outcome) ?? "undecided");

export function Drawing({ found }: { found: Detail }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  const palette = paletteOf(useComputedColorScheme("light"));
  const cells = found.cells.length > 1;
  const [colour, setColour] = useUrlState("colour", cells ? "cell" : "risk");
  const [chosen, choose] = useUrlState("member");
  const kind = found.ring.member_kind;
  // In the order of the graph's definition, so that a shape means the same here as in the explorer.
  const graphs = useGet("/v1/graphs", {}, { staleTime: 60_000, retry: false });
  const kinds = useMemo(() => {
    const there = new Set(found.links.map((link) => link.kind));
    const declared = graphs.data?.graphs.find(({ name }) => name === found.ring.graph)?.identifiers.map((one) => one.kind) ?? [];
    return [...declared, ...[...there].filter((one) => !declared.includes(one))];
  }, [found.links, found.ring.graph, graphs.data]);
  const drawn = useMemo(() => {
    const shapeOf = (of: string) => SHAPES[kinds.indexOf(of) % SHAPES.length] ?? "square";
    const cellColour = (cell: number): string => palette.series[cell % palette.series.length] ?? palette.info;
    const risk = { bad: palette.bad, decline: palette.bad, review: palette.wait, approve: palette.good, undecided: palette.info };
    const known = new Map(found.identifiers.map((one) => [one.identifier, one]));
    const users = new Map<string, number>();
    for (const link of found.links) users.set(link.identifier, (users.get(link.identifier) ?? 0) + 1);
    const things = new Map(found.links.map((link) => [link.identifier, link.kind]));
    const nodes: DrawnNode[] = [
      ...found.members.map((one) => ({
        id: one.member, label: `${entity(kind)} ${one.member.slice(0, 8)}`, shape: "circle" as const, size: 6, colour: colour === "cell" ? cellColour(one.cell) : risk[riskOf(one)], ringed: one.bad === true,
      })),
      ...[...things].map(([id, of]) => ({
        id, label: `${entity(of)} ${id.slice(0, 8)} · ${users.get(id) ?? 0}`, shape: shapeOf(of), colour: palette.edge, size: 4 + Math.min(5, Math.log2(users.get(id) ?? 1)), dotted: Boolean(known.get(id)?.on_list),
        text: (users.get(id) ?? 0) >= Math.max(4, found.members.length / 6) ? entity(of) : undefined,
      })),
    ];
    const links = found.links.map((link) => ({ from: link.member, to: link.identifier, strong: link.tree }));
    const risks = new Set(found.members.map(riskOf));
    const legend: LegendEntry[] = [
      { key: "member", words: entity(kind), shape: "circle", colour: "var(--edge)" },
      ...kinds.filter((of) => found.links.some((link) => link.kind === of)).map((of) => ({ key: of, words: entity(of), shape: shapeOf(of), colour: "var(--edge)" })),
      ...(colour === "cell"
        ? found.cells.slice(0, palette.series.length).map((one) => ({ key: `c${one.cell}`, words: t("cell_of", { cell: one.cell + 1, size: one.size }), shape: "circle" as const, colour: cellColour(one.cell) }))
        : RISKS.filter((one) => risks.has(one)).map((one) => ({ key: one, words: t(`risk.${one}`), shape: "circle" as const, colour: risk[one], ringed: one === "bad" }))),
      ...(colour === "cell" && risks.has("bad") ? [{ key: "bad", words: t("risk.bad"), shape: "circle" as const, colour: "var(--edge)", ringed: true }] : []),
      ...(nodes.some((node) => node.dotted) ? [{ key: "listed", words: t("on_list"), shape: "circle" as const, colour: "var(--edge)", dotted: true }] : []),
    ];
    return { nodes, links, legend };
  }, [found, kinds, palette, colour, entity, kind, t]);
  const thing = found.links.find((link) => link.identifier === chosen);
  const start = chosen ? `${thing ? thing.kind : kind}:${chosen}` : `${kind}:${found.members[0]?.member ?? ""}`;
  return (
    <Block title={t("drawn")} note={t("drawn_note")} actions={<>
      {cells ? <SegmentedControl size="xs" aria-label={t("colour_by")} value={colour} onChange={setColour} data={["cell", "risk"].map((one) => ({ value: one, label: t(`colour.${one}`) }))} /> : null}
      <Button component={Link} to={"/graph" as string} search={{ graph: found.ring.graph, at: start, node: chosen ? start : undefined } as never} size="compact-sm" variant="default" leftSection={<Share2 size={14} aria-hidden />}>{t("explore")}</Button>
    </>}>
      <div className={classes.stage}>
        <GraphCanvas label={t("drawing", { members: found.members.length, links: found.links.length })} nodes={drawn.nodes} links={drawn.links} selected={chosen || undefined} onSelect={(id) => choose(id ?? "")} height={460}>
          <Legend label={t("legend")} of={drawn.legend} />
        </GraphCanvas>
      </div>
    </Block>
  );
}
