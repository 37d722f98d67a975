/** What moving limits did: those whose limits may move beside those held out by lot, with intervals. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, day, ErrorPanel, fixed, Loading, number, percent, PlainTable, useMoney } from "../../kit";
import classes from "./limits.module.css";

type Figure = Shape<"LimitEffectFigure">;

const PER_CENT = 100;

export function Effect({ strategy }: { strategy: string }) {
  const { t } = useTranslation("limits");
  const found = useGet("/v1/limit-strategies/{name}/effect", { params: { path: { name: strategy } } });
  const effect = found.data;
  const money = useMoney(effect?.currency);
  const written = (figure: Figure["figure"], value: number | null): string => {
    if (value === null) return "";
    if (figure === "limit_minor") return money(Math.round(value));
    if (figure === "utilisation" || figure === "late") return percent(value);
    return `${fixed(value / PER_CENT)} %`;
  };
  return (
    <Block title={t("effect")} note={effect ? t("effect_note", { treated: number(effect.treated), held: number(effect.held_out), on: day(effect.on) }) : undefined}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !effect ? <Loading lines={4} /> : null}
      {effect ? (
        <div className={classes.tight}>
          <PlainTable label={t("effect")} head={[t("figure"), t("may_move"), t("held_out"), t("difference"), t("interval")]}
            rows={effect.figures.map((one) => [t(`figures.${one.figure}`), ...[one.treated, one.held_out, one.more].map((value, at) => <span key={at} className="number nowrap">{written(one.figure, value)}</span>),
              one.low === null ? t("not_enough") : <span key="i" className="number nowrap">{`${written(one.figure, one.low)} … ${written(one.figure, one.high)}`}</span>])} />
        </div>
      ) : null}
    </Block>
  );
}
