/** How a version did on real decisions: figures where outcomes are known, its scores, what moved them. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, Empty, ErrorPanel, Instant, Loading, number, percent, PlainTable } from "../../kit";
import { Calibration, KsCurve, Roc, ScoreDistribution, Weights } from "./charts";
import type { Figures } from "./figures";
import classes from "./models.module.css";
import type { Model } from "./ModelPage";

const TRAINING = ["auc_test", "ks_test", "auc_out_of_fold", "log_loss_out_of_fold"] as const;

export function Performance({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const found = useGet("/v1/models/{name}/performance", { params: { path: { name: model.name }, query: { version: model.digest } } }, { staleTime: 60_000 });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={classes.stack}>
      <Block title={t("in_training")} note={t("in_training_note")}>
        <Tiles of={[
          ...TRAINING.filter((name) => model.metrics[name] !== undefined).map((name) => [t(`figures.${name}`), number(model.metrics[name] ?? 0, 4)] as const),
          [t("rows"), number(model.rows)],
          [t("adverse_share"), model.rows ? percent(model.adverse_rows / model.rows) : ""],
        ]} />
      </Block>
      {found.data ? <Lived performance={found.data} /> : <Loading lines={6} slow={t("slow")} />}
    </div>
  );
}

function Lived({ performance }: { performance: Shape<"ModelPerformance"> }) {
  const { t } = useTranslation("models");
  const figures = performance.figures as Figures | null;
  return (
    <>
      {figures ? (
        <Block title={t("lived")} note={t("lived_note", { rows: number(figures.rows), bads: number(figures.bads), view: performance.view })}>
          <Tiles of={[
            [t("figures.auc"), `${number(figures.auc.value, 3)} (${number(figures.auc.low, 3)}–${number(figures.auc.high, 3)})`],
            [t("figures.ks"), number(figures.ks, 3)],
            [t("figures.gini"), number(figures.gini, 3)],
            [t("figures.brier"), number(figures.brier, 4)],
            [t("figures.ratio"), number(figures.calibration.ratio, 3)],
            [t("figures.slope"), figures.calibration.slope === null ? "" : number(figures.calibration.slope, 3)],
          ]} />
          <div className={classes.charts}>
            <Roc figures={figures} />
            <KsCurve figures={figures} />
            <Calibration figures={figures} />
          </div>
          <h3>{t("gains")}</h3>
          <div className={classes.wide} tabIndex={0} role="region" aria-label={t("gains")}>
            <PlainTable label={t("gains")} head={[t("tenth"), t("decisions"), t("adverse"), t("rate"), t("lift"), t("caught")]}
              rows={figures.gains.map((one, place) => [place + 1, number(one.rows), number(one.bads), percent(one.bad_rate), number(one.lift, 2), percent(one.cumulative_bads_share)])} />
          </div>
        </Block>
      ) : <Block title={t("lived")}><Empty title={t("no_outcomes")} hint={t("no_outcomes_hint")} /></Block>}
      <Block title={t("scores")} note={performance.since ? <>{t("scores_note", { scored: number(performance.scored), mean: percent(performance.mean ?? 0) })} <Instant at={performance.since} form="short" /></> : undefined}>
        {performance.scored ? <ScoreDistribution bands={performance.bands} /> : <Empty title={t("no_scores")} hint={t("no_scores_hint")} />}
      </Block>
      {performance.weights.length ? (
        <Block title={t("weights")} note={t("weights_note", { count: performance.explained, number: number(performance.explained) })}><Weights weights={performance.weights} /></Block>
      ) : null}
    </>
  );
}

/** A few figures side by side. */
export function Tiles({ of }: { of: readonly (readonly [string, string])[] }) {
  return (
    <dl className={classes.tiles}>
      {of.filter(([, value]) => value !== "").map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="number">{value}</dd></div>)}
    </dl>
  );
}
