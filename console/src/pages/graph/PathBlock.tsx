/** How two hang together: the way as a list of steps, or that there is none. */
import { Button, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Block, Loading, number, useEntityName } from "../../kit";
import { Mark } from "../../kit/graph";
import { shapeOf } from "./appearance";
import { idOf, shortOf } from "./explored";
import classes from "./graph.module.css";
import type { Explorer } from "./useExplorer";

export function PathBlock({ explorer }: { explorer: Explorer }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const { from, to, path, change, graph, member } = explorer;
  const kinds = { member, identifiers: graph?.identifiers.map(({ kind }) => kind) ?? [] };
  if (!from) return null;
  const leave = <Button size="compact-xs" variant="subtle" onClick={() => change({ from: undefined, to: undefined })}>{t("path.leave")}</Button>;
  const name = (id: string): string => { const [kind = "", key = ""] = id.split(":"); return `${entity(kind)} ${shortOf(key)}`; };
  if (!to) return <Block title={t("path.title")} actions={leave}><p>{t("path.choose", { from: name(from) })}</p></Block>;
  return (
    <Block title={t("path.title")} actions={leave}>
      {path.isPending ? <Loading lines={3} /> : path.data && path.data.nodes.length > 0 ? (
        <>
          <p className="soft">{t("path.steps", { count: path.data.links.length, number: number(path.data.links.length) })}</p>
          <ol className={classes.way}>
            {path.data.nodes.map((node) => (
              <li key={idOf(node)}><Mark shape={shapeOf(node.kind, kinds)} colour="var(--edge)" ringed={Boolean(node.bad_since)} /> <UnstyledButton className={classes.name} onClick={() => change({ node: idOf(node) })}>{entity(node.kind)} <span className="mono">{shortOf(node.key)}</span></UnstyledButton></li>
            ))}
          </ol>
        </>
      ) : path.data ? <p>{t(path.data.gave_up ? "path.gave_up" : "path.none", { met: number(path.data.met), from: name(from), to: name(to) })}</p> : null}
    </Block>
  );
}
