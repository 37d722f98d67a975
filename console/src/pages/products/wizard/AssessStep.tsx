/** Before anybody else sees it: what history says of it, under which assumptions. */
import { Button, Collapse, Group, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, Gauge, Save, Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem, type Shape } from "../../../api";
import { Block, ConfirmWithReason, ErrorPanel, noteDone, number } from "../../../kit";
import classes from "../launching.module.css";
import type { Draft } from "./draft";
import { BpsInput, MinorInput } from "./inputs";
import type { Checked } from "./useCheck";

type Assumptions = Shape<"Assumptions">;

const BEGIN: Assumptions = { funding_bps: 300, lgd: 0.6, paid_before_bad: 0.3, opening_minor: 0, servicing_minor: 0, review_minor: 0, applications_a_day: null, reviewers: 2, reviews_a_day: 40 };
const HUNDRED = 100;

interface AssessProps { draft: Draft; checked: Checked | undefined; ready: boolean; onSent: () => void }

export function AssessStep({ draft, checked, ready, onSent }: AssessProps) {
  const { t } = useTranslation("launching");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [given, setGiven] = useState(BEGIN);
  const [open, setOpen] = useState(false);
  const [where, setWhere] = useState("");
  const [groups, setGroups] = useState<string[] | null>(null);
  const [busy, setBusy] = useState<"assess" | "send" | null>(null);
  const [waiving, setWaiving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { currency } = draft.definition;
  const fields = useGet("/v1/event-types/{name}", { params: { path: { name: checked?.event_type ?? "" } } }, { enabled: Boolean(checked?.event_type) }).data?.field_details ?? [];
  const fair = fields.filter((one) => one.purpose?.toLowerCase().includes("fairness")).map((one) => one.name);
  const set = (changes: Partial<Assumptions>): void => setGiven({ ...given, ...changes });
  const body = { name: draft.name, definition: draft.definition as never, drafts: draft.extras };
  const act = async (what: "assess" | "send", work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(null);
    }
  };
  const assess = () => act("assess", async () => {
    const { data } = await api.POST("/v1/assessments", { body: { ...body, label: "", chosen: { since: null, until: null, where, groups: groups ?? fair, assumptions: given } } });
    onSent();
    void refresh(client, "/v1/assessments");
    await navigate({ to: "/assessments/$id" as string, params: { id: (data as Shape<"AssessmentRunShown">).assessment_id } as never, ignoreBlocker: true });
  });
  const push = async (): Promise<void> => {
    const artefacts = [{ kind: "product", name: draft.name, body: draft.definition as never }, ...draft.extras];
    await api.POST("/v1/artefacts", { body: { artefacts, author: null, note: "" } });
    onSent();
    await Promise.all([refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
    noteDone(t("assess.kept", { name: draft.name }));
  };
  const send = () => act("send", async () => {
    await push();
    await navigate({ to: "/releases" as string, ignoreBlocker: true });
  });
  const waive = async (reason: string): Promise<void> => {
    await api.POST("/v1/products/waivers", { body: { ...body, reason, author: null } });
    onSent();
    await Promise.all([refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
    noteDone(t("assess.waived", { name: draft.name }));
    await navigate({ to: "/releases" as string, ignoreBlocker: true });
  };
  const needs = !checked || checked.subject === null || checked.needs_signature; // nothing can be told of what does not hold yet
  return (
    <>
      <Block title={t("assess.title")} note={needs ? t("assess.note") : t(checked?.change === "nothing" ? "assess.nothing" : "assess.not_needed")}>
        <p className={classes.lead}>{t("assess.against", { nearest: checked?.nearest ?? t("assess.recorded"), history: number(checked?.history ?? 0) + ((checked?.history ?? 0) >= HUNDRED ? "+" : "") })}</p>
        <Button variant="subtle" size="compact-sm" rightSection={<ChevronDown size={14} aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>{t("assess.assumptions")}</Button>
        <Collapse expanded={open}>
          <div className={classes.grid}>
            <BpsInput label={t("assume.funding_bps")} bps={given.funding_bps} onBps={(funding) => set({ funding_bps: funding })} />
            <NumberInput label={t("assume.lgd")} suffix=" %" min={0} max={100} value={given.lgd * HUNDRED} onChange={(value) => set({ lgd: (Number(value) || 0) / HUNDRED })} />
            <NumberInput label={t("assume.paid_before_bad")} suffix=" %" min={0} max={100} value={given.paid_before_bad * HUNDRED} onChange={(value) => set({ paid_before_bad: (Number(value) || 0) / HUNDRED })} />
            <MinorInput label={t("assume.opening_minor")} minor={given.opening_minor} currency={currency} onMinor={(minor) => set({ opening_minor: minor })} />
            <MinorInput label={t("assume.servicing_minor")} minor={given.servicing_minor} currency={currency} onMinor={(minor) => set({ servicing_minor: minor })} />
            <MinorInput label={t("assume.review_minor")} minor={given.review_minor} currency={currency} onMinor={(minor) => set({ review_minor: minor })} />
            <NumberInput label={t("assume.applications_a_day")} description={t("assume.applications_hint")} min={1} value={given.applications_a_day ?? ""} onChange={(value) => set({ applications_a_day: value === "" ? null : Number(value) })} />
            <NumberInput label={t("assume.reviewers")} min={0} value={given.reviewers} onChange={(value) => set({ reviewers: Number(value) || 0 })} />
            <NumberInput label={t("assume.reviews_a_day")} min={1} value={given.reviews_a_day} onChange={(value) => set({ reviews_a_day: Number(value) || 1 })} />
            <TextInput className={classes.whole} label={t("assess.where")} description={t("assess.where_hint")} classNames={{ input: "mono" }} value={where} onChange={(event) => setWhere(event.currentTarget.value)} />
            <TagsInput className={classes.whole} label={t("assess.groups")} description={t("assess.groups_hint")} value={groups ?? fair} data={fields.filter((one) => !one.entity).map((one) => one.name)} acceptValueOnBlur onChange={setGroups} />
          </div>
        </Collapse>
      </Block>
      {problem ? <ErrorPanel problem={problem} /> : null}
      <Group justify="flex-end">
        <Button variant="default" leftSection={<Save size={15} aria-hidden />} disabled={!draft.name || busy !== null} onClick={() => void act("send", async () => { await push(); setBusy(null); })}>{t("assess.keep")}</Button>
        {needs && checked?.may_waive ? <Button variant="default" disabled={!ready || busy !== null} onClick={() => setWaiving(true)}>{t("assess.waive")}</Button> : null}
        {needs ? null : <Button leftSection={<Send size={15} aria-hidden />} loading={busy === "send"} disabled={!ready} onClick={() => void send()}>{t("assess.send")}</Button>}
        {needs ? <Button leftSection={<Gauge size={15} aria-hidden />} loading={busy === "assess"} disabled={!ready} onClick={() => void assess()}>{t("assess.act")}</Button> : null}
      </Group>
      <ConfirmWithReason opened={waiving} onClose={() => setWaiving(false)} title={t("assess.waive_title")} confirm={t("assess.waive")} onConfirm={waive}>
        <p>{t("assess.waive_words")}</p>
      </ConfirmWithReason>
    </>
  );
}
