/** One editor for each kind of stage; all of them change keys of the document and nothing else. */
import { Button, NumberInput, SegmentedControl, Select, TagsInput, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { ExpressionField } from "../expression/ExpressionField";
import { useStudio } from "../model/context";
import { textOf, withAt, type Doc, type Path } from "../model/paths";
import { docOf, freshName, listOf, wordOf, type Kind } from "../model/stages";
import { EffectFields, MissingField, StopOnField } from "./EffectFields";
import { NameField } from "./NameField";
import { PartList } from "./PartList";
import { TableEditor } from "./TableEditor";
import classes from "../studio.module.css";

export interface EditorProps {
  stage: Doc;
  path: Path;
  change: (key: string, value: unknown) => void;
}

function RulesEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const hit = stage["first"] === undefined ? "all" : "first";
  const { draft } = useStudio();
  const swap = (next: string): void => {
    const { [hit]: rules, ...rest } = stage;
    draft.edit(withAt(draft.document, path, { ...rest, [next]: rules ?? [] }));
  };
  return (
    <>
      <SegmentedControl size="xs" value={hit} disabled={!mayEdit} onChange={swap} aria-label={t("rules.hit")} data={[{ value: "all", label: t("rules.all") }, { value: "first", label: t("rules.first") }]} />
      <PartList path={[...path, hit]} nameKey="rule" nameOf={(part) => wordOf(part["rule"])} fallback={(part) => wordOf(part["when"])} add={t("rules.add")} addKey="n"
        fresh={(taken) => ({ rule: freshName("new_rule", taken), when: "" })}>
        {(part, set, _, isNew) => (
          <>
            <NameField label={t("name")} value={wordOf(part["rule"])} onChange={(value) => set("rule", value)} />
            <ExpressionField label={t("when")} want="condition" value={wordOf(part["when"])} onChange={(value) => set("when", value)} autoFocus={isNew} />
            <EffectFields part={part} change={set} />
          </>
        )}
      </PartList>
      <div className={classes.two}><MissingField part={stage} change={change} /><StopOnField stage={stage} change={change} /></div>
    </>
  );
}

const also = (known: string[], value: string): string[] => (value && !known.includes(value) ? [value, ...known] : known);

function ListsEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { names, mayEdit } = useStudio();
  const lists = (names?.lists ?? []).map((one) => one.name);
  const entities = (names?.columns ?? []).filter((one) => one.entity).map((one) => one.name);
  return (
    <>
      <PartList path={[...path, "checks"]} nameKey={null} nameOf={(part) => `${wordOf(part["list"])} · ${wordOf(part["of"])}`} fallback={(part) => wordOf(part["then"])} add={t("lists.add")} addKey="n"
        fresh={() => ({ list: lists[0] ?? "", of: entities[0] ?? "", then: "review" })}>
        {(part, set) => (
          <>
            <div className={classes.two}>
              <Select label={t("lists.list")} value={wordOf(part["list"])} disabled={!mayEdit} searchable onChange={(value) => set("list", value ?? "")} data={also(lists, wordOf(part["list"]))} />
              <Select label={t("lists.of")} value={wordOf(part["of"])} disabled={!mayEdit} searchable onChange={(value) => set("of", value ?? "")} data={also(entities, wordOf(part["of"]))} />
            </div>
            <EffectFields part={part} change={set} />
          </>
        )}
      </PartList>
      <div className={classes.two}><MissingField part={stage} change={change} /><StopOnField stage={stage} change={change} /></div>
    </>
  );
}

function DecideEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { draft, mayEdit } = useStudio();
  if (stage["cases"] === undefined) {
    const { decide, note, ...effect } = stage;
    return (
      <>
        <EffectFields part={stage} change={change} missing={false} />
        {mayEdit ? <div><Button size="compact-sm" variant="light" onClick={() => draft.edit(withAt(draft.document, path, { decide, ...(note ? { note } : {}), cases: [{ case: "first", when: "", then: "review" }, { otherwise: "rest", ...effect }] }))}>{t("decide.by_cases")}</Button></div> : null}
      </>
    );
  }
  return (
    <>
      <PartList path={[...path, "cases"]} nameKey="case" nameOf={(part) => wordOf(part["case"] ?? part["otherwise"])} fallback={(part) => wordOf(part["when"])} add={t("decide.add")} addKey="n"
        fresh={(taken) => ({ case: freshName("new_case", taken), when: "", then: "review" })} before={(part) => docOf(part)["otherwise"] !== undefined}>
        {(part, set, _, isNew) => (
          <>
            <NameField label={t("name")} value={wordOf(part["case"] ?? part["otherwise"])} onChange={(value) => set(part["otherwise"] === undefined ? "case" : "otherwise", value)} />
            {part["otherwise"] === undefined ? <ExpressionField label={t("when")} want="condition" value={wordOf(part["when"])} onChange={(value) => set("when", value)} autoFocus={isNew} /> : null}
            <EffectFields part={part} change={set} missing={part["otherwise"] === undefined} />
          </>
        )}
      </PartList>
      <div className={classes.two}><MissingField part={stage} change={change} /></div>
    </>
  );
}

function SetEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { draft, mayEdit } = useStudio();
  const raw = stage["values"];
  const lines = Array.isArray(raw) ? raw.map(docOf) : Object.entries(docOf(raw)).map(([name, text]) => ({ [name]: text }));
  const put = (next: Doc[], key = ""): void => draft.edit(withAt(draft.document, [...path, "values"], next), key);
  return (
    <div className={classes.parts}>
      {lines.map((line, place) => {
        const [name = "", text] = Object.entries(line)[0] ?? [];
        return (
          <div key={place} className={classes.part}>
            <div className={classes.partBody} style={{ paddingTop: "0.5rem" }}>
              <div className={classes.addLine}>
                <div style={{ flex: 1 }}><NameField label={t("set.name")} value={name} onChange={(next) => put(lines.with(place, { [next]: text }), `${textOf(path)} ${place} name`)} /></div>
                {mayEdit ? <Button variant="subtle" color="gray" aria-label={t("part.remove")} onClick={() => put(lines.toSpliced(place, 1))}><Trash2 size={15} /></Button> : null}
              </div>
              <ExpressionField label={t("set.value")} value={wordOf(text)} onChange={(next) => put(lines.with(place, { [name]: next }), `${textOf(path)} ${place}`)} />
            </div>
          </div>
        );
      })}
      {mayEdit ? <div><Button size="compact-md" variant="light" leftSection={<Plus size={15} />} onClick={() => change("values", [...lines, { [freshName("new_value", new Set(lines.flatMap((line) => Object.keys(line))))]: "0" }])}>{t("set.add")}</Button></div> : null}
    </div>
  );
}

function ModelEditor({ stage, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { names, mayEdit } = useStudio();
  const uses = wordOf(stage["uses"] ?? stage["model"]);
  const known = (names?.models ?? []).map((one) => one.name);
  const model = names?.models.find((one) => one.name === uses);
  return (
    <>
      <Select label={t("model.uses")} value={uses} disabled={!mayEdit} onChange={(value) => change("uses", value === stage["model"] ? undefined : (value ?? undefined))} data={known.includes(uses) ? known : [uses, ...known]} />
      <div className={classes.two}>
        {(["probability", "points", "margin"] as const).map((key) => (
          <TextInput key={key} label={t(`model.${key}`)} value={wordOf(stage[key])} disabled={!mayEdit || (key === "points" && model?.gives_points === false)} onChange={(event) => change(key, event.currentTarget.value || undefined)} />
        ))}
      </div>
      {model ? <p className="soft">{t("model.reads", { names: model.inputs.join(", ") })}</p> : null}
    </>
  );
}

function AskEditor({ stage, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const of = listOf(stage["of"]).map(wordOf);
  return (
    <>
      <p className="soft">{t("ask.hint")}</p>
      <TagsInput label={t("ask.of")} value={of.length > 0 ? of : [wordOf(stage["ask"])]} disabled={!mayEdit} onChange={(value) => change("of", value.length > 0 ? value : undefined)} />
      <ExpressionField label={t("ask.stake")} want="value" value={wordOf(stage["stake"])} onChange={(value) => change("stake", value || undefined)} />
    </>
  );
}

function SwitchEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  return (
    <>
      <p className="soft">{t("switch.hint")}</p>
      <PartList path={[...path, "cases"]} nameKey="case" nameOf={(part) => wordOf(part["case"] ?? part["otherwise"])} fallback={(part) => wordOf(part["when"])} add={t("decide.add")} addKey="n"
        fresh={(taken) => ({ case: freshName("new_case", taken), when: "", flow: [] })} before={(part) => docOf(part)["otherwise"] !== undefined}>
        {(part, set, _, isNew) => (
          <>
            <NameField label={t("name")} value={wordOf(part["case"] ?? part["otherwise"])} onChange={(value) => set(part["otherwise"] === undefined ? "case" : "otherwise", value)} />
            {part["otherwise"] === undefined ? <ExpressionField label={t("when")} want="condition" value={wordOf(part["when"])} onChange={(value) => set("when", value)} autoFocus={isNew} /> : null}
            <div className={classes.two}>{part["otherwise"] === undefined ? <MissingField part={part} change={set} /> : null}</div>
          </>
        )}
      </PartList>
      <div className={classes.two}><MissingField part={stage} change={change} /></div>
    </>
  );
}

function SplitEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { draft, names, mayEdit } = useStudio();
  const arms = listOf(stage["arms"]).map(docOf);
  const by = wordOf(stage["by"]);
  const entities = (names?.columns ?? []).filter((one) => one.entity).map((one) => one.name);
  /** The first arm takes the rest, so that the shares always add up. */
  const share = (place: number, value: number): void => {
    const next = arms.map((arm, index) => (index === place ? { ...arm, share: value } : arm));
    const rest = 100 - next.slice(1).reduce((sum, arm) => sum + Number(arm["share"] ?? 0), 0);
    if (rest >= 0) draft.edit(withAt(draft.document, [...path, "arms"], next.map((arm, index) => (index === 0 ? { ...arm, share: Number(rest.toFixed(6)) } : arm))), `${textOf(path)} ${place} share`);
  };
  return (
    <>
      <div className={classes.two}>
        <Select label={t("split.by")} value={by} disabled={!mayEdit} onChange={(value) => change("by", value ?? "")} data={entities.includes(by) ? entities : [by, ...entities]} />
        <Select label={t("split.missing")} value={wordOf(stage["when_missing"]) || null} disabled={!mayEdit} clearable onChange={(value) => change("when_missing", value ?? undefined)} data={arms.map((arm) => wordOf(arm["arm"]))} />
      </div>
      {arms.map((arm, place) => (
        <div key={place} className={classes.two}>
          <NameField label={t(place === 0 ? "split.champion" : "split.challenger")} value={wordOf(arm["arm"])} onChange={(value) => draft.edit(withAt(draft.document, [...path, "arms", place, "arm"], value), `${textOf(path)} ${place} arm`)} />
          <NumberInput label={t("split.share")} value={Number(arm["share"] ?? 0)} min={0} max={100} suffix=" %" disabled={!mayEdit || place === 0} onChange={(value) => { if (value !== "") share(place, Number(value)); }} />
        </div>
      ))}
      {mayEdit ? <div><Button size="compact-md" variant="light" leftSection={<Plus size={15} />} onClick={() => draft.edit(withAt(draft.document, [...path, "arms"], [...arms, { arm: freshName("challenger", new Set(arms.map((arm) => wordOf(arm["arm"])))), share: 0 }]))}>{t("split.add")}</Button></div> : null}
      <p className="soft">{t("switch.hint")}</p>
    </>
  );
}

function ScorecardEditor({ stage, path, change }: EditorProps) {
  const { t } = useTranslation("studio");
  const { names, mayEdit } = useStudio();
  return (
    <>
      <div className={classes.two}>
        <NumberInput label={t("scorecard.base")} value={typeof stage["base"] === "number" ? stage["base"] : 0} disabled={!mayEdit} onChange={(value) => change("base", value === "" ? 0 : Number(value))} />
        <TextInput label={t("scorecard.output")} value={wordOf(stage["output"])} placeholder={wordOf(stage["scorecard"])} disabled={!mayEdit} onChange={(event) => change("output", event.currentTarget.value || undefined)} />
      </div>
      <PartList path={[...path, "characteristics"]} nameKey="characteristic" nameOf={(part) => wordOf(part["characteristic"])} fallback={(part) => t("scorecard.bins", { count: listOf(part["bins"]).length })} add={t("scorecard.add")} addKey="n"
        fresh={() => ({ characteristic: names?.columns[0]?.name ?? "age", bins: [["missing", 0]], otherwise: 0 })}>
        {(part, set) => {
          const bins = listOf(part["bins"]).map(listOf);
          return (
            <>
              <div className={classes.two}>
                <NameField label={t("name")} value={wordOf(part["characteristic"])} onChange={(value) => set("characteristic", value)} />
                <Select label={t("effect.reason")} value={wordOf(part["reason"]) || null} searchable clearable disabled={!mayEdit} onChange={(value) => set("reason", value ?? undefined)} data={(names?.reasons ?? []).map((one) => one.code)} />
              </div>
              {bins.map(([test, points], place) => (
                <div key={place} className={classes.addLine}>
                  <TextInput size="xs" style={{ flex: 1 }} aria-label={t("scorecard.test")} value={wordOf(test)} disabled={!mayEdit} onChange={(event) => set("bins", bins.with(place, [event.currentTarget.value, points]))} />
                  <NumberInput size="xs" w={110} aria-label={t("scorecard.points")} value={Number(points ?? 0)} disabled={!mayEdit} onChange={(value) => set("bins", bins.with(place, [test, value === "" ? 0 : Number(value)]))} />
                  {mayEdit ? <Button size="compact-sm" variant="subtle" color="gray" aria-label={t("part.remove")} onClick={() => set("bins", bins.toSpliced(place, 1))}><Trash2 size={14} /></Button> : null}
                </div>
              ))}
              <div className={classes.addLine}>
                {mayEdit ? <Button size="compact-sm" variant="subtle" leftSection={<Plus size={14} />} onClick={() => set("bins", [...bins, ["-", 0]])}>{t("scorecard.add_bin")}</Button> : null}
                <NumberInput size="xs" w={150} label={t("scorecard.otherwise")} value={typeof part["otherwise"] === "number" ? part["otherwise"] : ""} disabled={!mayEdit} onChange={(value) => set("otherwise", value === "" ? undefined : Number(value))} />
              </div>
            </>
          );
        }}
      </PartList>
    </>
  );
}

export const EDITORS: Record<Kind, ComponentType<EditorProps>> = {
  rules: RulesEditor, lists: ListsEditor, decide: DecideEditor, set: SetEditor, model: ModelEditor, ask: AskEditor, switch: SwitchEditor, split: SplitEditor, scorecard: ScorecardEditor, table: TableEditor,
};
