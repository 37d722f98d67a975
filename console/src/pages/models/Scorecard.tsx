/** The tables of a scorecard, a linear or an additive model as they are printed: every input, every bin, its points; and the pairs. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, number, percent, PlainTable, useRangeText } from "../../kit";
import classes from "./models.module.css";
import type { Model } from "./ModelPage";

type Bin = Shape<"ModelBin">;

export function Scorecard({ model }: { model: Model }) {
  return (
    <div className={classes.stack}>
      {model.parts.map((part, place) => (part.card.length > 0 ? <Card key={place} part={part} blended={model.parts.length > 1} /> : null))}
      {model.parts.map((part, place) => (part.pairs.length > 0 ? <Pairs key={place} part={part} /> : null))}
    </div>
  );
}

function Card({ part, blended }: { part: Shape<"ModelPart">; blended: boolean }) {
  const { t } = useTranslation("models");
  const range = useRangeText();
  const base = part.base_points ?? null;
  const additive = part.kind === "additive", linear = part.kind === "linear";
  const labels = { values: "", missing: t("missing"), other: t("elsewhere") };
  const notes = [linear ? t("linear_note") : "", base === null ? "" : t("base_points", { points: number(base, 1) }), blended ? t("blend_weight", { share: percent(part.weight, 0) }) : ""];
  return (
    <Block title={t(linear ? "linear_title" : additive ? "tables_title" : "scorecard_title")} note={notes.filter(Boolean).join(" ")}>
      <div className={classes.cards}>
        {part.card.map((one) => (
          <div key={one.name} className={classes.card} tabIndex={0} role="region" aria-label={one.name}>
            <div className={classes.cardHead}><strong className="mono">{one.name}</strong>{linear ? null : <span className="soft number">{t("iv", { iv: number(one.information_value, 3) })}</span>}</div>
            {linear ? <PlainTable label={one.name} head={[t("value"), t("log_odds"), t("points")]} rows={one.rows.map((row) => cellsOf(row, labels[row.of] || range(one.name, row)).filter((_, at) => !COUNTED.has(at)))} /> : <PlainTable label={one.name} head={[t("bin"), t("rows"), t("rate"), t(additive ? "log_odds" : "woe"), t("points")]} rows={one.rows.map((row) => cellsOf(row, labels[row.of] || range(one.name, row)))} />}
          </div>
        ))}
      </div>
    </Block>
  );
}

function Pairs({ part }: { part: Shape<"ModelPart"> }) {
  const { t } = useTranslation("models");
  return (
    <Block title={t("pairs")} note={t("pairs_note")}>
      <div className={classes.pairs} tabIndex={0} role="region" aria-label={t("pairs")}>
        <PlainTable label={t("pairs")} head={[t("first_input"), t("second_input"), t("cells"), t("least"), t("most")]}
          rows={part.pairs.map((pair) => [<span key="f" className="mono">{pair.first}</span>, <span key="s" className="mono">{pair.second}</span>, number(pair.cells), number(pair.least, 3), number(pair.most, 3)])} />
      </div>
    </Block>
  );
}

/** Cells of a row that a line does not have: rows and their bad rate. */
const COUNTED = new Set([1, 2]);

const cellsOf = (row: Bin, label: string) => [label, number(row.count), row.rate === null || row.rate === undefined ? "" : percent(row.rate), number(row.woe, 3), row.points === null || row.points === undefined ? "" : <Points key="p" of={row.points} />];

const Points = ({ of }: { of: number }) => <span className={of > 0 ? classes.good : of < 0 ? classes.bad : undefined}>{number(of, 1)}</span>;
