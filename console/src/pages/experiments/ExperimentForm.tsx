/** A new experiment: the version that is tried, on how many, and everything it is judged by, before it begins. */
import { Button, Group, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem, type Shape } from "../../api";
import { ErrorPanel, moment, noteDone, number, SidePanel } from "../../kit";
import classes from "./experiments.module.css";
import { FIRST_GUARD, GuardRows, guardsOf, type GuardRow } from "./GuardRows";

const MODES = ["shadow", "canary", "champion_challenger", "ab"] as const;
const STARTS_AT: Record<Form["mode"], number> = { shadow: 100, canary: 10, champion_challenger: 10, ab: 50 };
const PERSON = "person";
const MEASURES = ["approval_rate", "bad_rate", "loss_per_application", "margin_per_application", "review_rate", "decline_rate", "alert_precision"] as const;
const IS_MONEY = new Set<string>(["loss_per_application", "margin_per_application"]);
const EXPECTED = 50;

interface FormProps {
  kind?: string; // model or policy
  name?: string;
  version?: string; // digest of the version that is tried
  onClose: () => void;
}

interface Form {
  name: string;
  mode: (typeof MODES)[number];
  share: number;
  measure: string;
  better: "higher" | "lower";
  detect: number;
  expected: number;
  spread: number;
  horizon: number;
  graph: string; // whose components are assigned; empty: persons
  guards: GuardRow[];
}

const START: Form = { name: "", mode: "shadow", share: 100, measure: "approval_rate", better: "higher", detect: 2, expected: EXPECTED, spread: 1000, horizon: 60, graph: "", guards: [FIRST_GUARD] };

/** The artefact that the form stands for. */
function bodyOf(form: Form, on: string, policy: string, challenger: object): object {
  const money = IS_MONEY.has(form.measure);
  const metric = { measure: form.measure, better: form.better, detect: money ? Math.round(form.detect * 100) : form.detect / 100, ...(money ? { spread: Math.round(form.spread * 100) } : { expected: form.expected / 100 }) };
  const unit = form.graph ? { unit: "cluster", graph: form.graph } : { unit: PERSON };
  const arms = [{ arm: "champion", share: 100 - form.share }, { arm: "challenger", share: form.share, ...challenger }];
  return { on, policy, mode: form.mode, ...unit, arms, metric, horizon_days: form.horizon, ...(form.guards.length > 0 ? { guards: guardsOf(form.guards) } : {}) };
}

export function ExperimentForm({ kind: askedKind, name: askedName, version: askedVersion, onClose }: FormProps) {
  const { t } = useTranslation(["experiments", "kit"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState(askedKind ?? "policy");
  const [of, setOf] = useState(askedName ?? "");
  const [version, setVersion] = useState(askedVersion ?? "");
  const [form, setForm] = useState(START);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = (change: Partial<Form>): void => setForm({ ...form, ...change });
  const policies = useGet("/v1/studio/policies");
  const models = useGet("/v1/models");
  const history = useGet("/v1/models/{name}", { params: { path: { name: of } } }, { enabled: kind === "model" && of !== "" });
  const policy = useGet("/v1/studio/policies/{name}", { params: { path: { name: of } } }, { enabled: kind === "policy" && of !== "" });
  const offered = kind === "policy" ? policies.data?.policies.map((one) => one.name) : models.data?.models.map((one) => one.name);
  const versions = kind === "policy" ? policy.data?.versions : history.data?.history;
  const choices = (versions ?? []).filter((one) => one.state !== "live").map((one) => ({ value: one.digest, label: `${moment(one.pushed_at, "short")} · ${one.author}` }));
  const champion = kind === "policy" ? of : (models.data?.models.find((one) => one.name === of)?.used_by[0] ?? "");
  const on = policies.data?.policies.find((one) => one.name === champion)?.event ?? "";
  const graphs = useGet("/v1/graphs").data?.graphs.filter((one) => one.events.includes(on)) ?? [];
  const chosen: Form = graphs.some((one) => one.name === form.graph) ? form : { ...form, graph: "" };
  const ready = form.name !== "" && of !== "" && version !== "" && on !== "";
  const money = IS_MONEY.has(form.measure);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data: tryOut } = await api.GET("/v1/artefacts/{digest}", { params: { path: { digest: version } } });
      const stored = { ...(tryOut as Shape<"ArtefactDocument">).body } as Record<string, unknown>;
      delete stored["policy"];
      const called = `${of}_challenger`;
      const challenger = kind === "policy" ? { policy: called } : { models: { [of]: called } };
      const artefacts = [{ kind, name: called, body: stored }, { kind: "experiment", name: form.name, body: bodyOf(chosen, on, champion, challenger) }];
      await api.POST("/v1/artefacts", { body: { artefacts: artefacts as never, author: null, note: note.trim() } });
      await Promise.all([refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews"), refresh(client, "/v1/experiments")]);
      noteDone(t("saved", { name: form.name }));
      void navigate({ to: "/experiments/$name" as string, params: { name: form.name } as never });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const missing = (value: string): string | undefined => (tried && value === "" ? t("form.missing") : undefined);
  const figure = (label: string, value: number, key: keyof Form, suffix: string, hint?: string) => (
    <NumberInput label={label} description={hint} value={value} hideControls allowNegative={false} suffix={suffix} onChange={(next) => set({ [key]: Number(next) || 0 })} />
  );
  return (
    <SidePanel opened onClose={onClose} title={t("new")}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <p className="soft">{t("form.lead")}</p>
          <TextInput label={t("name")} description={t("form.name_hint")} required value={form.name} data-autofocus error={missing(form.name)} onChange={(event) => set({ name: event.currentTarget.value })} />
          <fieldset className={classes.part}>
            <legend>{t("form.tried")}</legend>
            <Group grow align="flex-start">
              <Select label={t("form.kind")} data={[{ value: "policy", label: t("form.policy") }, { value: "model", label: t("form.model") }]} value={kind} allowDeselect={false} onChange={(value) => { setKind(value ?? "policy"); setOf(""); setVersion(""); }} />
              <Select label={t("form.of")} data={offered ?? []} value={of || null} error={missing(of)} onChange={(value) => { setOf(value ?? ""); setVersion(""); }} />
            </Group>
            <Select label={t("form.version")} description={t("form.version_hint")} data={choices} value={version || null} error={missing(version)} onChange={(value) => setVersion(value ?? "")} />
          </fieldset>
          <Group grow align="flex-start">
            <Select label={t("mode_of")} description={t(`mode_hint.${form.mode}`)} data={MODES.map((one) => ({ value: one, label: t(`mode.${one}`) }))} value={form.mode} allowDeselect={false}
              onChange={(value) => set({ mode: (value ?? "shadow") as Form["mode"], share: STARTS_AT[(value ?? "shadow") as Form["mode"]] })} />
            {figure(t("form.share"), form.share, "share", " %", t(form.mode === "shadow" ? "form.share_shadow" : "form.share_hint"))}
          </Group>
          {graphs.length > 0 ? (
            <Select label={t("unit")} description={t(chosen.graph ? "form.cluster_hint" : "form.person_hint")} value={chosen.graph} allowDeselect={false}
              data={[{ value: "", label: t("form.person") }, ...graphs.map((one) => ({ value: one.name, label: t("form.cluster", { graph: one.name }) }))]} onChange={(value) => set({ graph: value ?? "" })} />
          ) : null}
          <fieldset className={classes.part}>
            <legend>{t("form.judged")}</legend>
            <Group grow align="flex-start">
              <Select label={t("metric")} data={MEASURES.map((one) => ({ value: one, label: t(`measure.${one}`) }))} value={form.measure} allowDeselect={false} onChange={(value) => set({ measure: value ?? "approval_rate", detect: IS_MONEY.has(value ?? "") ? 10 : 2 })} />
              <Select label={t("form.better")} data={[{ value: "higher", label: t("better.higher") }, { value: "lower", label: t("better.lower") }]} value={form.better} allowDeselect={false} onChange={(value) => set({ better: (value ?? "higher") as Form["better"] })} />
            </Group>
            <Group grow align="flex-start">
              {figure(t("form.detect"), form.detect, "detect", money ? "" : t("form.points"))}
              {money ? figure(t("form.spread"), form.spread, "spread", "") : figure(t("form.expected"), form.expected, "expected", " %")}
              {figure(t("form.horizon"), form.horizon, "horizon", t("form.days"))}
            </Group>
            {ready ? <Needs definition={{ name: form.name, ...bodyOf(chosen, on, champion, { policy: champion }) }} /> : null}
          </fieldset>
          <GuardRows rows={form.guards} onChange={(guards) => set({ guards })} />
          <Textarea label={t("form.note")} autosize minRows={1} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <p className="soft">{t("form.then")}</p>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
            <Button type="submit" loading={busy}>{t("form.save")}</Button>
          </Group>
        </Stack>
      </form>
    </SidePanel>
  );
}

/** How many decisions that takes, asked of the server while it is written. */
function Needs({ definition }: { definition: object }) {
  const { t } = useTranslation("experiments");
  const [plan, setPlan] = useState<Shape<"ExperimentPlan"> | null>(null);
  const [asked, setAsked] = useState("");
  const text = JSON.stringify(definition);
  if (asked !== text) {
    setAsked(text);
    void api.POST("/v1/experiments/plan", { body: { definition: definition as never } }).then(({ data }) => setPlan(data?.plan ?? null), () => setPlan(null));
  }
  return <p role="status">{plan ? t("needs", { minimum: number(plan.minimum), all: number(plan.minimum_all), sequential: number(plan.sequential) }) : t("needs_nothing")}</p>;
}
