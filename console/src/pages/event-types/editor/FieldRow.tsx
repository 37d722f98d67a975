/** One field in the editor: what it is on one line, all the rest when it is opened. */
import { ActionIcon, Autocomplete, Checkbox, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { ChevronDown, ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEntityName } from "../../../kit";
import classes from "../event-types.module.css";
import { CHANGES, CLASSES, DECIMAL_DIGITS, TYPES, type Fault, type FieldForm } from "./definition";
import { useFaultWords } from "./useFaultWords";

interface RowProps {
  field: FieldForm;
  place: number;
  kinds: readonly string[]; // of entities, that other types name
  recorded: boolean; // events may have been recorded with it: it keeps its type
  faults: readonly Fault[];
  onChange: (changes: Partial<FieldForm>) => void;
  onRemove: () => void;
}

export function FieldRow({ field, place, kinds, recorded, faults, onChange, onRemove }: RowProps) {
  const { t } = useTranslation("event-types");
  const faultWords = useFaultWords();
  const entityName = useEntityName();
  const [opened, setOpened] = useState(false);
  const called = field.name || t("field_number", { number: place + 1 });
  const label = (key: string): string => t("of_field", { what: t(key), field: called });
  // Money is whole minor units, wherever it is written down.
  const rename = (name: string): void => onChange({ name, ...(name.endsWith("_minor") && field.type === "text" && !field.entity ? { type: "integer" as const } : {}) });
  const isText = field.type === "text";
  const isNumber = field.type === "integer" || field.type === "decimal" || field.type === "double";
  return (
    <li className={classes.field} data-faulty={faults.length > 0 || undefined} data-field={field.name}>
      <div className={classes.line}>
        <ActionIcon aria-label={t(opened ? "less_of" : "more_of", { field: called })} aria-expanded={opened} onClick={() => setOpened(!opened)}>{opened ? <ChevronDown size={16} /> : <ChevronRight size={16} />}</ActionIcon>
        {recorded ? (
          <>
            <strong className={`mono ${classes.told}`} title={t("keeps_name")}>{field.name}</strong>
            <span className={classes.told} title={t("keeps_type")}>{t(`types.${field.type}`)}</span>
            <span className={classes.told} title={t("keeps_type")}>{field.entity ? entityName(field.entity) : ""}</span>
          </>
        ) : (
          <>
            <TextInput aria-label={label("name")} placeholder={t("name_like")} classNames={{ input: "mono" }} value={field.name} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={63} onChange={(event) => rename(event.currentTarget.value)} />
            <Select aria-label={label("type")} value={field.type} allowDeselect={false} data={TYPES.map((value) => ({ value, label: t(`types.${value}`) }))} onChange={(value) => onChange({ type: (value ?? "text") as FieldForm["type"], ...(value === "text" ? {} : { entity: "", values: [] }) })} />
            <Autocomplete aria-label={label("entity")} placeholder={isText ? t("no_entity") : ""} value={field.entity} disabled={!isText} data={[...kinds]} autoCapitalize="none" spellCheck={false} maxLength={63} onChange={(value) => onChange({ entity: value })} />
          </>
        )}
        <Select aria-label={label("class")} value={field.dataClass} allowDeselect={false} data={CLASSES.map((value) => ({ value, label: t(`classes.${value}`) }))} onChange={(value) => onChange({ dataClass: (value ?? "C1") as FieldForm["dataClass"] })} />
        <Checkbox aria-label={label("required")} label={t("required")} checked={field.required} onChange={(event) => onChange({ required: event.currentTarget.checked })} />
        <ActionIcon aria-label={t("remove_field", { field: called })} onClick={onRemove}><Trash2 size={15} /></ActionIcon>
      </div>
      {faults.map((fault, at) => <p key={at} className={classes.fault} role="alert">{faultWords(fault)}</p>)}
      {opened ? (
        <div className={classes.more}>
          {field.type === "decimal" ? <NumberInput label={t("scale")} min={0} max={DECIMAL_DIGITS} allowDecimal={false} disabled={recorded} value={field.scale} onChange={(value) => onChange({ scale: Number(value) || 0 })} /> : null}
          {isNumber ? <NumberInput label={t("minimum")} description={t("minimum_hint")} hideControls value={field.minimum} onChange={(value) => onChange({ minimum: value === "" ? "" : Number(value) })} /> : null}
          {isNumber ? <NumberInput label={t("maximum")} description={t("minimum_hint")} hideControls value={field.maximum} onChange={(value) => onChange({ maximum: value === "" ? "" : Number(value) })} /> : null}
          {isText && !field.entity ? <TagsInput className={classes.across} label={t("values")} description={t("values_hint")} value={field.values} onChange={(values) => onChange({ values })} /> : null}
          <TextInput className={classes.across} label={t("description")} value={field.description} maxLength={500} onChange={(event) => onChange({ description: event.currentTarget.value })} />
          <Select label={t("changeable")} description={t("changeable_hint")} clearable value={field.changeable || null} data={CHANGES.map((value) => ({ value, label: t(`changes.${value}`) }))} onChange={(value) => onChange({ changeable: value ?? "" })} />
          <TextInput label={t("source")} description={t("source_hint")} value={field.source} maxLength={200} onChange={(event) => onChange({ source: event.currentTarget.value })} />
          <TextInput label={t("owner")} description={t("owner_hint")} value={field.owner} maxLength={200} onChange={(event) => onChange({ owner: event.currentTarget.value })} />
          <TextInput label={t("purpose")} description={t("purpose_hint")} value={field.purpose} maxLength={200} onChange={(event) => onChange({ purpose: event.currentTarget.value })} />
        </div>
      ) : null}
    </li>
  );
}
