/** What is seen, when nobody in particular is: how many, how they stand, what most of them share. */
import { UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Block, number, Pairs, useEntityName } from "../../kit";
import { RISKS, riskOf } from "./appearance";
import { endsOf, idOf, shortOf, type Link, type Node } from "./explored";
import classes from "./graph.module.css";
import { PathBlock } from "./PathBlock";
import type { Explorer } from "./useExplorer";

const SHARED = 12;

export function ViewPanel({ explorer, seen }: { explorer: Explorer; seen: { nodes: readonly Node[]; links: readonly Link[] } }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const { member, change } = explorer;
  const members = seen.nodes.filter((node) => node.member);
  const shared = useMemo(() => {
    const users = new Map<string, number>();
    for (const link of seen.links) {
      const [, thing] = endsOf(link, member);
      users.set(thing, (users.get(thing) ?? 0) + 1);
    }
    return seen.nodes.flatMap((node) => (node.member ? [] : [{ node, users: users.get(idOf(node)) ?? 0 }])).filter((one) => one.users > 1).toSorted((a, b) => b.users - a.users).slice(0, SHARED);
  }, [seen, member]);
  return (
    <>
      <PathBlock explorer={explorer} />
      <Block title={t("in_view")} note={t("in_view_note")}>
        <Pairs of={[
          [t("members"), number(members.length)],
          ...RISKS.filter((risk) => risk !== "thing").map((risk) => [t(`risk.${risk}`), members.filter((node) => riskOf(node) === risk).length] as const).filter(([, count]) => count > 0).map(([words, count]) => [words, number(count)] as const),
          [t("things"), number(seen.nodes.length - members.length)],
        ]} />
      </Block>
      <Block title={t("most_shared")}>
        {shared.length === 0 ? <p className="soft">{t("nothing_shared")}</p> : (
          <ul className={classes.names}>
            {shared.map(({ node, users }) => (
              <li key={idOf(node)}>
                <UnstyledButton className={classes.name} onClick={() => change({ node: idOf(node) })}>{entity(node.kind)} <span className="mono">{shortOf(node.key)}</span></UnstyledButton>
                <span className="soft number">{t("of_view", { count: users, number: number(users) })}{node.crowd ? ` · ${t("crowd")}` : ""}</span>
              </li>
            ))}
          </ul>
        )}
      </Block>
    </>
  );
}
