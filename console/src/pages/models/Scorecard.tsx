/** The tables of a scorecard as they are printed: every input, every bin, its points. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, number, percent, PlainTable } from "../../kit";
import classes from "./models.module.css";
import type { Model } from "./ModelPage";

type Bin = Shape<"ModelBin">;

export function Scorecard({ model }: { model: Model }) {
  return (
    <div className={classes.stack}>
      {model.parts.map((part, place) => (part.kind === "scorecard" ? <Card key={place} part={part} blended={model.parts.length > 1} /> : null))}
    </div>
  );
}

function Card({ part, blended }: { part: Shape<"ModelPart">; blended: boolean }) {
  const { t } = useTranslation("models");
  const base = part.base_points ?? null;
  const notes = [base === null ? "" : t("base_points", { points: number(base, 1) }), blended ? t("blend_weight", { share: percent(part.weight, 0) }) : ""];
  return (
    <Block title={t("scorecard_title")} note={notes.filter(Boolean).join(" ")}>
      <div className={classes.cards}>
        {part.card.map((one) => (
          <div key={one.name} className={classes.card} tabIndex={0} role="region" aria-label={one.name}>
            <div className={classes.cardHead}><strong className="mono">{one.name}</strong><span className="soft number">{t("iv", { iv: number(one.information_value, 3) })}</span></div>
            <PlainTable label={one.name} head={[t("bin"), t("rows"), t("rate"), t("woe"), t("points")]} rows={one.rows.map(cellsOf)} />
          </div>
        ))}
      </div>
    </Block>
  );
}

const cellsOf = (row: Bin) => [row.label, number(row.count), row.rate === null || row.rate === undefined ? "" : percent(row.rate), number(row.woe, 3), <Points key="p" of={row.points} />];

const Points = ({ of }: { of: number }) => <span className={of > 0 ? classes.good : of < 0 ? classes.bad : undefined}>{number(of, 1)}</span>;
