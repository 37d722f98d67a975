import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { Badge, language, plain } from "../../../kit";
import classes from "../studio.module.css";

const MOST = 8;

/** Gaps, overlaps and rows that are never taken, each with an application that shows it. */
export function TableMarks({ report }: { report: Shape<"DraftTable"> }) {
  const { t } = useTranslation("studio");
  // The analysis speaks English; its example says the same in any language.
  const place = (one: { words: string; example: Record<string, unknown> }): string =>
    language() === "en" ? one.words : Object.entries(one.example).map(([name, value]) => `${name} = ${value === null ? t("missing") : plain(value)}`).join("，");
  const lines = [
    ...report.unreachable.map((one) => ({ key: `u${one.row}`, tone: "bad" as const, words: t("table.unreachable", { row: one.row + 1 }) })),
    ...report.gaps.map((one, index) => ({ key: `g${index}`, tone: report.has_default ? ("neutral" as const) : ("bad" as const), words: t(report.has_default ? "table.gap_default" : "table.gap", { place: place(one) }) })),
    ...report.missing_gaps.map((one, index) => ({ key: `m${index}`, tone: "wait" as const, words: t("table.missing_gap", { place: place(one) }) })),
    ...(report.hit === "unique" ? report.overlaps.map((one) => ({ key: `o${one.first} ${one.second}`, tone: "bad" as const, words: t("table.overlap", { first: one.first + 1, second: one.second + 1, place: place(one) }) })) : []),
    // Elsewhere rows may overlap, and mostly do: how many is worth knowing, each of them is not.
    ...(report.hit !== "unique" && report.overlaps.length > 0 ? [{ key: "overlaps", tone: "neutral" as const, words: t(`table.overlaps_${report.hit}`, { count: report.overlaps.length }) }] : []),
  ];
  if (lines.length === 0) return <p><Badge tone="good">{t(report.complete ? "table.sound" : "table.incomplete")}</Badge></p>;
  return (
    <ul className={classes.marks} aria-live="polite">
      {lines.slice(0, MOST).map((one) => <li key={one.key} style={{ color: one.tone === "bad" ? "var(--bad)" : one.tone === "wait" ? "var(--wait)" : "var(--soft)" }}><TriangleAlert size={13} aria-hidden /> {one.words}</li>)}
      {lines.length > MOST ? <li className="soft">{t("more", { count: lines.length - MOST })}</li> : null}
      {report.complete ? null : <li className="soft">{t("table.incomplete")}</li>}
    </ul>
  );
}
