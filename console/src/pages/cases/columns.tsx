import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Amount, AMOUNT_PX, Instant, inWords, percent, useEntityName, type Column } from "../../kit";
import classes from "./cases.module.css";
import { Due, StateBadge } from "./Standing";
import type { Case } from "./useCaseActions";

/** What is told of a case in a list. */
export function useCaseColumns(queues: readonly Shape<"CaseQueue">[], dispositions: readonly Shape<"CaseDisposition">[]): Column<Case>[] {
  const { t, i18n } = useTranslation(["cases", "kit"]);
  const entity = useEntityName();
  return useMemo(() => {
    const titles = new Map(queues.map((one) => [one.queue, inWords(one.title)]));
    const ends = new Map(dispositions.map((one) => [one.disposition, inWords(one.title)]));
    const queueOf = (row: Case): string => titles.get(row.queue) ?? row.queue;
    return [
      { id: "number", header: t("number"), value: (row) => row.number, cell: (row) => <span className="number">{`#${row.number}`}</span>, width: 76, grow: 0 },
      { id: "due", header: t("due_column"), value: (row) => row.due_at, cell: (row) => <Due of={row} />, width: 165, grow: 0 },
      { id: "loss", header: t("loss"), hint: t("loss_hint"), value: (row) => row.expected_loss_minor, cell: (row) => <Amount minor={row.expected_loss_minor} />, width: AMOUNT_PX, grow: 0, align: "right" },
      { id: "probability", header: t("probability"), hint: t("probability_hint"), value: (row) => row.probability, cell: (row) => (row.probability === null ? null : <>{percent(row.probability)}</>), width: 104, grow: 0, align: "right", hidden: true },
      { id: "state", header: t("state_column"), value: (row) => t(`state.${row.state}`), cell: (row) => <StateBadge state={row.state} />, width: 120, grow: 0 },
      { id: "assignee", header: t("assignee"), value: (row) => row.assignee, width: 72 },
      { id: "reasons", header: t("reasons"), value: (row) => row.reasons.join(", "), cell: (row) => <Reasons of={row.reasons} />, width: 150, grow: 3 },
      { id: "queue", header: t("queue"), value: queueOf, width: 128 },
      { id: "policy", header: t("policy"), value: (row) => row.policy, width: 130, choices: "found", hidden: true },
      { id: "entity", header: t("entity"), value: (row) => `${row.entity_kind} ${row.entity}`, cell: (row) => <span className="nowrap">{entity(row.entity_kind)} <span className="mono">{row.entity.slice(0, 8)}</span></span>, width: 150, hidden: true },
      { id: "decisions", header: t("decisions"), value: (row) => row.decisions, width: 96, grow: 0, align: "right", hidden: true },
      { id: "opened", header: t("opened"), value: (row) => row.opened_at, cell: (row) => <Instant at={row.opened_at} form="short" />, width: 150, grow: 0, hidden: true },
      { id: "disposition", header: t("disposition"), value: (row) => (row.disposition === null ? null : ends.get(row.disposition) ?? row.disposition), width: 130, hidden: true },
      { id: "changed", header: t("changed"), value: (row) => row.changed_at, cell: (row) => <Instant at={row.changed_at} form="short" />, width: 150, grow: 0, hidden: true },
    ];
  // The texts depend on the language, which `t` follows.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [t, i18n.language, queues, dispositions]);
}

/** The first reason and how many more there are. */
function Reasons({ of: [first, ...more] }: { of: readonly string[] }) {
  return first === undefined ? null : <span className={classes.reasons} title={[first, ...more].join(", ")}><span>{first}</span>{more.length > 0 ? <span className="soft">{`+${more.length}`}</span> : null}</span>;
}
