import { Button, Menu } from "@mantine/core";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { KindIcon } from "../flow/kinds";
import { useStudio } from "../model/context";
import { at, insertAt, pathOf, textOf, type Path } from "../model/paths";
import { docOf, KINDS, kindOf, listOf, namesIn, newStage, wordOf, type Kind } from "../model/stages";

/** A new stage behind the one that is chosen, else in front of the end; into a branch where there is one. */
export function AddStage() {
  const { t } = useTranslation("studio");
  const { draft, names, selected, select } = useStudio();
  const stage = selected && selected !== "start" ? at(draft.document, pathOf(selected)) : null;
  const add = (kind: Kind, flow: Path, place: number): void => {
    const made = newStage(kind, namesIn(draft.document), {
      column: names?.columns.find((one) => (kind === "lists" || kind === "split" ? one.entity : one.type === "integer"))?.name ?? "",
      list: names?.lists[0]?.name ?? "", model: names?.models[0]?.name ?? "", reason: names?.reasons[0]?.code ?? "",
    });
    draft.edit(insertAt(draft.document, flow, place, made));
    select(textOf([...flow, place]));
  };
  const behind = (kind: Kind): void => {
    if (stage) {
      const path = pathOf(selected);
      const place = path.at(-1) as number;
      // Nothing is reached behind a decision: what is added to it goes in front of it.
      add(kind, path.slice(0, -1), kindOf(stage) === "decide" ? place : place + 1);
      return;
    }
    const top = listOf(draft.document["flow"]);
    const end = top.findIndex((one) => kindOf(one) === "decide");
    add(kind, ["flow"], end < 0 ? top.length : end);
  };
  const key = kindOf(stage) === "split" ? "arms" : "cases";
  const branches = kindOf(stage) === "split" || kindOf(stage) === "switch" ? listOf(docOf(stage)[key]).map(docOf) : [];
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target><Button variant="default" leftSection={<Plus size={15} />}>{t("add_stage")}</Button></Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => <Menu.Item key={kind} leftSection={<KindIcon kind={kind} size={15} />} onClick={() => behind(kind)}>{t(`kind.${kind}`)}</Menu.Item>)}
        {branches.map((branch, place) => (
          <div key={place}>
            <Menu.Label>{t("into_branch", { name: wordOf(branch["case"] ?? branch["otherwise"] ?? branch["arm"]) })}</Menu.Label>
            {(["rules", "table", "set", "decide"] as const).map((kind) => {
              const flow: Path = [...pathOf(selected), key, place, "flow"];
              return <Menu.Item key={kind} leftSection={<KindIcon kind={kind} size={15} />} onClick={() => add(kind, flow, listOf(branch["flow"]).length)}>{t(`kind.${kind}`)}</Menu.Item>;
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
