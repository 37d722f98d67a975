import { ActionIcon, Textarea, Tooltip } from "@mantine/core";
import { ArrowDown, ArrowUp, Copy, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Empty, noteDone } from "../../../kit";
import { KindIcon } from "../flow/kinds";
import { useStudio } from "../model/context";
import { at, insertAt, moveAt, pathOf, removeAt, textOf, withAt, type Path } from "../model/paths";
import { docOf, freshName, kindOf, listOf, nameOf, namesIn, wordOf, type Kind } from "../model/stages";
import { EDITORS } from "./editors";
import { Faults } from "./Faults";
import { NameField } from "./NameField";
import { PolicySettings } from "./PolicySettings";
import classes from "../studio.module.css";

/** The stage that is chosen, to be changed. */
export function StagePanel() {
  const { t } = useTranslation("studio");
  const { draft, selected, select } = useStudio();
  const path = pathOf(selected);
  const stage = selected === "start" ? null : at(draft.document, path);
  const kind = kindOf(stage);
  return (
    <aside className={classes.stage} aria-label={t("stage")}>
      {selected === "start" ? (
        <>
          <Head title={t("policy_settings")} kind="start" onClose={() => select("")} />
          <div className={classes.stageBody}><PolicySettings /></div>
        </>
      ) : kind ? <StageEditor key={selected} path={path} kind={kind} /> : (
        <>
          <Head title={t("stage")} kind="start" onClose={() => select("")} />
          <Empty title={t("no_stage")} hint={t("no_stage_hint")} />
        </>
      )}
    </aside>
  );
}

function Head({ title, kind, onClose, children }: { title: string; kind: string; onClose: () => void; children?: ReactNode }) {
  const { t } = useTranslation("studio");
  return (
    <div className={classes.stageHead}>
      <div className={classes.stageBar}>
        <h2><KindIcon kind={kind} /> {title}</h2>
        {children}
        <Tooltip label={t("close_stage")}><ActionIcon aria-label={t("close_stage")} onClick={onClose}><X size={16} /></ActionIcon></Tooltip>
      </div>
    </div>
  );
}

function StageEditor({ path, kind }: { path: Path; kind: Kind }) {
  const { t } = useTranslation("studio");
  const { draft, select, mayEdit } = useStudio();
  const stage = docOf(at(draft.document, path));
  const flow = path.slice(0, -1);
  const place = path.at(-1) as number;
  const count = listOf(at(draft.document, flow)).length;
  const where = textOf(path);
  const change = (key: string, value: unknown): void => draft.edit(withAt(draft.document, [...path, key], value), `${where}.${key}`);
  const move = (by: number): void => {
    draft.edit(moveAt(draft.document, flow, place, place + by));
    select(textOf([...flow, place + by]));
  };
  const copy = (): void => {
    const name = freshName(nameOf(stage).replace(/_\d+$/, ""), namesIn(draft.document));
    draft.edit(insertAt(draft.document, flow, place + 1, { ...structuredClone(stage), [kind]: name }));
    select(textOf([...flow, place + 1]));
  };
  const remove = (): void => {
    draft.edit(removeAt(draft.document, flow, place));
    select("");
    noteDone(t("stage_removed", { name: nameOf(stage) }), draft.undo);
  };
  const Editor = EDITORS[kind];
  const own = draft.report?.findings.filter((one) => one.where === where || (one.where.startsWith(`${where}.`) && !/\[\d+\]/.test(one.where.slice(where.length)))) ?? [];
  return (
    <>
      <Head title={`${t(`kind.${kind}`)} · ${nameOf(stage)}`} kind={kind} onClose={() => select("")}>
        {mayEdit ? (
          <>
            <Tooltip label={t("part.up")}><ActionIcon aria-label={t("part.up")} disabled={place === 0} onClick={() => move(-1)}><ArrowUp size={16} /></ActionIcon></Tooltip>
            <Tooltip label={t("part.down")}><ActionIcon aria-label={t("part.down")} disabled={place === count - 1} onClick={() => move(1)}><ArrowDown size={16} /></ActionIcon></Tooltip>
            <Tooltip label={t("part.copy")}><ActionIcon aria-label={t("part.copy")} onClick={copy}><Copy size={16} /></ActionIcon></Tooltip>
            <Tooltip label={t("part.remove")}><ActionIcon aria-label={t("remove_stage")} onClick={remove}><Trash2 size={16} /></ActionIcon></Tooltip>
          </>
        ) : null}
      </Head>
      <div className={classes.stageBody}>
        <Faults findings={own} />
        <div className={classes.two}><NameField label={t("name")} value={nameOf(stage)} onChange={(value) => change(kind, value)} /></div>
        <Editor stage={stage} path={path} change={change} />
        <Textarea label={t("note")} value={wordOf(stage["note"])} autosize minRows={1} disabled={!mayEdit} onChange={(event) => change("note", event.currentTarget.value || undefined)} />
      </div>
    </>
  );
}
