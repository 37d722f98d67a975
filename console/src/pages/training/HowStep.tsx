/** How: for what, how far it must be explained, under which name; then train. */
import { Accordion, Button, MultiSelect, NumberInput, Radio, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem } from "../../api";
import { Block, ErrorPanel, number, Pairs, percent } from "../../kit";
import { EXPLAINS, GOALS, isName, nameFrom, sourceOf, type Asked, type Explain, type Family, type Goal, type Look, type Said } from "./asked";
import classes from "./training.module.css";

interface HowProps {
  asked: Asked;
  said: Said;
  say: (changes: Partial<Asked>) => void;
  file: string;
  foreseen: Look | undefined;
}

export function HowStep({ asked, said, say, file, foreseen }: HowProps) {
  const { t } = useTranslation("training");
  const held = asked.monotone ?? (asked.explain === "balanced" ? "auto" : "none");
  return (
    <>
      <Block title={t("how.title")} note={t("how.note")}>
        <div className={classes.stack}>
          <div>
            <p id="goal" className={classes.label}>{t("how.goal")}</p>
            <SegmentedControl aria-labelledby="goal" value={asked.goal} onChange={(value) => say({ goal: value as Goal })} data={GOALS.map((one) => ({ value: one, label: t(`goals.${one}`) }))} />
            <p className="soft">{t(`goals_hint.${asked.goal}`)}</p>
          </div>
          <Radio.Group label={t("how.explain")} value={asked.explain} onChange={(value) => say({ explain: value as Explain, monotone: undefined, families: [] })}>
            <div className={classes.cards}>
              {EXPLAINS.map((one) => (
                <Radio.Card key={one} value={one} className={classes.card} aria-label={t(`explains.${one}`)}>
                  <Radio.Indicator /><div><strong>{t(`explains.${one}`)}</strong><p className="soft">{t(`explains_hint.${one}`)}</p></div>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
          {asked.explain === "strictly" ? null : (
            <Switch checked={held === "auto"} onChange={(event) => say({ monotone: event.currentTarget.checked ? "auto" : "none" })} label={t("how.monotone")} description={t("how.monotone_hint")} />
          )}
          <Advanced asked={asked} say={say} />
        </div>
      </Block>
      <Begin asked={asked} said={said} say={say} file={file} foreseen={foreseen} />
    </>
  );
}

function Advanced({ asked, say }: { asked: Asked; say: HowProps["say"] }) {
  const { t } = useTranslation("training");
  const limits = useGet("/v1/training-uploads");
  const families = limits.data?.families ?? [];
  const usual = limits.data?.usual[asked.explain] ?? [];
  const called = (one: Family): string => t(`families.${one}`);
  return (
    <Accordion variant="contained">
      <Accordion.Item value="advanced">
        <Accordion.Control>{t("how.advanced")}</Accordion.Control>
        <Accordion.Panel>
          <MultiSelect mb="md" label={t("how.families")} description={t("how.families_hint", { usual: usual.map(called).join(", ") })} data={families.map((one) => ({ value: one, label: called(one) }))}
            value={asked.families} onChange={(value) => say({ families: value as Family[] })} searchable clearable />
          <div className={classes.numbers}>
            <NumberInput label={t("how.test_share")} description={t("how.test_share_hint")} value={asked.testShare * 100} min={5} max={50} suffix=" %" onChange={(value) => say({ testShare: Number(value) / 100 })} />
            <NumberInput label={t("how.folds")} description={t("how.folds_hint")} value={asked.folds ?? ""} min={2} max={10} allowDecimal={false} onChange={(value) => say({ folds: value === "" ? undefined : Number(value) })} />
            <NumberInput label={t("how.tune")} description={t("how.tune_hint")} value={asked.tune} min={0} max={100} allowDecimal={false} onChange={(value) => say({ tune: Number(value) })} />
            <NumberInput label={t("how.seed")} description={t("how.seed_hint")} value={asked.seed} min={0} allowDecimal={false} onChange={(value) => say({ seed: Number(value) })} />
          </div>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** What will be done, in a few lines, and the button that does it. */
function Begin({ asked, said, say, file, foreseen }: HowProps) {
  const { t } = useTranslation("training");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const runs = useGet("/v1/trainings", undefined, { refetchInterval: 2000 });
  const running = runs.data?.items.find(({ state }) => state === "running");
  const [name, setName] = useState(asked.name || nameFrom(file));
  const outlook = foreseen?.outlook;
  const train = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/trainings", {
        body: {
          source: sourceOf(asked) ?? { type: "file", upload_id: "" }, target: said.target ?? "", positive: said.positive ?? outlook?.positive ?? null, time: said.time ?? null, id: said.id, forbid: said.forbid,
          goal: asked.goal, explain: asked.explain, families: asked.families, monotone: asked.monotone ?? null, tune: asked.tune, bin_edits: asked.bins, test_share: asked.testShare, folds: asked.folds ?? null, seed: asked.seed, name, label: asked.label,
        },
      });
      void refresh(client, "/v1/trainings");
      if (data) void navigate({ to: "/training/$id" as string, params: { id: data.training_id } as never });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const wrong = isName(name) ? null : t("how.name_wrong");
  return (
    <Block title={t("how.ready")}>
      <form className={classes.stack} onSubmit={(event) => { event.preventDefault(); void train(); }}>
        <Pairs of={[
          [t("steps.data"), file],
          [t("steps.what"), outlook ? t("how.target", { target: said.target ?? "", positive: outlook.positive, share: percent(outlook.bads / outlook.labelled) }) : said.target],
          [t("steps.when"), outlook ? t(`how.split.${outlook.split}`, { column: said.time ?? "", test: number(outlook.test_rows), train: number(outlook.train_rows) }) : said.time],
          ...(asked.families.length > 0 ? [[t("how.families"), asked.families.map((one) => t(`families.${one}`)).join(", ")] as [string, string]] : []),
          ...(asked.bins.length > 0 ? [[t("bins.made"), asked.bins.map((one) => `${one.input}: ${one.reason}`).join("; ")] as [string, string]] : []),
          [t("steps.not"), said.forbid.length > 0 ? said.forbid.join(", ") : t("how.nothing")],
        ]} />
        <div className={classes.numbers}>
          <TextInput label={t("how.name")} description={t("how.name_hint")} value={name} error={wrong} onChange={(event) => { setName(event.currentTarget.value); say({ name: event.currentTarget.value }); }} classNames={{ input: "mono" }} required />
          <TextInput label={t("how.label")} description={t("how.label_hint")} value={asked.label} maxLength={200} onChange={(event) => say({ label: event.currentTarget.value })} />
        </div>
        {problem ? <ErrorPanel problem={problem} /> : null}
        <div className={classes.act}>
          {running ? <span className="soft">{t("how.one_runs")} <Link to={"/training/$id" as string} params={{ id: running.training_id } as never}>{t("how.see_it")}</Link></span> : null}
          <Button type="submit" leftSection={<Play size={15} />} loading={busy} disabled={running !== undefined || wrong !== null || !outlook}>{t("how.train")}</Button>
        </div>
      </form>
    </Block>
  );
}
