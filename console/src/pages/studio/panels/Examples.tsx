import { Button, Progress, Select, TagsInput, TextInput } from "@mantine/core";
import { Check, CircleHelp, Plus, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge, Empty, number, OutcomeBadge, percent } from "../../../kit";
import { useStudio } from "../model/context";
import { insertAt, removeAt, withAt, type Doc } from "../model/paths";
import { docOf, freshName, listOf, outputText, OUTCOMES, valueOf, wordOf } from "../model/stages";
import classes from "../studio.module.css";

const SHOWN = 24;

/** The policy's own tests: "this application must be declined because ..."; and what none of them reaches. */
export function Examples() {
  const { t } = useTranslation("studio");
  const { draft, mayEdit } = useStudio();
  const [open, setOpen] = useState(-1);
  const examples = listOf(draft.document["examples"]).map(docOf);
  const cover = draft.report?.coverage;
  const add = (): void => {
    const taken = new Set(examples.map((one) => wordOf(one["example"])));
    draft.edit(insertAt(draft.document, ["examples"], examples.length, { example: freshName(t("examples.new"), taken), given: {}, expect: { outcome: "approve" } }));
    setOpen(examples.length);
  };
  return (
    <div className={classes.list}>
      <div className={classes.addLine}>
        {mayEdit ? <Button size="compact-md" variant="light" leftSection={<Plus size={15} />} onClick={add}>{t("examples.add")}</Button> : null}
        {cover && cover.reached.length + cover.unreached.length > 0 ? (
          <>
            <span>{t("examples.covered", { reached: number(cover.reached.length), all: number(cover.reached.length + cover.unreached.length), share: percent(cover.share, 0) })}</span>
            <Progress value={cover.share * 100} w={140} aria-label={t("examples.coverage")} />
          </>
        ) : draft.report && !cover ? <span className="soft">{t("examples.not_run")}</span> : null}
      </div>
      {examples.length === 0 ? <Empty title={t("examples.none")} hint={t("examples.none_hint")} /> : null}
      {examples.map((example, place) => {
        const result = draft.fresh ? draft.report?.examples[place] : undefined;
        return (
          <div key={place} className={classes.example}>
            <div className={classes.exampleHead}>
              {result ? <Badge tone={result.passed ? "good" : "bad"} icon={result.passed ? Check : X}>{t(result.passed ? "examples.passed" : "examples.failed")}</Badge> : <Badge icon={CircleHelp}>{t("examples.waiting")}</Badge>}
              <strong>{wordOf(example["example"])}</strong>
              {result?.outcome ? <OutcomeBadge outcome={result.outcome} /> : null}
              {mayEdit ? <Button size="compact-sm" variant="subtle" aria-expanded={open === place} onClick={() => setOpen(open === place ? -1 : place)}>{t(open === place ? "done" : "change")}</Button> : null}
            </div>
            {example["because"] ? <p className="soft">{t("examples.because", { why: wordOf(example["because"]) })}</p> : null}
            {result?.differences.map((one) => <p key={one.field} style={{ color: "var(--bad)" }}>{t("examples.difference", { field: one.field, got: one.got, expected: one.expected })}</p>)}
            {open === place ? <ExampleEditor example={example} place={place} onRemove={() => { draft.edit(removeAt(draft.document, ["examples"], place)); setOpen(-1); }} /> : null}
          </div>
        );
      })}
      {cover && cover.unreached.length > 0 ? (
        <div>
          <p className="soft">{t("examples.unreached")}</p>
          <div className={classes.samples}>{cover.unreached.slice(0, SHOWN).map((name) => <span key={name} className={classes.sample}>{name}</span>)}{cover.unreached.length > SHOWN ? <span className="soft">{t("more", { count: cover.unreached.length - SHOWN })}</span> : null}</div>
        </div>
      ) : null}
    </div>
  );
}

function ExampleEditor({ example, place, onRemove }: { example: Doc; place: number; onRemove: () => void }) {
  const { t } = useTranslation("studio");
  const { draft, names } = useStudio();
  const given = docOf(example["given"]);
  const expect: Doc = typeof example["expect"] === "string" ? { outcome: example["expect"] } : docOf(example["expect"]);
  const scores = docOf(example["scores"]);
  const change = (key: string, value: unknown): void => draft.edit(withAt(draft.document, ["examples", place, key], value), `examples[${place}].${key}`);
  const facts = (draft.report?.names ?? []).filter((one) => one.source === "fact").map((one) => one.name);
  const free = (names?.columns ?? []).map((one) => one.name).filter((name) => !(name in given));
  const uses = (draft.report?.nodes ?? []).flatMap((node) => (node.uses ? [node.uses] : []));
  const give = (name: string | null): void => {
    if (!name) return;
    const column = names?.columns.find((one) => one.name === name);
    change("given", { ...given, [name]: column?.example ?? (column?.type === "boolean" ? false : column?.type === "text" ? "" : 0) });
  };
  return (
    <div className={classes.parts}>
      <div className={classes.two}>
        <TextInput label={t("examples.name")} value={wordOf(example["example"])} onChange={(event) => change("example", event.currentTarget.value)} />
        <TextInput label={t("examples.why")} value={wordOf(example["because"])} onChange={(event) => change("because", event.currentTarget.value || undefined)} />
        <Select label={t("examples.expect")} value={wordOf(expect["outcome"]) || null} clearable onChange={(value) => change("expect", { ...expect, outcome: value ?? undefined })} data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`, { ns: "kit" }) }))} />
        <TagsInput label={t("examples.reasons")} value={listOf(expect["reasons"]).map(wordOf)} data={(names?.reasons ?? []).map((one) => one.code)} onChange={(value) => change("expect", { ...expect, reasons: value.length > 0 ? value : undefined })} />
      </div>
      <div className={classes.two}>
        {Object.entries(given).map(([name, value]) => (
          <TextInput key={name} label={name} value={outputText(value)} placeholder={t("missing")} onChange={(event) => change("given", { ...given, [name]: valueOf(event.currentTarget.value) })}
            rightSection={<Button size="compact-xs" variant="subtle" color="gray" aria-label={t("examples.take_away", { name })} onClick={() => { const { [name]: _, ...rest } = given; change("given", rest); }}><X size={13} /></Button>} />
        ))}
        <Select label={t("examples.give")} value={null} searchable data={[...facts.filter((name) => free.includes(name)), ...free.filter((name) => !facts.includes(name))]} onChange={give} placeholder={t("examples.give_hint")} />
      </div>
      {uses.map((model) => (
        <TextInput key={model} label={t("examples.score", { model })} value={outputText(docOf(scores[model])["probability"])} placeholder="0.05"
          onChange={(event) => {
            const typed = valueOf(event.currentTarget.value);
            const { [model]: _, ...rest } = scores;
            const next = typeof typed === "number" ? { ...rest, [model]: { ...docOf(scores[model]), probability: typed } } : rest;
            change("scores", Object.keys(next).length > 0 ? next : undefined);
          }} />
      ))}
      <div><Button size="compact-sm" variant="default" leftSection={<Trash2 size={14} />} onClick={onRemove}>{t("examples.remove")}</Button></div>
    </div>
  );
}
