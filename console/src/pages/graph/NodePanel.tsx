/** One node: how it stands, what it is linked to, and where to go on with it. */
import { Button, UnstyledButton } from "@mantine/core";
import { Link as To } from "@tanstack/react-router";
import { ChartNetwork, Flag, Focus, Route } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, Block, Copyable, Instant, number, OutcomeBadge, Pairs, percent, useEntityName, useMay, type Tone } from "../../kit";
import { besides, idOf, shortOf, type Link, type Node } from "./explored";
import classes from "./graph.module.css";
import { PathBlock } from "./PathBlock";
import type { Explorer } from "./useExplorer";

const FIRST = 12;
const TONES: Record<string, Tone> = { block: "bad", watch: "wait", allow: "good" };

export function NodePanel({ node, explorer, links }: { node: Node; explorer: Explorer; links: readonly Link[] }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const personal = useMay("read_personal");
  const { change, expand, begin, member, opened, start, from, to } = explorer;
  const id = idOf(node);
  const beside = besides(id, links, member);
  const isOpen = id === start || opened.includes(id);
  const { decision } = node;
  return (
    <>
      <PathBlock explorer={explorer} />
      <Block title={<span className={classes.title}>{entity(node.kind)} <Copyable text={node.key} short={12} /></span>}>
        <div className={classes.acts}>
          <Button size="compact-sm" disabled={isOpen && node.degree <= beside.length} leftSection={<ChartNetwork size={14} aria-hidden />} onClick={() => expand(id)}>{t("expand")}</Button>
          {id === start ? null : <Button size="compact-sm" variant="default" leftSection={<Focus size={14} aria-hidden />} onClick={() => begin(id)}>{t("begin_here")}</Button>}
          {from && !to && from !== id
            ? <Button size="compact-sm" variant="default" leftSection={<Flag size={14} aria-hidden />} onClick={() => change({ to: id })}>{t("path.here")}</Button>
            : <Button size="compact-sm" variant="default" leftSection={<Route size={14} aria-hidden />} onClick={() => change({ from: id, to: undefined })}>{t("path.from")}</Button>}
        </div>
        {node.crowd ? <p className={classes.notice}>{t("crowd_hint", { number: number(node.degree) })}</p> : node.joins ? null : <p className={classes.notice}>{t("counted_hint")}</p>}
        <Pairs of={[
          [t("degree"), `${number(node.degree)}${node.crowd ? "+" : ""}`],
          [t("since_when"), node.since ? <Instant key="s" at={node.since} /> : null],
          [t("last_use"), node.last_at ? <Instant key="l" at={node.last_at} /> : null],
          [t("risk.bad"), node.bad_since ? <Badge key="b" tone="bad">{t("bad_since")} <Instant at={node.bad_since} form="day" /></Badge> : null],
          [t("lists"), node.lists.length ? <span key="i" className={classes.lists}>{node.lists.map((one) => <To key={one.name} to={"/lists/$name" as string} params={{ name: one.name } as never}><Badge tone={TONES[one.kind] ?? "neutral"}>{one.name}</Badge></To>)}</span> : null],
          [t("last_decision"), decision ? <To key="d" to={"/decisions/$id" as string} params={{ id: decision.decision_id } as never} className={classes.decision}><OutcomeBadge outcome={decision.outcome} /> {decision.event_id}</To> : null],
          [t("probability"), typeof decision?.probability === "number" ? `${percent(decision.probability)} · ${decision.model}` : null],
        ]} />
        <p className={classes.ways}>
          {personal ? <To to={"/portrait/$kind/$key" as string} params={{ kind: node.kind, key: node.key } as never}>{t("portrait")}</To> : null}
          {node.member ? <To to={"/cases" as string} search={{ q: node.key, state: "all" } as never}>{t("cases")}</To> : null}
          {node.member ? <To to={"/rings" as string} search={{ find: node.key } as never}>{t("rings")}</To> : null}
        </p>
      </Block>
      <Block title={t("linked")}>{beside.length === 0 ? <p className="soft">{t("no_links")}</p> : <Linked key={id} beside={beside} explorer={explorer} />}</Block>
    </>
  );
}

function Linked({ beside, explorer }: { beside: readonly { id: string; at: string }[]; explorer: Explorer }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className={classes.names}>
        {(all ? beside : beside.slice(0, FIRST)).map(({ id, at }) => {
          const node = explorer.explored.nodes.get(id);
          return node ? (
            <li key={id}>
              <UnstyledButton className={classes.name} onClick={() => explorer.change({ node: id })}>{entity(node.kind)} <span className="mono">{shortOf(node.key)}</span></UnstyledButton>
              {node.bad_since ? <Badge tone="bad">{t("risk.bad")}</Badge> : node.crowd ? <Badge>{t("crowd")}</Badge> : null}
              <span className="soft"><Instant at={at} form="minute" /></span>
            </li>
          ) : null;
        })}
      </ul>
      {beside.length > FIRST ? <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>{t(all ? "fewer" : "more", { count: beside.length - FIRST })}</Button> : null}
    </>
  );
}
