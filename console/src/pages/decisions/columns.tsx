import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { duration, fixed, Instant, OutcomeBadge, type Column } from "../../kit";
import { reasonOf, type DecisionRow } from "./row";

/** What is told of a decision in a list. */
export function useDecisionColumns(): Column<DecisionRow>[] {
  const { t, i18n } = useTranslation(["decisions", "kit"]);
  return useMemo(() => [
    { id: "time", header: t("time"), value: (row) => row.at, cell: (row) => <Instant at={row.at} form="short" />, width: 170, grow: 0 },
    {
      id: "outcome", header: t("outcome"), value: (row) => row.outcome, cell: (row) => <OutcomeBadge outcome={row.outcome} />, width: 120, grow: 0,
      choices: ["approve", "review", "decline"].map((value) => ({ value, label: t(`kit:outcome.${value}`) })),
    },
    { id: "event", header: t("event"), value: (row) => row.event, cell: (row) => <span className="mono nowrap">{row.event}</span>, width: 150 },
    { id: "event_type", header: t("event_type"), value: (row) => row.type, width: 130, choices: "found" },
    { id: "policy", header: t("policy"), value: (row) => row.policy, width: 130, choices: "found" },
    { id: "reason", header: t("reason"), value: reasonOf, width: 240, grow: 3, choices: "found" },
    { id: "score", header: t("score"), hint: t("score_hint"), value: (row) => row.score, cell: (row) => (row.score === null ? null : <>{fixed(row.score, 4)}</>), width: 90, grow: 0, align: "right" },
    { id: "latency", header: t("latency"), hint: t("latency_hint"), value: (row) => row.tookUs, cell: (row) => <>{duration(row.tookUs)}</>, width: 120, grow: 0, align: "right" },
    { id: "missing", header: t("missing"), value: (row) => row.missing, width: 110, grow: 0, align: "right", hidden: true },
    { id: "release", header: t("release"), value: (row) => row.release, cell: (row) => <span className="mono">{row.release.slice(0, 12)}</span>, width: 130, hidden: true, choices: "found" },
    { id: "decision", header: t("decision"), value: (row) => row.id, cell: (row) => <span className="mono nowrap">{row.id}</span>, width: 300, hidden: true },
  // The texts depend on the language, which `t` follows.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  ], [t, i18n.language]);
}
