import { Button, MultiSelect, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem } from "../../api";
import { Block, ErrorPanel, moment } from "../../kit";
import classes from "./backtest.module.css";
import type { Run } from "./parts";

const PLACED = new Set(["policy", "list", "graph", "feature_set", "model", "reasons", "event_type"]);
const MARGIN = 6;
const LGD = 80;
const HUNDRED = 100;
const RELEASE_SHOWN = 10;

const side = (release: string, placed: string[]) => ({ release, drafts: [], versions: placed, policy: null, label: "" });

/** Choose a stretch, and what against what. */
export function BacktestForm({ eventTypes, running }: { eventTypes: readonly string[]; running: Run | undefined }) {
  const { t } = useTranslation("backtest");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [eventType, setEventType] = useState(eventTypes[0] ?? "");
  const [candidate, setCandidate] = useState("live");
  const [against, setAgainst] = useState("recorded");
  const [versions, setVersions] = useState<string[]>([]);
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const [margin, setMargin] = useState<number | string>(MARGIN);
  const [lgd, setLgd] = useState<number | string>(LGD);
  const [score, setScore] = useState<string | null>(null);
  const [segments, setSegments] = useState<string[]>([]);
  const [attribute, setAttribute] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const releases = useGet("/v1/releases").data?.releases ?? [];
  const models = useGet("/v1/models").data?.models ?? [];
  const fields = useGet("/v1/event-types/{name}", { params: { path: { name: eventType } } }).data?.field_details ?? [];
  const drafts = (useGet("/v1/artefacts").data?.artefacts ?? []).filter((one) => PLACED.has(one.kind) && (one.state === "draft" || one.state === "reviewed"));
  const earlier = [...new Map(releases.filter(({ live }) => !live).map((one) => [one.release, one])).values()]
    .map((one) => ({ value: one.release, label: t("form.release", { digest: one.release.slice(0, RELEASE_SHOWN), at: moment(one.activated_at, "minute") }) }));

  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/backtests", {
        body: {
          label: "",
          asked: {
            event_type: eventType, candidate: side(candidate, versions), against: side(against, []), since: since || null, until: until || null,
            price: margin === "" ? null : { margin: Number(margin) / HUNDRED, lgd: Number(lgd) / HUNDRED }, score, inferred: null, segments, rules: true,
            sweep: null, attribute, sample: 500, seed: 7,
          },
        },
      });
      void refresh(client, "/v1/backtests");
      if (data) void navigate({ to: "/backtests/$id" as string, params: { id: data.backtest_id } as never });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Block title={t("form.title")} note={t("form.note")}>
      <form className={classes.stack} onSubmit={(event) => { event.preventDefault(); void run(); }}>
        <div className={classes.bench}>
          <div className={classes.column}>
            <Select label={t("event_type")} data={[...eventTypes]} value={eventType} onChange={(value) => { setEventType(value ?? eventType); setSegments([]); }} allowDeselect={false} />
            <Select label={t("candidate")} data={[{ value: "live", label: t("side.live") }, ...earlier]} value={candidate} onChange={(value) => setCandidate(value ?? "live")} allowDeselect={false} />
            <MultiSelect label={t("form.drafts")} description={t("form.drafts_hint")} value={versions} onChange={setVersions} clearable searchable nothingFoundMessage={t("form.no_drafts")}
              data={drafts.map((one) => ({ value: one.digest, label: t("form.draft", { name: `${one.kind}/${one.name}`, author: one.author, at: moment(one.pushed_at, "minute") }) }))} />
            <Select label={t("against")} data={[{ value: "recorded", label: t("side.recorded") }, { value: "live", label: t("side.live") }, ...earlier]} value={against} onChange={(value) => setAgainst(value ?? "recorded")} allowDeselect={false} />
          </div>
          <div className={classes.column}>
            <div className={classes.pair}>
              <TextInput type="date" label={t("form.since")} value={since} onChange={(event) => setSince(event.currentTarget.value)} />
              <TextInput type="date" label={t("form.until")} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
            </div>
            <div className={classes.pair}>
              <NumberInput label={t("form.margin")} value={margin} onChange={setMargin} min={0} max={1000} suffix=" %" />
              <NumberInput label={t("form.lgd")} value={lgd} onChange={setLgd} min={0} max={100} suffix=" %" required={margin !== ""} />
            </div>
            <p className="soft">{t("form.price_hint")}</p>
            <Select label={t("form.score")} description={t("form.score_hint")} data={models.map(({ name }) => name)} value={score} onChange={setScore} clearable placeholder={t("form.score_only")} />
            <MultiSelect label={t("form.segments")} data={fields.filter((one) => !one.entity).map(({ name }) => name)} value={segments} onChange={setSegments} clearable searchable maxValues={4} />
            <Switch label={t("form.attribute")} checked={attribute} onChange={(event) => setAttribute(event.currentTarget.checked)} />
          </div>
        </div>
        {problem ? <ErrorPanel problem={problem} /> : null}
        <div className={classes.act}>
          {running ? <span className="soft">{t("form.one_runs")} <Link to={"/backtests/$id" as string} params={{ id: running.backtest_id } as never}>{t("form.see_it")}</Link></span> : null}
          <Button type="submit" leftSection={<Play size={15} />} loading={busy} disabled={running !== undefined}>{t("form.run")}</Button>
        </div>
      </form>
    </Block>
  );
}
