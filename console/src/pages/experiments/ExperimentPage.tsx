import { Button, Group, NumberInput, Progress, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Rocket, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Amount, Badge, Block, Chart, Code, ConfirmWithReason, CopyAsApiCall, Dialog, Empty, ErrorPanel, inWords, Instant, Loading, moment, noteDone, noteProblem, number, Page, Pairs, percent, PlainTable, useMay } from "../../kit";
import { StateBadge } from "./ExperimentsPage";
import classes from "./experiments.module.css";
import { GUARD_TONES, useBetween, useFigure, VERDICT_TONES, type Detail, type Reading } from "./figures";

const EVERY_MS = 4000;

const definitionOf = (one: Detail): Record<string, unknown> => one.definition as Record<string, unknown>;

export default function ExperimentPage() {
  const { t } = useTranslation("experiments");
  const { name } = useParams({ strict: false }) as { name: string };
  const found = useGet("/v1/experiments/{name}", { params: { path: { name } } }, { refetchInterval: (query) => (query.state.data?.state === "running" ? EVERY_MS : false) });
  const one = found.data;
  return (
    <Page title={<span className="mono">{name}</span>} back={{ to: "/experiments", words: t("title") }}
      lead={one ? <span className={classes.lead}><StateBadge state={one.state} /> {t(`mode.${String(definitionOf(one)["mode"])}`)} {String(definitionOf(one)["description"] ?? "")}</span> : undefined}
      actions={<>
        {one ? <Actions one={one} /> : null}
        <CopyAsApiCall path={`/v1/experiments/${name}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !one ? <Loading lines={8} /> : null}
      {one ? <Experiment one={one} /> : null}
    </Page>
  );
}

function Experiment({ one }: { one: Detail }) {
  const { t } = useTranslation("experiments");
  const { reading } = one;
  return (
    <div className={classes.stack}>
      {one.draft ? (
        <Block label={t("waits")}>
          <p role="status">{t("draft_waits", { author: one.draft.author, at: moment(one.draft.pushed_at, "short"), note: one.draft.note })} <Link to={"/releases" as string}>{t("to_review")}</Link></p>
        </Block>
      ) : null}
      {reading ? <ReadingView reading={reading} plan={one.plan} /> : <Block label={t("verdict_of")}><Empty title={t("not_started")} hint={t("not_started_hint", { minimum: number(one.plan.minimum) })} /></Block>}
      <Block title={t("definition")} note={t("definition_note")}><Code text={JSON.stringify(one.definition, null, 2)} label={t("definition")} /></Block>
    </div>
  );
}

function ReadingView({ reading, plan }: { reading: Reading; plan: Shape<"ExperimentPlan"> }) {
  const { t } = useTranslation("experiments");
  return (
    <>
      <Verdict reading={reading} plan={plan} />
      <Arms reading={reading} />
      <OverTime reading={reading} />
      <Guards reading={reading} />
      {reading.shadow ? <Shadow shadow={reading.shadow} /> : null}
      {reading.segments.length > 0 ? <Segments reading={reading} /> : null}
      <Block title={t("about")}><About reading={reading} plan={plan} /></Block>
    </>
  );
}

function Verdict({ reading, plan }: { reading: Reading; plan: Shape<"ExperimentPlan"> }) {
  const { t } = useTranslation("experiments");
  const figure = useFigure(reading.currency);
  const counted = Math.min(...reading.arms.slice(1).map((arm) => arm.counted));
  const money = reading.money;
  return (
    <Block title={t("verdict_of")}>
      <div className={classes.verdict} role="status" data-testid="verdict">
        <Badge large tone={VERDICT_TONES[reading.verdict.word]}>{t(`verdict.${reading.verdict.word}`)}</Badge>
        <p>{inWords(reading.verdict)}</p>
      </div>
      {reading.ended_reason ? <p className="soft">{t("ended_by", { by: reading.ended_by ?? "", reason: reading.ended_reason })}</p> : null}
      {plan.minimum > 0 ? (
        <div>
          <Progress my="sm" value={Math.min(100, (100 * counted) / plan.minimum)} aria-label={t("planned")} />
          <p className="soft">{t("of_plan", { counted: number(counted), minimum: number(plan.minimum), sequential: number(plan.sequential) })}</p>
        </div>
      ) : null}
      {money ? <p>{t("money", { value: figure("loss_per_application", money.value, true), low: figure("loss_per_application", money.low, true), high: figure("loss_per_application", money.high, true) })}</p> : null}
      {reading.notes.length > 0 ? <ul className={classes.notes}>{reading.notes.map((one) => <li key={one.code}>{inWords(one)}{one.count ? ` (${number(one.count)})` : ""}</li>)}</ul> : null}
    </Block>
  );
}

function Arms({ reading }: { reading: Reading }) {
  const { t } = useTranslation(["experiments", "kit"]);
  const figure = useFigure(reading.currency);
  const between = useBetween(reading.currency);
  const outcomes = [...new Set(reading.arms.flatMap((arm) => Object.keys(arm.outcomes)))];
  const shown = reading.arms.map((arm, place) => {
    const difference = reading.differences[place - 1];
    const interval = arm.low === null ? figure(reading.measure, arm.value) : t("within", { value: figure(reading.measure, arm.value), low: figure(reading.measure, arm.low), high: figure(reading.measure, arm.high) });
    return [
      <strong key="arm" className="mono nowrap">{arm.arm}</strong>, `${number(arm.share, 2)} %`, number(arm.decisions), number(arm.units),
      ...outcomes.map((outcome) => (arm.decisions ? percent((arm.outcomes[outcome] ?? 0) / arm.decisions) : "–")),
      number(arm.counted), interval, difference ? between(reading.measure, difference) : "",
      <Amount key="approved" minor={arm.approved_minor} currency={reading.currency || undefined} />,
      arm.latency_ms_p99 === null ? "–" : `${number(arm.latency_ms_p99, 2)} ms`,
    ];
  });
  return (
    <Block title={t("arms")} note={t("arms_note")}>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("arms")}>
        <PlainTable label={t("arms")} rows={shown}
          head={[t("arm"), t("share"), t("decisions"), t("units"), ...outcomes.map((one) => t(`kit:outcome.${one}`)), t("counted"), t(`measure.${reading.measure}`), t("difference"), t("approved"), t("latency")]} />
      </div>
      {reading.balance?.broken ? <p className="soft"><Badge tone="bad">{t("unbalanced")}</Badge> {t("unbalanced_hint")}</p> : null}
    </Block>
  );
}

function OverTime({ reading }: { reading: Reading }) {
  const { t } = useTranslation("experiments");
  const figure = useFigure(reading.currency);
  const points = reading.points.filter((one) => one.value !== null);
  if (points.length < 2) return null;
  const scale = reading.measured === "share" ? 100 : 1;
  const drawn = (value: number | null): number | null => (value === null ? null : value * scale);
  const names = [t("low"), t("difference"), t("high")];
  return (
    <Block title={t("over_time", { measure: t(`measure.${reading.measure}`) })} note={t("over_time_note", { share: percent(1 - reading.alpha, 0) })}>
      <Chart label={t("over_time", { measure: t(`measure.${reading.measure}`) })} height={260}
        table={{ head: [t("until"), t("decisions"), ...names], rows: points.map((one) => [moment(one.until, "short"), number(one.decisions), figure(reading.measure, one.low, true), figure(reading.measure, one.value, true), figure(reading.measure, one.high, true)]) }}
        option={{
          tooltip: { trigger: "axis" },
          legend: { data: names, top: 0, left: 0 },
          grid: { left: 8, right: 12, top: 40, bottom: 8, containLabel: true },
          xAxis: { type: "category", data: points.map((one) => number(one.decisions)), name: t("decisions") },
          yAxis: { type: "value", scale: true },
          series: [
            { type: "line", name: names[0], data: points.map((one) => drawn(one.low)), lineStyle: { type: "dashed", width: 1 } },
            { type: "line", name: names[1], data: points.map((one) => drawn(one.value)), markLine: { symbol: "none", silent: true, label: { show: false }, data: [{ yAxis: 0 }] } },
            { type: "line", name: names[2], data: points.map((one) => drawn(one.high)), lineStyle: { type: "dashed", width: 1 } },
          ],
        }} />
    </Block>
  );
}

function Guards({ reading }: { reading: Reading }) {
  const { t } = useTranslation("experiments");
  const figure = useFigure(reading.currency);
  const exposure = reading.exposure_minor;
  if (reading.guards.length === 0 && exposure === null) return <Block title={t("guards")}><Empty title={t("no_guards")} hint={t("no_guards_hint")} /></Block>;
  return (
    <Block title={t("guards")} note={t("guards_note")}>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("guards")}>
        <PlainTable label={t("guards")} head={[t("guard"), t("limit"), t("now"), t("decisions"), t("evidence"), t("then"), t("how_far")]}
          rows={reading.guards.map((one) => [
            <span key="g" className="nowrap">{t(`measure.${one.measure}`)} <span className="soft mono">{one.guard}</span></span>,
            `${one.breached === "above" ? "≤" : "≥"} ${figure(one.measure, one.limit, one.against === "champion")}`,
            figure(one.measure, one.value, one.against === "champion"),
            number(one.decisions),
            one.evidence === null || one.needed === null ? t("at_once") : t("evidence_of", { evidence: one.evidence > 1e6 ? "> 1 000 000" : number(one.evidence, 1), needed: number(one.needed) }),
            t(`action.${one.action}`),
            <Badge key="s" tone={GUARD_TONES[one.state]}>{t(`guard_state.${one.state}`)}</Badge>,
          ])} />
      </div>
      {exposure === null ? null : <p>{t("exposed", { exposed: figure("exposure_minor", reading.exposed_minor), exposure: figure("exposure_minor", exposure) })}</p>}
    </Block>
  );
}

function Shadow({ shadow }: { shadow: NonNullable<Reading["shadow"]> }) {
  const { t } = useTranslation(["experiments", "kit"]);
  const of = shadow.decisions || 1;
  return (
    <Block title={t("shadow.title")} note={t("shadow.note")}>
      <Pairs of={[
        [t("shadow.changed"), `${number(shadow.changed)} (${percent(shadow.changed / of)})`],
        ...Object.entries(shadow.moved).map(([moved, count]) => {
          const [before = "", after = ""] = moved.split(">");
          return [t("shadow.moved", { before: t(`kit:outcome.${before}`), after: t(`kit:outcome.${after}`) }), number(count)] as const;
        }),
        [t("shadow.reasons"), `${number(shadow.reasons_changed)} (${percent(shadow.reasons_changed / of)})`],
        [t("shadow.scores"), shadow.score_moved_mean === null ? null : t("shadow.scores_value", { mean: number(shadow.score_moved_mean, 4), max: number(shadow.score_moved_max ?? 0, 4) })],
        [t("shadow.latency"), shadow.latency_ms_p99 === null ? null : `${number(shadow.latency_ms_p50 ?? 0, 3)} ms / ${number(shadow.latency_ms_p99, 3)} ms`],
        [t("shadow.unread"), shadow.unread ? number(shadow.unread) : null],
      ]} />
    </Block>
  );
}

function Segments({ reading }: { reading: Reading }) {
  const { t } = useTranslation("experiments");
  const between = useBetween(reading.currency);
  return (
    <Block title={t("segments")} note={t("segments_note")}>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("segments")}>
        <PlainTable label={t("segments")} head={[t("segment"), t("decisions"), t("difference")]}
          rows={reading.segments.map((one) => [<span key="f" className="nowrap"><span className="mono">{one.field}</span> {one.group || t("missing")}</span>, number(one.decisions), between(reading.measure, one)])} />
      </div>
    </Block>
  );
}

function About({ reading, plan }: { reading: Reading; plan: Shape<"ExperimentPlan"> }) {
  const { t } = useTranslation("experiments");
  const figure = useFigure(reading.currency);
  return (
    <Pairs of={[
      [t("policy"), <Link key="p" className="mono" to={"/studio/$policy" as string} params={{ policy: reading.policy } as never}>{reading.policy}</Link>],
      [t("unit"), reading.unit],
      [t("metric"), `${t(`measure.${reading.measure}`)}, ${t(`better.${reading.better}`)}`],
      [t("detect"), figure(reading.measure, reading.detect, true)],
      [t("sure"), t("sure_value", { alpha: percent(reading.alpha), power: percent(reading.power) })],
      [t("planned"), t("planned_value", { minimum: number(plan.minimum), all: number(plan.minimum_all) })],
      [t("started"), <Instant key="s" at={reading.started_at} form="short" />],
      [t("ends"), <Instant key="e" at={reading.ends_at} form="day" />],
      [t("labelled"), reading.labelled === null ? null : t("labelled_value", { labelled: number(reading.labelled), awaited: number(reading.awaited ?? 0) })],
      [t("merges"), reading.merges ? number(reading.merges) : null],
    ]} />
  );
}

function Actions({ one }: { one: Detail }) {
  const { t } = useTranslation("experiments");
  const client = useQueryClient();
  const [mayStop, mayDraft] = [useMay("release"), useMay("draft")];
  const [asked, setAsked] = useState<"stop" | "promote" | "share" | null>(null);
  if (one.state !== "running") return null;
  const close = (): void => setAsked(null);
  const again = (): Promise<unknown> => Promise.all([refresh(client, "/v1/experiments"), refresh(client, "/v1/experiments/{name}"), refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
  const stop = async (reason: string): Promise<void> => {
    await api.POST("/v1/experiments/{name}/stop", { params: { path: { name: one.name } }, body: { reason, by: null } });
    await again();
    noteDone(t("stopped", { name: one.name }));
  };
  const promote = async (note: string): Promise<void> => {
    await api.POST("/v1/experiments/{name}/promotion", { params: { path: { name: one.name } }, body: { arm: null, note, by: null } });
    await again();
    noteDone(t("promotion_saved"));
  };
  return (
    <>
      {mayDraft && definitionOf(one)["mode"] !== "shadow" ? <Button variant="default" onClick={() => setAsked("share")}>{t("change_share")}</Button> : null}
      {mayStop ? <Button variant="default" leftSection={<Square size={14} aria-hidden />} onClick={() => setAsked("stop")}>{t("stop")}</Button> : null}
      {mayDraft ? <Button leftSection={<Rocket size={15} aria-hidden />} onClick={() => setAsked("promote")}>{t("promote")}</Button> : null}
      <ConfirmWithReason opened={asked === "stop"} onClose={close} title={t("stop_title")} confirm={t("stop")} danger onConfirm={stop}><p>{t("stop_words")}</p></ConfirmWithReason>
      <ConfirmWithReason opened={asked === "promote"} onClose={close} title={t("promote_title")} confirm={t("promote_confirm")} onConfirm={promote}><p>{t("promote_words")}</p></ConfirmWithReason>
      {asked === "share" ? <ChangeShare one={one} onClose={close} onDone={again} /> : null}
    </>
  );
}

/** Another share is another version, reviewed like the first. */
function ChangeShare({ one, onClose, onDone }: { one: Detail; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation(["experiments", "kit"]);
  const arms = definitionOf(one)["arms"] as { arm: string; share: number }[];
  const [share, setShare] = useState(arms[1]?.share ?? 0);
  const save = async (): Promise<void> => {
    const others = arms.slice(2).reduce((sum, arm) => sum + arm.share, 0);
    const changed = arms.map((arm, place) => ({ ...arm, share: place === 0 ? 100 - share - others : place === 1 ? share : arm.share }));
    try {
      await api.POST("/v1/artefacts", { body: { artefacts: [{ kind: "experiment", name: one.name, body: { ...definitionOf(one), arms: changed } as never }], author: null, note: t("share_note", { share }) } });
      await onDone();
      noteDone(t("saved", { name: one.name }));
      onClose();
    } catch (error) {
      noteProblem(error);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t("change_share")}>
      <Stack>
        <p>{t("share_words")}</p>
        <NumberInput label={t("form.share")} value={share} min={0} max={100} suffix=" %" onChange={(value) => setShare(Number(value) || 0)} data-autofocus />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
          <Button onClick={() => void save()}>{t("form.save")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
