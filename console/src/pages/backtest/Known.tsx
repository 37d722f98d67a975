import { useTranslation } from "react-i18next";
import { Badge, number, PlainTable } from "../../kit";
import classes from "./backtest.module.css";
import { shareText, type Report } from "./parts";

/** How much of the answer is known, before any of it is told. */
export function Known({ report }: { report: Report }) {
  const { t } = useTranslation("backtest");
  const { honesty } = report;
  const unknown = honesty.compared - honesty.known;
  const rows = [
    [t("known.known"), honesty.known, shareText(honesty.known, honesty.compared), ""],
    ...Object.entries(honesty.unknown).map(([why, count]) => [t("known.unknown"), count, shareText(count, honesty.compared), t(`why.${why}`)]),
    ...honesty.unknowable.map((one) => [t("known.unknowable"), one.count, "–", t(`unknowable.${one.code}`, { name: one.name })]),
  ];
  return (
    <>
      <div className={classes.bar} role="img" aria-label={t("known.bar", { known: shareText(honesty.known, honesty.compared), unknown: shareText(unknown, honesty.compared) })}>
        <span style={{ width: shareText(honesty.known, honesty.compared).replace(",", "."), background: "var(--good)" }} />
        <span style={{ flex: 1, background: "var(--wait)" }} />
      </div>
      <div className={classes.tiles}>
        <Tile title={t("known.compared")} big={number(honesty.compared)} line={t("known.of", { whole: number(honesty.decisions) })} tone={honesty.compared === honesty.decisions ? "good" : "wait"} />
        <Tile title={t("known.changed")} big={number(report.changed)} line={shareText(report.changed, honesty.compared)} tone="good" />
        <Tile title={t("known.unknown")} big={shareText(unknown, honesty.compared)} line={t("known.count", { count: unknown })} tone={unknown > honesty.compared / 2 ? "bad" : unknown > 0 ? "wait" : "good"} />
        <Tile title={t("known.mature")} big={shareText(honesty.known_approved_then, honesty.approved_then)} line={t("known.of_approved", { whole: number(honesty.approved_then) })} tone={honesty.known_approved_then < honesty.approved_then / 2 ? "bad" : "good"} />
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("known.title")}>
        <PlainTable label={t("known.title")} head={[t("known.outcome"), t("decisions"), t("known.share"), t("known.why")]} rows={rows} />
      </div>
      <ul className={classes.notes}>
        {honesty.simulated ? <li><Badge tone="wait">{t("known.simulated")}</Badge> {t("known.simulated_note")}</li> : null}
        {honesty.inferred_by ? <li>{t("known.inferred", { model: honesty.inferred_by })}</li> : null}
        {Object.entries(report.candidate.computed).map(([name, count]) => <li key={name}>{t("known.computed", { name, count })}</li>)}
        {report.candidate.by_row ? <li>{t("known.by_row", { why: report.candidate.by_row })}</li> : null}
      </ul>
    </>
  );
}

export function Tile({ title, big, line, tone }: { title: string; big: string; line: string; tone: "good" | "bad" | "wait" }) {
  return <section className={classes.tile} data-tone={tone}><h3>{title}</h3><p className={classes.big}>{big}</p><p>{line}</p></section>;
}
