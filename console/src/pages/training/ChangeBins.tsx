/** A scorecard's bins changed by hand: where a column is cut, with the reason that stays with the model; then trained again. */
import { Button, Group, NumberInput, Pill, Select, Stack, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Scissors } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem } from "../../api";
import { Dialog, ErrorPanel, useMay } from "../../kit";
import type { Run, TrainingFigures } from "./figures";
import classes from "./training.module.css";

type Cuts = TrainingFigures["bins"][number];

export function ChangeBins({ run, cuts }: { run: Run; cuts: Cuts | undefined }) {
  const { t } = useTranslation("training");
  const may = useMay("draft");
  const [open, setOpen] = useState(false);
  if (!cuts || !may) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" leftSection={<Scissors size={12} />} aria-label={t("bins.change_named", { name: cuts.name })} onClick={() => setOpen(true)}>{t("bins.change")}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t("bins.title", { name: cuts.name })}>
        <Editor run={run} cuts={cuts} leave={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function Editor({ run, cuts, leave }: { run: Run; cuts: Cuts; leave: () => void }) {
  const { t } = useTranslation("training");
  const navigate = useNavigate();
  const [edges, setEdges] = useState(cuts.edges);
  const [groups, setGroups] = useState(cuts.groups);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const texts = cuts.groups.length > 0;
  const changed = texts ? !same(groups, cuts.groups) : !same(edges, cuts.edges);
  const train = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const edit = { input: cuts.name, action: "lock" as const, at: texts ? [] : edges, groups: texts ? groups : [], who: run.by, reason: reason.trim() };
    try {
      const { data } = await api.POST("/v1/trainings", { body: { ...run.asked, bin_edits: [...(run.asked.bin_edits ?? []), edit], label: run.label } });
      leave();
      if (data) void navigate({ to: "/training/$id" as string, params: { id: data.training_id } as never });
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void train(); }}>
      <Stack>
        {texts ? <Texts groups={groups} set={setGroups} /> : <Breaks edges={edges} set={setEdges} />}
        <Textarea label={t("bins.reason")} description={t("bins.reason_hint")} required autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {problem ? <ErrorPanel problem={problem} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>{t("cancel")}</Button>
          <Button type="submit" loading={busy} disabled={!changed || reason.trim() === ""}>{t("bins.again")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Numbers: where one bin ends and the next begins. */
function Breaks({ edges, set }: { edges: readonly number[]; set: (edges: number[]) => void }) {
  const { t } = useTranslation("training");
  const [next, setNext] = useState<number | string>("");
  const value = typeof next === "number" && !edges.includes(next) ? next : null;
  const add = (): void => {
    if (value === null) return;
    set([...edges, value].toSorted((one, other) => one - other));
    setNext("");
  };
  return (
    <Stack gap="xs">
      <p className="soft">{t("bins.breaks_note", { count: edges.length + 1 })}</p>
      <Pill.Group aria-label={t("bins.breaks")}>
        {edges.map((edge) => <Pill key={edge} size="md" withRemoveButton removeButtonProps={{ "aria-label": t("bins.remove", { edge }), "aria-hidden": false, tabIndex: 0 }} onRemove={() => set(edges.filter((one) => one !== edge))}>{edge}</Pill>)}
      </Pill.Group>
      <Group align="end" gap="xs">
        <NumberInput label={t("bins.another")} value={next} onChange={setNext} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }} />
        <Button variant="default" disabled={value === null} onClick={add}>{t("bins.add")}</Button>
      </Group>
    </Stack>
  );
}

/** Texts: which of them share a bin. */
function Texts({ groups, set }: { groups: readonly string[][]; set: (groups: string[][]) => void }) {
  const { t } = useTranslation("training");
  const move = (text: string, to: number): void => {
    const without = groups.map((group) => group.filter((one) => one !== text));
    const found = to < without.length ? without.map((group, place) => (place === to ? [...group, text] : group)) : [...without, [text]];
    set(found.filter((group) => group.length > 0));
  };
  const choices = [...groups.map((_, place) => ({ value: String(place), label: t("bins.bin", { place: place + 1 }) })), { value: String(groups.length), label: t("bins.own") }];
  return (
    <Stack gap="xs">
      <p className="soft">{t("bins.texts_note")}</p>
      <div className={classes.numbers}>
        {groups.flatMap((group, place) => group.map((text) => (
          <Select key={text} label={<span className="mono">{text}</span>} data={choices} value={String(place)} allowDeselect={false} onChange={(value) => move(text, Number(value))} />
        )))}
      </div>
    </Stack>
  );
}
