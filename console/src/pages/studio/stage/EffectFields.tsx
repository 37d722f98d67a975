/** What happens where a condition holds: the same everywhere in a policy. */
import { Button, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "../../../kit";
import { ExpressionField } from "../expression/ExpressionField";
import { useStudio } from "../model/context";
import type { Doc } from "../model/paths";
import { docOf, listOf, MISSING, OUTCOMES, wordOf } from "../model/stages";
import classes from "../studio.module.css";

interface EffectProps {
  part: Doc;
  change: (key: string, value: unknown) => void;
  missing?: boolean; // may say what happens without an answer
}

const MORE = ["severity", "actions", "cap", "limit", "price", "set", "stop"];

export function EffectFields({ part, change, missing = true }: EffectProps) {
  const { t } = useTranslation("studio");
  const { names, mayEdit } = useStudio();
  const [more, setMore] = useState(() => MORE.some((key) => part[key] !== undefined));
  const reasons = (names?.reasons ?? []).map((one) => ({ value: one.code, label: `${one.code} · ${inWords(one.internal)}` }));
  const reason = wordOf(part["reason"]);
  if (reason && !reasons.some((one) => one.value === reason)) reasons.unshift({ value: reason, label: reason });
  return (
    <>
      <div className={classes.two}>
        <Select label={t("effect.then")} value={wordOf(part["then"]) || null} clearable disabled={!mayEdit} onChange={(value) => change("then", value ?? undefined)} placeholder={t("effect.no_outcome")}
          data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`, { ns: "kit" }) }))} />
        <Select label={t("effect.reason")} value={reason || null} searchable clearable disabled={!mayEdit} onChange={(value) => change("reason", value ?? undefined)} data={reasons} placeholder={t("effect.no_reason")} />
        {missing ? <MissingField part={part} change={change} /> : null}
      </div>
      {more ? (
        <>
          <div className={classes.two}>
            <NumberInput label={t("effect.severity")} value={typeof part["severity"] === "number" ? part["severity"] : ""} allowDecimal={false} disabled={!mayEdit} onChange={(value) => change("severity", value === "" ? undefined : Number(value))} />
            <TagsInput label={t("effect.actions")} value={listOf(part["actions"]).map(wordOf)} disabled={!mayEdit} onChange={(value) => change("actions", value.length > 0 ? value : undefined)} data={names?.actions ?? []} />
            <Switch label={t("effect.stop")} checked={part["stop"] === true} disabled={!mayEdit} onChange={(event) => change("stop", event.currentTarget.checked || undefined)} pb={6} />
          </div>
          <Optional label={t("effect.limit")} value={part["limit"]} onChange={(value) => change("limit", value)} />
          <Optional label={t("effect.cap")} value={part["cap"]} onChange={(value) => change("cap", value)} />
          <Pairs label={t("effect.price")} value={docOf(part["price"])} onChange={(value) => change("price", value)} />
        </>
      ) : <div><Button size="compact-sm" variant="subtle" onClick={() => setMore(true)}>{t("effect.more")}</Button></div>}
    </>
  );
}

/** What happens where a fact is missing and the condition has no answer. */
export function MissingField({ part, change, inherits = true }: { part: Doc; change: (key: string, value: unknown) => void; inherits?: boolean }) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const value = typeof part["when_missing"] === "object" ? wordOf(docOf(part["when_missing"])["then"]) : wordOf(part["when_missing"]);
  const choices = inherits ? MISSING : MISSING.slice(0, 2);
  return (
    <Select label={t("effect.missing")} value={value || null} clearable disabled={!mayEdit} placeholder={t(inherits ? "effect.missing_inherited" : "effect.missing_none")}
      onChange={(next) => change("when_missing", next === null ? undefined : typeof part["when_missing"] === "object" && next !== "skip" ? { ...docOf(part["when_missing"]), then: next } : next)}
      data={choices.map((one) => ({ value: one, label: t(`missing_action.${one}`) }))} />
  );
}

/** Outcomes after which the flow ends at the end of a stage. */
export function StopOnField({ stage, change }: { stage: Doc; change: (key: string, value: unknown) => void }) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const value = typeof stage["stop_on"] === "string" ? [stage["stop_on"]] : listOf(stage["stop_on"]).map(wordOf);
  return (
    <MultiSelect label={t("effect.stop_on")} value={value} disabled={!mayEdit} onChange={(next) => change("stop_on", next.length > 0 ? next : undefined)} placeholder={value.length > 0 ? "" : t("effect.stop_on_none")}
      data={OUTCOMES.map((one) => ({ value: one, label: t(`outcome.${one}`, { ns: "kit" }) }))} />
  );
}

function Optional({ label, value, onChange }: { label: string; value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const [open, setOpen] = useState(value !== undefined);
  if (!open && value === undefined) return <div><Button size="compact-sm" variant="subtle" disabled={!mayEdit} onClick={() => setOpen(true)}>{t("effect.add", { what: label })}</Button></div>;
  return <ExpressionField label={label} value={wordOf(value)} onChange={(next) => onChange(next === "" ? undefined : next)} />;
}

function Pairs({ label, value, onChange }: { label: string; value: Doc; onChange: (value: unknown) => void }) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const [name, setName] = useState("");
  const entries = Object.entries(value);
  return (
    <div className={classes.parts}>
      {entries.map(([key, text]) => (
        <ExpressionField key={key} label={`${label} · ${key}`} value={wordOf(text)} onChange={(next) => {
          const { [key]: _, ...rest } = value;
          const after = next === "" ? rest : { ...value, [key]: next };
          onChange(Object.keys(after).length > 0 ? after : undefined);
        }} />
      ))}
      {mayEdit ? (
        <form className={classes.addLine} onSubmit={(event) => { event.preventDefault(); if (/^[a-z][a-z0-9_]*$/.test(name)) { onChange({ ...value, [name]: "0" }); setName(""); } }}>
          <TextInput size="xs" aria-label={t("effect.part_name", { what: label })} placeholder={t("effect.part_example")} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button size="compact-sm" variant="subtle" type="submit" disabled={!/^[a-z][a-z0-9_]*$/.test(name)}>{t("effect.add", { what: label })}</Button>
        </form>
      ) : null}
    </div>
  );
}
