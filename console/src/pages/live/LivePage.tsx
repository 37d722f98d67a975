import { Badge as Chip, Button, CloseButton, Group, Select } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Pause, Play } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable, Empty, number, Page, useCommands, useKeys, useLiveState, useUrlState, type Column } from "../../kit";
import { useDecisionColumns } from "../decisions/columns";
import { FirstEvent } from "../decisions/FirstEvent";
import type { DecisionRow } from "../decisions/row";
import classes from "./live.module.css";
import { Mix } from "./Mix";
import { Tiles } from "./Tiles";
import { useStream } from "./useStream";

export default function LivePage() {
  const { t } = useTranslation("live");
  const navigate = useNavigate();
  const state = useLiveState();
  const [paused, setPaused] = useState(false);
  const [pointing, setPointing] = useState(false);
  const stream = useStream(paused || pointing);
  const [follow, setFollow] = useUrlState("follow");
  const toggle = (): void => setPaused(!paused);
  useKeys(t("title"), [{ keys: "p", words: t(paused ? "resume" : "pause"), act: toggle }]);
  useCommands([{ id: "live-pause", words: t(paused ? "resume" : "pause"), act: toggle }]);
  const rows = useMemo(() => (follow ? stream.rows?.filter((row) => followed(row, follow)) : stream.rows), [stream.rows, follow]);
  const usual = useDecisionColumns();
  const columns = useMemo<Column<DecisionRow>[]>(() => usual.filter(({ id }) => id !== "policy" || !follow), [usual, follow]);
  return (
    <Page title={t("title")} lead={t("lead")} fills
      actions={<>
        <span className={classes.state} data-state={paused ? "paused" : state} role="status">{paused ? t("paused") : t(`state.${state}`)}</span>
        <Button variant={paused ? "filled" : "default"} aria-pressed={paused} leftSection={paused ? <Play size={15} /> : <Pause size={15} />} onClick={toggle}>
          {paused && stream.waiting > 0 ? t("resume_with", { count: stream.waiting, number: number(stream.waiting) }) : t(paused ? "resume" : "pause")}
        </Button>
      </>}>
      <div className={classes.top}>
        <Tiles rate={stream.rate} count={stream.count} />
        <Mix buckets={stream.buckets} />
      </div>
      <div className={classes.table} onPointerEnter={(event) => { if (event.pointerType === "mouse") setPointing(true); }} onPointerLeave={() => setPointing(false)}>
        <DataTable name="live" label={t("label")} columns={columns} rows={rows} rowKey={(row) => row.id} height="fill" problem={stream.problem} onRetry={stream.again}
          onOpen={(row) => void navigate({ to: "/decisions/$id" as string, params: { id: row.id } as never })}
          tools={<Follow rows={stream.rows ?? []} follow={follow} onFollow={setFollow} />}
          end={{
            more: false, busy: false, onMore: () => undefined,
            note: <Group gap="xs">
              {pointing && !paused && stream.waiting > 0 ? <span>{t("held", { count: stream.waiting, number: number(stream.waiting) })}</span> : null}
              {stream.leftOut > 0 ? <span>{t("left_out", { count: stream.leftOut, number: number(stream.leftOut) })}</span> : null}
              <span>{t("buffer")}</span>
            </Group>,
          }}
          empty={follow ? <Empty title={t("follow_none")} hint={t("follow_none_hint")}><Button variant="default" onClick={() => setFollow("")}>{t("follow_stop")}</Button></Empty> : (
            <Empty title={t("empty")} hint={t("empty_hint")}><FirstEvent label={t("empty_hint")} /></Empty>
          )} />
      </div>
    </Page>
  );
}

const short = (entity: string): string => entity.replace(/:(.{10}).*$/, " $1…");

/** `kind:pseudonym` of an entity that the decision is about. */
const followed = (row: DecisionRow, follow: string): boolean => {
  const [kind = "", key = ""] = follow.split(":");
  return row.entities[kind] === key;
};

/** Choose one of the entities seen to follow; a followed one stands as a chip. */
function Follow({ rows, follow, onFollow }: { rows: readonly DecisionRow[]; follow: string; onFollow: (follow: string) => void }) {
  const { t } = useTranslation("live");
  const seen = useMemo(() => {
    const counts = new Map<string, number>();
    for (const row of rows) for (const [kind, key] of Object.entries(row.entities)) counts.set(`${kind}:${key}`, (counts.get(`${kind}:${key}`) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 60);
  }, [rows]);
  if (follow) {
    return (
      <Chip size="lg" radius="sm" variant="light" tt="none" rightSection={<CloseButton size="xs" aria-label={t("follow_stop")} onClick={() => onFollow("")} />}>{t("following", { entity: short(follow) })}</Chip>
    );
  }
  return (
    <Select size="xs" searchable clearable value={null} aria-label={t("follow")} placeholder={t("follow")} nothingFoundMessage={t("follow_unknown")} maxDropdownHeight={320} comboboxProps={{ width: 300 }}
      data={seen.map(([value, count]) => ({ value, label: t("follow_entity", { entity: short(value), count }) }))} onChange={(value) => { if (value) onFollow(value); }} />
  );
}
