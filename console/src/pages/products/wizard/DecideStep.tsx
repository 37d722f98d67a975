/** Who decides on it: policies that are live, or the template's own to begin with. */
import { Button, Select } from "@mantine/core";
import { Sparkles } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../../api";
import { Badge, Block, Code, ErrorPanel, inWords } from "../../../kit";
import classes from "../launching.module.css";
import type { StepProps } from "./LendStep";

const LATER = ["draw", "limit", "early_warning", "collections"] as const;

export function DecideStep({ draft, change, define, fault, templates }: StepProps & { templates: Shape<"ProductTemplates"> }) {
  const { t } = useTranslation(["launching", "products"]);
  const one = draft.definition;
  const [eventType, setEventType] = useState(templates.event_types[0] ?? "");
  const [started, setStarted] = useState<Shape<"StartedPolicy"> | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const brought = draft.extras.filter((extra) => extra.kind === "policy");
  const names = [...new Set([...Object.keys(templates.policies), ...brought.map((extra) => extra.name)])];
  const known = names.includes(one.policies["application"] ?? "");
  const choose = (stage: string, name: string | null): void => {
    const { [stage]: _, ...rest } = one.policies;
    define({ ...one, policies: name ? { ...rest, [stage]: name } : rest });
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/products/starting-policy", { body: { template: draft.template, name: draft.name, definition: one as never, event_type: eventType } });
      const found = data as Shape<"StartedPolicy">;
      const others = draft.extras.filter((extra) => !found.drafts.some((made) => made.kind === extra.kind && made.name === extra.name));
      change({ extras: [...others, ...found.drafts], definition: { ...one, policies: { ...one.policies, application: found.policy } } });
      setStarted(found);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const labelled = names.map((name) => ({ value: name, label: templates.policies[name] ? t("decide.on", { name, event: templates.policies[name] }) : t("decide.brought", { name }) }));
  return (
    <>
      <Block title={t("decide.application")} note={t("decide.application_note")}>
        <div className={classes.grid}>
          <Select label={t("decide.policy")} data={labelled} value={known ? one.policies["application"] ?? null : null} placeholder={t("decide.choose")} error={known ? undefined : fault("policies")} allowDeselect={false} onChange={(name) => choose("application", name)} />
          <div className={classes.orStart}>
            <Select label={t("decide.event_type")} description={t("decide.event_type_hint")} data={templates.event_types} value={eventType || null} allowDeselect={false} onChange={(value) => setEventType(value ?? "")} />
            <Button variant="default" leftSection={<Sparkles size={15} aria-hidden />} loading={busy} disabled={!eventType || !draft.name} onClick={() => void begin()}>{t("decide.start")}</Button>
          </div>
        </div>
        {problem ? <ErrorPanel problem={problem} /> : null}
        {started ? (
          <div className={classes.started}>
            <h3>{t("decide.started", { name: started.policy })}</h3>
            <ol className={classes.policyWords}>{started.words.map((line, at) => <li key={at}>{inWords(line)}</li>)}</ol>
            {started.left_out.length ? <p className="soft">{t("decide.left_out", { rules: started.left_out.join(", ") })}</p> : null}
          </div>
        ) : null}
        {!started && brought.length ? <Code text={JSON.stringify(brought[0]!.body, null, 2)} label={t("decide.brought_label")} /> : null}
      </Block>
      <Block title={t("decide.later")} note={t("decide.later_note")}>
        <div className={classes.grid}>
          {LATER.map((stage) => <Select key={stage} label={t(`products:stages.${stage}`)} data={labelled} value={one.policies[stage] ?? null} placeholder={t("decide.none")} clearable error={fault(`policies.${stage}`)} onChange={(name) => choose(stage, name)} />)}
        </div>
      </Block>
      {draft.extras.length ? <p className="soft">{t("decide.brings")} {draft.extras.map((extra) => <Badge key={`${extra.kind}/${extra.name}`}>{`${extra.kind}/${extra.name}`}</Badge>)}</p> : null}
    </>
  );
}
