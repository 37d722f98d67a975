/** What a cut-off would do on the test: who is approved, and how many of them go bad. */
import { Slider } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Block, fixed, number, percent, useUrlState } from "../../kit";
import type { Figures } from "../models/figures";
import classes from "./training.module.css";

const FIRST = 80;

export function CutOff({ figures }: { figures: Figures }) {
  const { t } = useTranslation("training");
  const [kept, keep] = useUrlState("approve", String(FIRST));
  const asked = Number(kept);
  const approve = Number.isFinite(asked) && asked >= 1 && asked <= 100 ? Math.round(asked) : FIRST;
  const now = atApproval(figures, approve / 100);
  const rate = figures.bads / figures.rows;
  return (
    <Block title={t("cut.title")} note={t("cut.note")}>
      <div className={classes.cut}>
        <div className={classes.slider}>
          <Slider thumbLabel={t("cut.slider")} value={approve} onChange={(value) => keep(String(value))} min={1} max={100} step={1} label={(value) => percent(value / 100, 0)}
            marks={[50, 60, 70, 80, 90].map((value) => ({ value, label: percent(value / 100, 0) }))} />
        </div>
        <div aria-live="polite">
          <dl className={classes.tiles}>
            {([
              [t("cut.approved"), `${percent(approve / 100, 0)} · ${number(now.approved)}`],
              [t("cut.bad_rate"), percent(now.badRate)],
              [t("cut.all"), percent(rate)],
              [t("cut.caught"), `${percent(now.caught, 0)} · ${number(now.badsDeclined)}`],
              [t("cut.goods"), number(now.goodsDeclined)],
            ] as const).map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="number">{value}</dd></div>)}
          </dl>
          <p className={classes.sentence}>{now.badsDeclined > 0 ? t("cut.words", { approve: percent(approve / 100, 0), rate: percent(now.badRate), lower: percent(Math.max(1 - now.badRate / rate, 0), 0), goods: fixed(now.goodsDeclined / now.badsDeclined, 1) }) : t("cut.everybody", { rate: percent(rate) })}</p>
        </div>
      </div>
    </Block>
  );
}

/** The counts where `share` of the test rows, the safest, is approved. */
function atApproval(figures: Figures, share: number) {
  const { curve, rows, bads } = figures;
  const flagged = 1 - share;
  const point = curve.reduce((best, one) => (Math.abs(one.flagged - flagged) < Math.abs(best.flagged - flagged) ? one : best), curve[0] ?? { flagged: 0, recall: 0, false_positive_rate: 0, precision: 0 });
  const badsDeclined = Math.round(point.recall * bads);
  const goodsDeclined = Math.round(point.false_positive_rate * (rows - bads));
  const approved = rows - badsDeclined - goodsDeclined;
  return { approved, badsDeclined, goodsDeclined, caught: point.recall, badRate: approved > 0 ? (bads - badsDeclined) / approved : 0 };
}
