/** What a programme did: whom it might tell something beside whom it held out by lot, with intervals. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, ErrorPanel, Loading, number, percent, PlainTable, useMoney } from "../../kit";
import classes from "./offers.module.css";

type Figure = Shape<"OfferEffectFigure">;

export function Effect({ programme, title }: { programme: string; title: string }) {
  const { t } = useTranslation("offers");
  const found = useGet("/v1/programmes/{name}/effect", { params: { path: { name: programme } } });
  const effect = found.data;
  const money = useMoney(effect?.currency);
  const written = (figure: Figure["figure"], value: number | null): string => {
    if (value === null) return "";
    return figure === "paid_minor" ? money(Math.round(value)) : percent(value, 1);
  };
  return (
    <Block title={t("effect", { title })} note={effect ? t("effect_note", { decisions: number(effect.decisions), held: number(effect.held_decisions), told: number(effect.told), open: number(effect.open), on: effect.on }) : undefined}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !effect ? <Loading lines={4} /> : null}
      {effect && effect.decisions + effect.held_decisions === 0 ? <p className={classes.quiet}>{t("nothing_over")}</p> : null}
      {effect && effect.decisions + effect.held_decisions > 0 ? (
        <div className={classes.tight}>
          <PlainTable label={t("effect", { title })} head={[t("figure"), t("might_be_told"), t("held_out"), t("difference"), t("interval")]}
            rows={effect.figures.map((one) => [t(`figures.${one.figure}`), ...[one.treated, one.held_out, one.more].map((value, at) => <span key={at} className="number nowrap">{written(one.figure, value)}</span>),
              one.low === null ? t("not_enough") : <span key="i" className="number nowrap">{`${written(one.figure, one.low)} … ${written(one.figure, one.high)}`}</span>])} />
        </div>
      ) : null}
    </Block>
  );
}
