import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { duration, Instant, inWords, number, OutcomeBadge, type Column } from "../../kit";

export type DecisionRecord = Shape<"DecisionRecord">;

const scoreOf = (row: DecisionRecord): number | null => Object.values(row.answer.scores)[0]?.probability ?? null;
const tookUs = (row: DecisionRecord): number => Object.values(row.trail.timings_us).reduce((sum, part) => sum + part, 0);

/** What is told of a decision in a list. */
export function useDecisionColumns(): Column<DecisionRecord>[] {
  const { t, i18n } = useTranslation(["decisions", "kit"]);
  return useMemo(() => {
    const reason = (row: DecisionRecord): string => {
      const first = row.answer.reasons[0];
      return first ? inWords(first) || first.code : "";
    };
    return [
      { id: "time", header: t("time"), value: (row) => row.recorded_at, cell: (row) => <Instant at={row.recorded_at} form="short" />, width: 150, grow: 0 },
      {
        id: "outcome", header: t("outcome"), value: (row) => row.answer.outcome, cell: (row) => <OutcomeBadge outcome={row.answer.outcome} />, width: 120, grow: 0,
        choices: ["approve", "review", "decline"].map((value) => ({ value, label: t(`kit:outcome.${value}`) })),
      },
      { id: "event", header: t("event"), value: (row) => row.answer.event_id, cell: (row) => <span className="mono nowrap">{row.answer.event_id}</span>, width: 150 },
      { id: "event_type", header: t("event_type"), value: (row) => row.trail.event_type, width: 130, choices: "found" },
      { id: "policy", header: t("policy"), value: (row) => row.answer.policy, width: 130, choices: "found" },
      { id: "reason", header: t("reason"), value: reason, width: 240, grow: 3, choices: "found" },
      { id: "score", header: t("score"), hint: t("score_hint"), value: scoreOf, cell: (row) => { const score = scoreOf(row); return score === null ? null : <>{number(score, 4)}</>; }, width: 90, grow: 0, align: "right" },
      { id: "latency", header: t("latency"), hint: t("latency_hint"), value: tookUs, cell: (row) => <>{duration(tookUs(row))}</>, width: 120, grow: 0, align: "right" },
      { id: "missing", header: t("missing"), value: (row) => row.trail.missing.length, width: 110, grow: 0, align: "right", hidden: true },
      { id: "release", header: t("release"), value: (row) => row.answer.release, cell: (row) => <span className="mono">{row.answer.release.slice(0, 12)}</span>, width: 130, hidden: true, choices: "found" },
      { id: "decision", header: t("decision"), value: (row) => row.answer.decision_id, cell: (row) => <span className="mono nowrap">{row.answer.decision_id}</span>, width: 300, hidden: true },
    ];
  // The texts depend on the language, which `t` follows.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, i18n.language]);
}
