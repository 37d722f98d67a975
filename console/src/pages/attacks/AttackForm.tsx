import { Button, MultiSelect, NumberInput, Select, Slider } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem, type Shape } from "../../api";
import { Block, ErrorPanel, moment, percent, useUrlSearch } from "../../kit";
import classes from "./attacks.module.css";
import { titleOf, wordsOf, type Kind, type Run } from "./kinds";

interface FormProps {
  kinds: readonly Kind[];
  limits: Record<string, Shape<"DialLimits">>;
  running: Run | undefined;
}

const DECIDES = new Set(["policy", "list", "graph", "feature_set", "model", "reasons", "outcome", "event_type"]);
const MOST_INTENSE = 0.2;
const WARM_UP_DAYS = 21;
const DEFAULTS = { seed: 7, days: 14, customers: 4000 };

/** Choose an attack, turn its dials, say against what, and run it. */
export function AttackForm({ kinds, limits, running }: FormProps) {
  const { t } = useTranslation("attacks");
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useUrlSearch();
  const asked = (name: string, fallback: number): number => { const given = Number(search[name]); return search[name] && Number.isFinite(given) ? given : fallback; };
  const [name, setName] = useState(() => kinds.find(({ kind }) => kind === search["kind"])?.kind ?? kinds.find(({ policy }) => policy)?.kind ?? kinds[0]?.kind ?? "");
  const kind = kinds.find((one) => one.kind === name);
  const [intensity, setIntensity] = useState(() => asked("intensity", kind?.intensity ?? 0.03));
  const [disguise, setDisguise] = useState(() => asked("disguise", kind?.disguise ?? 0.25));
  const [seed, setSeed] = useState<number | string>(() => asked("seed", DEFAULTS.seed));
  const [days, setDays] = useState<number | string>(() => asked("days", DEFAULTS.days));
  const [customers, setCustomers] = useState<number | string>(() => asked("customers", DEFAULTS.customers));
  const [versions, setVersions] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const drafts = (useGet("/v1/artefacts").data?.artefacts ?? []).filter((one) => DECIDES.has(one.kind) && (one.state === "draft" || one.state === "reviewed"));

  const choose = (chosen: string | null): void => {
    const found = kinds.find((one) => one.kind === chosen);
    if (!found) return;
    setName(found.kind);
    setIntensity(found.intensity);
    setDisguise(found.disguise);
    setProblem(null);
  };
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/attacks", {
        body: {
          kind: name, intensity, disguise, seed: Number(seed), days: Number(days), warm_up_days: WARM_UP_DAYS, customers: Number(customers), versions,
          artefacts: [], event_type: null, fields: {}, label: "", policy: null,
        },
      });
      void refresh(client, "/v1/attacks");
      const before = search["before"];
      if (data) void navigate({ to: "/attacks/$id" as string, params: { id: data.attack_id } as never, search: (before ? { before } : {}) as never });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const within = (dial: string) => ({ min: limits[dial]?.least ?? 0, max: limits[dial]?.most ?? 1_000_000 });
  // With drafts in its place what cannot be played now may be: the server says so.
  const faulty = kind?.fault !== null && kind?.fault !== undefined && versions.length === 0;
  return (
    <Block title={t("form.title")} note={t("form.note")}>
      <form className={classes.stack} onSubmit={(event) => { event.preventDefault(); void run(); }}>
        <div className={classes.bench}>
          <div className={classes.column}>
            <Select label={t("kind")} data={kinds.map((one) => ({ value: one.kind, label: titleOf(one) }))} value={name} onChange={choose} allowDeselect={false} maxDropdownHeight={360} />
            {kind ? (
              <div className={classes.about}>
                <p>{wordsOf(kind)}</p>
                <p className="soft">{kind.policy ? t("form.decided_by", { policy: kind.policy }) : t("form.cannot", { why: kind.fault?.detail ?? "" })}</p>
                {kind.interactive ? <p className="soft">{t("form.interactive")}</p> : null}
              </div>
            ) : null}
            <MultiSelect label={t("against")} description={t("form.against_hint")} placeholder={versions.length === 0 ? t("live") : undefined} value={versions} onChange={setVersions} clearable searchable
              nothingFoundMessage={t("form.no_drafts")} data={drafts.map((one) => ({ value: one.digest, label: t("form.draft", { name: `${one.kind}/${one.name}`, author: one.author, at: moment(one.pushed_at, "minute") }) }))} />
          </div>
          <div className={classes.column}>
            <Dial label={t("intensity")} hint={t("form.intensity_hint")} value={intensity} onChange={setIntensity} most={Math.max(MOST_INTENSE, intensity)} step={0.01} least={0.01} />
            <Dial label={t("disguise")} hint={t("form.disguise_hint")} value={disguise} onChange={setDisguise} most={1} step={0.05} least={0} />
            <div className={classes.numbers}>
              <NumberInput label={t("customers")} value={customers} onChange={setCustomers} {...within("customers")} step={500} thousandSeparator="," allowDecimal={false} required />
              <NumberInput label={t("days")} value={days} onChange={setDays} {...within("days")} allowDecimal={false} required />
              <NumberInput label={t("seed")} value={seed} onChange={setSeed} {...within("seed")} allowDecimal={false} required />
            </div>
          </div>
        </div>
        {problem ? <ErrorPanel problem={problem} /> : null}
        <div className={classes.act}>
          {running ? <span className="soft">{t("form.one_runs")} <Link to={"/attacks/$id" as string} params={{ id: running.attack_id } as never}>{t("form.see_it")}</Link></span> : null}
          <Button type="submit" leftSection={<Play size={15} />} loading={busy} disabled={faulty || running !== undefined}>{t("form.run")}</Button>
        </div>
      </form>
    </Block>
  );
}

interface DialProps {
  label: string;
  hint: string;
  value: number;
  onChange: (value: number) => void;
  least: number;
  most: number;
  step: number;
}

function Dial({ label, hint, value, onChange, least, most, step }: DialProps) {
  return (
    <div>
      <div className={classes.dialHead}><span>{label}</span><strong>{percent(value, 0)}</strong></div>
      <p className="soft">{hint}</p>
      <div className={classes.dial}>
        <Slider thumbLabel={label} value={value} onChange={onChange} min={least} max={most} step={step} label={(shown) => percent(shown, 0)}
          marks={[{ value: least, label: percent(least, 0) }, { value: most, label: percent(most, 0) }]} />
      </div>
    </div>
  );
}
