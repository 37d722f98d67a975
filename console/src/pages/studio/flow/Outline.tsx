/** The same policy as nested lines: for the keyboard, for those who hear it, and for narrow windows. */
import { TriangleAlert } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../model/context";
import { at, moveAt, pathOf, textOf, type Path } from "../model/paths";
import { docOf, kindOf, listOf, nameOf, wordOf } from "../model/stages";
import { KindIcon } from "./kinds";
import classes from "../studio.module.css";

export function Outline() {
  const { t } = useTranslation("studio");
  return (
    <div>
      <p className="visually-hidden">{t("outline_keys")}</p>
      <Flow path={["flow"]} />
    </div>
  );
}

function Flow({ path }: { path: Path }) {
  const { draft } = useStudio();
  const stages = listOf(at(draft.document, path));
  return <div className={path.length === 1 ? classes.outline : classes.nested}>{stages.map((stage, place) => <Line key={`${nameOf(stage)} ${place}`} stage={stage} path={[...path, place]} />)}</div>;
}

function Line({ stage, path }: { stage: unknown; path: Path }) {
  const { t } = useTranslation("studio");
  const { draft, selected, select, mayEdit } = useStudio();
  const where = textOf(path);
  const kind = kindOf(stage) ?? "";
  const node = draft.report?.nodes.find((one) => one.id === where);
  const wrong = (node?.errors ?? 0) + (node?.warnings ?? 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || !mayEdit || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const from = path.at(-1) as number;
    const to = from + (event.key === "ArrowUp" ? -1 : 1);
    const flow = path.slice(0, -1);
    if (to < 0 || to >= listOf(at(draft.document, flow)).length) return;
    draft.edit(moveAt(draft.document, flow, from, to));
    select(textOf([...flow, to]));
  };
  const key = kind === "split" ? "arms" : kind === "switch" ? "cases" : null;
  return (
    <div>
      <button type="button" className={classes.line} aria-current={where === selected || undefined} onClick={() => select(where)} onKeyDown={onKeyDown}>
        <KindIcon kind={kind} />
        <span><strong>{nameOf(stage) || t("nameless")}</strong> <span className="soft">{kind ? t(`kind.${kind}`) : t("unknown_kind")}{node?.parts ? ` · ${node.parts}` : ""}</span></span>
        {wrong ? <TriangleAlert size={15} aria-label={t("findings", { count: wrong })} style={{ color: node?.errors ? "var(--bad)" : "var(--wait)" }} /> : null}
      </button>
      {key ? listOf(docOf(stage)[key]).map((part, place) => {
        const one = docOf(part);
        return (
          <div key={place}>
            <p className={classes.branch}>{wordOf(one["case"] ?? one["otherwise"] ?? one["arm"])}{one["share"] === undefined ? "" : ` · ${wordOf(one["share"])} %`}</p>
            <Flow path={[...pathOf(where), key, place, "flow"]} />
          </div>
        );
      }) : null}
    </div>
  );
}
