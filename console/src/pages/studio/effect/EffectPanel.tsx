import { Button, Progress, SegmentedControl } from "@mantine/core";
import { History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { duration, Empty, ErrorPanel, Loading, moment, number, useAfter } from "../../../kit";
import classes from "./effect.module.css";
import { Matrix } from "./Matrix";
import { MovedExamples } from "./MovedExamples";
import { Notes } from "./Notes";
import { Segments } from "./Segments";
import { Sides } from "./Sides";
import { Standings } from "./Standings";
import { useEffectPreview, type Effect, type EffectProgress } from "./useEffectPreview";

export interface EffectPanelProps {
  policy: string; // name
  document: Record<string, unknown>; // the draft
  json: string; // the same, number for number
  publishable: boolean; // whether the draft can be run
}

const LAST = ["1000", "10000", "all"] as const;

/** What the draft would have done to the last real decisions; asked anew after every edit, nothing is saved. */
export default function EffectPanel({ json, publishable }: EffectPanelProps) {
  const { t } = useTranslation("effect");
  const [last, setLast] = useState<string>("all");
  const preview = useEffectPreview(publishable ? json : null, last === "all" ? null : Number(last));
  const { effect, busy, problem } = preview;
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SegmentedControl size="xs" aria-label={t("last.label")} value={last} onChange={setLast}
          data={LAST.map((value) => ({ value, label: value === "all" ? t("last.all") : t("last.some", { number: number(Number(value)) }) }))} />
        <Waiting busy={busy} progress={preview.progress} onCancel={preview.cancel} />
        {preview.cancelled && !busy ? <><span className="soft">{t("cancelled")}</span><Button size="compact-sm" variant="default" onClick={() => preview.again()}>{t("again")}</Button></> : null}
      </div>
      {publishable ? null : <p className={classes.hint} role="status">{t(effect ? "not_runnable_kept" : "not_runnable")}</p>}
      {problem ? <ErrorPanel problem={problem} kept={t("kept")} onRetry={() => preview.again()} /> : null}
      {effect ? <Answer effect={effect} dim={!preview.fresh} onScore={() => preview.again({ score: true })} /> : null}
      {!effect && !problem && publishable && !preview.cancelled ? <Loading lines={6} slow={t("reading_first")} /> : null}
    </div>
  );
}

/** What is being waited for, once it takes longer than one notices; with a way out. */
function Waiting({ busy, progress, onCancel }: { busy: boolean; progress: EffectProgress | null; onCancel: () => void }) {
  if (!busy) return <span className={classes.waiting} />;
  return <Underway progress={progress} onCancel={onCancel} />;
}

function Underway({ progress, onCancel }: { progress: EffectProgress | null; onCancel: () => void }) {
  const { t } = useTranslation("effect");
  const slow = useAfter(700);
  if (!slow) return <span className={classes.waiting} role="status"><span className="soft">{t("doing.deciding")}</span></span>;
  const doing = progress && progress.doing !== "idle" ? progress.doing : "deciding";
  const share = progress && progress.total > 0 ? progress.done / progress.total : null;
  return (
    <span className={classes.waiting} role="status">
      <span className="soft">{t(`doing.${doing}`)}{share === null ? "" : ` ${number(progress?.done ?? 0)} / ${number(progress?.total ?? 0)}`}</span>
      <Progress value={share === null ? 100 : share * 100} animated={share === null} size="sm" className={classes.progress} aria-label={t(`doing.${doing}`)} />
      <Button size="compact-sm" variant="default" onClick={onCancel}>{t("cancel")}</Button>
    </span>
  );
}

function Answer({ effect, dim, onScore }: { effect: Effect; dim: boolean; onScore: () => void }) {
  const { t } = useTranslation("effect");
  const form = moment(effect.since ?? 0, "day") === moment(effect.until ?? 0, "day") ? "short" : "day";
  if (effect.decisions === 0) return <Empty icon={History} title={t("none")} hint={t("none_hint")} />;
  return (
    <div className={classes.answer} data-dim={dim || undefined} aria-busy={dim}>
      <p className={classes.headline} role="status">
        <strong>{t("changed", { count: effect.changed, number: number(effect.changed), whole: number(effect.redecided) })}</strong>
        {effect.terms_changed > 0 ? <span>{t("terms", { count: effect.terms_changed, number: number(effect.terms_changed) })}</span> : null}
        <span className="soft">
          {t("stretch", { since: moment(effect.since ?? 0, form), until: moment(effect.until ?? 0, form), time: duration(((effect.took_ms["total"] ?? 0) - (effect.took_ms["reading"] ?? 0)) * 1000) })}
        </span>
      </p>
      <Notes effect={effect} onScore={onScore} />
      {effect.redecided > 0 ? <>
        <Sides effect={effect} />
        <Standings effect={effect} />
        <Matrix effect={effect} />
        <Segments effect={effect} />
        <MovedExamples effect={effect} />
      </> : null}
    </div>
  );
}
