/** What a training came to, from the sentence a manager reads to the tables a validator asks for. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, fixed, Instant, inWords, number, percent, PlainTable } from "../../kit";
import { Calibration, Roc } from "../models/charts";
import { ChangeBins } from "./ChangeBins";
import { CutOff } from "./CutOff";
import { figuresOf, pairs, within, type Report, type Run, type TrainingFigures } from "./figures";
import classes from "./training.module.css";

export function ReportView({ report, run }: { report: Report; run: Run }) {
  const figures = figuresOf(report);
  const champion = figures.test[report.champion];
  if (!champion) return null;
  return (
    <div className={classes.stack}>
      <InWords report={report} figures={figures} run={run} />
      <Findings findings={figures.findings} />
      <Rivals report={report} figures={figures} />
      <CutOff figures={champion} />
      <Charts report={report} figures={figures} />
      <Points figures={figures} run={run} />
      <Importance figures={figures} />
      <Segments groups={report.segments} />
      <Provenance run={run} figures={figures} />
    </div>
  );
}

function InWords({ report, figures }: { report: Report; figures: TrainingFigures; run: Run }) {
  const { t } = useTranslation("training");
  const champion = figures.test[report.champion];
  const { data } = figures;
  if (!champion) return null;
  const { auc, calibration } = champion;
  const tenth = champion.gains[0];
  return (
    <Block title={t("report.title", { champion: t(`families.${report.champion}`) })} note={t(`report.split.${data.split}`, { test: number(data.test_rows), train: number(data.train_rows), bads: number(data.test_bads) })}>
      <ul className={classes.words}>
        <li>{t("report.ranks", { pairs: pairs(auc.value), low: pairs(auc.low), high: pairs(auc.high), auc: fixed(auc.value, 3), auc_low: fixed(auc.low, 3), auc_high: fixed(auc.high, 3) })}</li>
        {tenth ? <li>{t("report.tenth", { share: percent(tenth.cumulative_bads_share, 0), lift: fixed(tenth.lift, 1) })}</li> : null}
        <li>{t(Math.abs(calibration.ratio - 1) <= 0.1 ? "report.calibrated" : calibration.ratio > 1 ? "report.too_gloomy" : "report.too_rosy", { ratio: fixed(calibration.ratio, 2) })}</li>
        {data.boundary ? <li>{t("report.boundary")} {typeof data.boundary === "string" ? <Instant at={data.boundary} form="short" /> : data.boundary}</li> : null}
        {data.unlabelled > 0 ? <li>{t("report.unlabelled", { rows: number(data.unlabelled) })}</li> : null}
      </ul>
      <dl className={classes.tiles}>
        {[["AUC", within(auc)], ["KS", fixed(champion.ks, 3)], ["Gini", fixed(champion.gini, 3)], [t("report.ap"), fixed(champion.average_precision, 3)], [t("report.brier"), fixed(champion.brier, 4)], [t("report.ratio"), fixed(calibration.ratio, 2)]].map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd className="number">{value}</dd></div>
        ))}
      </dl>
    </Block>
  );
}

function Findings({ findings }: { findings: readonly Shape<"Finding">[] }) {
  const { t } = useTranslation("training");
  if (findings.length === 0) return <Block title={t("findings.title")}><p className="soft">{t("findings.none")}</p></Block>;
  const order = ["severe", "warning", "note"];
  const sorted = findings.toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  return (
    <Block title={t("findings.title")} note={t("findings.note")}>
      <ul className={classes.findings}>
        {sorted.map((one, place) => <li key={place} data-severity={one.severity}><span><em>{t(`severity.${one.severity}`)}</em> {one.column ? <strong className="mono">{one.column}</strong> : null} {inWords(one)}</span></li>)}
      </ul>
    </Block>
  );
}

function Rivals({ report, figures }: { report: Report; figures: TrainingFigures }) {
  const { t } = useTranslation("training");
  const { candidates, comparisons } = figures.tournament;
  const against = comparisons.filter(({ first, second }) => first === report.champion || second === report.champion).map((one) => {
    const turned = one.second === report.champion;
    const [value, low, high] = turned ? [-one.value, -one.high, -one.low] : [one.value, one.low, one.high];
    return { rival: turned ? one.first : one.second, value, low, high };
  });
  return (
    <Block title={t("rivals.title")} note={t("rivals.note")}>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("rivals.title")}>
        <PlainTable label={t("rivals.title")} head={[t("rivals.family"), t("rivals.inner"), t("rivals.test"), "KS", t("report.ap"), t("report.brier"), t("report.ratio")]}
          rows={candidates.map((one) => {
            const test = figures.test[one.family];
            return [
              <span key="f">{one.family === report.champion ? <strong>{t("rivals.winner", { family: t(`families.${one.family}`) })}</strong> : t(`families.${one.family}`)}</span>, fixed(one.auc_out_of_fold, 4),
              ...(test ? [within(test.auc, 4), fixed(test.ks, 3), fixed(test.average_precision, 3), fixed(test.brier, 4), fixed(test.calibration.ratio, 2)] : ["", "", "", "", ""]),
            ];
          })} />
      </div>
      <ul className={classes.words}>
        {against.map((one) => <li key={one.rival}>{t(one.low > 0 ? "rivals.ahead" : one.high < 0 ? "rivals.behind" : "rivals.even", { rival: t(`families.${one.rival}`), value: fixed(one.value, 4), low: fixed(one.low, 4), high: fixed(one.high, 4) })}</li>)}
      </ul>
    </Block>
  );
}

function Charts({ report, figures }: { report: Report; figures: TrainingFigures }) {
  const { t } = useTranslation(["training", "models"]);
  const champion = figures.test[report.champion];
  if (!champion) return null;
  return (
    <Block title={t("charts.title")} note={t("charts.note")}>
      <div className={classes.charts}><Calibration figures={champion} /><Roc figures={champion} /></div>
    </Block>
  );
}

function Points({ figures, run }: { figures: TrainingFigures; run: Run }) {
  const { t } = useTranslation("training");
  const { points } = figures;
  if (!points) return null;
  const cuts = new Map(figures.bins.map((one) => [one.name, one]));
  return (
    <Block title={t("points.title")} note={t("points.note", { base: number(points.base_points, 0) })}>
      <div className={classes.tables}>
        {points.inputs.map((one) => (
          <div key={one.name} className={classes.table} tabIndex={0} role="region" aria-label={t("points.of", { name: one.name })}>
            <div className={classes.tableHead}><strong className="mono">{one.name}</strong><span className="soft number">{t("points.iv", { iv: fixed(cuts.get(one.name)?.iv ?? 0, 3) })}</span><ChangeBins run={run} cuts={cuts.get(one.name)} /></div>
            <PlainTable label={one.name} head={[t("points.bin"), t("rows"), t("points.rate"), t("points.points")]}
              rows={one.rows.map((row) => [row.bin === "missing" ? t("missing") : row.bin, number(row.count), row.count > 0 ? percent(row.bads / row.count) : "–", <span key="p" className={row.points > 0 ? classes.good : row.points < 0 ? classes.bad : undefined}>{number(row.points, 1)}</span>])} />
          </div>
        ))}
      </div>
    </Block>
  );
}

function Importance({ figures }: { figures: TrainingFigures }) {
  const { t } = useTranslation("training");
  const shown = figures.importance.filter(({ gain_share: share }) => share > 0).slice(0, 15);
  const most = shown[0]?.gain_share ?? 1;
  if (shown.length === 0) return null;
  return (
    <Block title={t("importance.title")} note={t("importance.note")}>
      <table className={classes.bars} aria-label={t("importance.title")}>
        <thead className="visually-hidden"><tr><th scope="col">{t("column")}</th><th scope="col">{t("importance.share")}</th></tr></thead>
        <tbody>{shown.map((one) => <tr key={one.name}><th scope="row" className="mono">{one.name}</th><td><span className={classes.strip} style={{ inlineSize: `${(one.gain_share / most) * 100}%` }} aria-hidden /><span className="number">{percent(one.gain_share)}</span></td></tr>)}</tbody>
      </table>
    </Block>
  );
}

function Segments({ groups }: { groups: readonly Shape<"SegmentGroup">[] }) {
  const { t } = useTranslation("training");
  if (groups.length === 0) return null;
  return (
    <Block title={t("segments.title")} note={t("segments.note")}>
      <div className={classes.tables} data-broad>
        {groups.map((group) => (
          <div key={group.column} className={classes.table} tabIndex={0} role="region" aria-label={t("segments.of", { name: group.column })}>
            <div className={classes.tableHead}><strong className="mono">{group.column}</strong>{group.forbidden ? <span className="soft">{t("segments.forbidden")}</span> : null}</div>
            <PlainTable label={group.column} head={[t("segments.group"), t("rows"), t("segments.said"), t("segments.was"), t("auc"), t("segments.approved")]}
              rows={group.segments.map((one) => [one.group === "missing" ? t("missing") : one.group, number(one.rows), percent(one.expected), percent(one.bad_rate), one.auc === null ? "–" : within({ value: one.auc, low: one.low ?? 0, high: one.high ?? 0 }), percent(one.approved, 0)])} />
          </div>
        ))}
      </div>
    </Block>
  );
}

function Provenance({ run, figures }: { run: Run; figures: TrainingFigures }) {
  const { t } = useTranslation("training");
  return (
    <Block title={t("provenance.title")} note={t("provenance.note")}>
      <PlainTable label={t("provenance.title")} head={[t("provenance.what"), t("provenance.value")]} rows={[
        [t("table"), run.called],
        [t("provenance.asked"), `${t(`goals.${run.asked.goal ?? "credit"}`)} · ${t(`explains.${run.asked.explain ?? "balanced"}`)}`],
        [t("provenance.forbidden"), figures.columns.filter(({ excluded }) => excluded === "forbidden").map(({ name }) => name).join(", ") || "–"],
        ...(run.asked.bin_edits ?? []).map((one) => [t("bins.changed", { name: one.input }), `${one.reason} (${one.who})`] as [string, string]),
        [t("provenance.seed"), <span key="s" className="mono">{run.asked.seed}</span>],
        [t("provenance.digest"), <span key="d" className="mono">{figures.digest}</span>],
      ]} />
    </Block>
  );
}
