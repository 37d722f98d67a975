/** What is lent: to be called what, in which money, how much, over how many instalments, and what a customer agrees to. */
import { Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Block } from "../../../kit";
import classes from "../launching.module.css";
import { KINDS, limited, withKind, type Definition, type Draft } from "./draft";
import { MinorInput } from "./inputs";

export interface StepProps {
  draft: Draft;
  change: (changes: Partial<Draft>) => void;
  define: (definition: Definition) => void;
  fault: (...fields: string[]) => string | undefined;
}

const LONGEST = 480;

export function LendStep({ draft, change, define, fault }: StepProps) {
  const { t } = useTranslation(["launching", "products"]);
  const one = draft.definition;
  const bounds = (field: "amount" | "limit_minor", part: "least_minor" | "most_minor") => (minor: number): void => define({ ...one, [field]: { ...(one[field] ?? one.amount), [part]: minor } });
  return (
    <>
      <Block title={t("lend.called")}>
        <div className={classes.grid}>
          <TextInput label={t("lend.name")} description={t("lend.name_hint")} required data-autofocus classNames={{ input: "mono" }} value={draft.name} disabled={draft.known} maxLength={63} autoComplete="off" autoCapitalize="none" spellCheck={false}
            error={draft.name ? fault("name") : undefined} onChange={(event) => change({ name: event.currentTarget.value })} />
          <Select label={t("lend.kind")} description={t(`lend.kind_hint.${one.kind}`)} data={KINDS.map((kind) => ({ value: kind, label: t(`products:kinds.${kind}`) }))} value={one.kind} allowDeselect={false} error={fault("kind")} onChange={(kind) => kind && define(withKind(one, kind))} />
          <TextInput label={t("lend.title_en")} value={one.title.en} error={fault("title.en")} onChange={(event) => define({ ...one, title: { ...one.title, en: event.currentTarget.value } })} />
          <TextInput label={t("lend.title_zh")} value={one.title["zh-CN"]} error={fault("title.zh-CN")} onChange={(event) => define({ ...one, title: { ...one.title, "zh-CN": event.currentTarget.value } })} />
          <Textarea className={classes.whole} label={t("lend.description")} autosize minRows={1} maxLength={1000} value={one.description ?? ""} onChange={(event) => define({ ...one, description: event.currentTarget.value })} />
        </div>
      </Block>
      <Block title={t("lend.how_much")}>
        <div className={classes.grid}>
          <TextInput label={t("lend.currency")} classNames={{ input: "mono" }} maxLength={3} value={one.currency} error={fault("currency")} onChange={(event) => define({ ...one, currency: event.currentTarget.value.toUpperCase() })} />
          <MinorInput label={t("lend.step")} minor={one.amount.step_minor ?? 1} currency={one.currency} onMinor={(step) => define({ ...one, amount: { ...one.amount, step_minor: Math.max(1, step) } })} />
          <MinorInput label={t("lend.least")} minor={one.amount.least_minor} currency={one.currency} error={fault("amount")} onMinor={bounds("amount", "least_minor")} />
          <MinorInput label={t("lend.most")} minor={one.amount.most_minor} currency={one.currency} onMinor={bounds("amount", "most_minor")} />
          {limited(one.kind) && one.limit_minor ? (
            <>
              <MinorInput label={t("lend.limit_least")} minor={one.limit_minor.least_minor} currency={one.currency} error={fault("limit_minor")} onMinor={bounds("limit_minor", "least_minor")} />
              <MinorInput label={t("lend.limit_most")} minor={one.limit_minor.most_minor} currency={one.currency} onMinor={bounds("limit_minor", "most_minor")} />
            </>
          ) : null}
          <TagsInput className={classes.whole} label={t("lend.terms")} description={t("lend.terms_hint")} value={one.terms.map(String)} error={fault("terms")} acceptValueOnBlur
            onChange={(values) => define({ ...one, terms: [...new Set(values.map(Number).filter((each) => Number.isInteger(each) && each >= 1 && each <= LONGEST))].sort((a, b) => a - b) })} />
          <TagsInput className={classes.whole} label={t("lend.consents")} description={t("lend.consents_hint")} value={one.consents ?? []} error={fault("consents")} acceptValueOnBlur onChange={(consents) => define({ ...one, consents })} />
        </div>
      </Block>
    </>
  );
}
