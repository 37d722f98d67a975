/** Where a version comes from: data, features, seed, software, hands. */
import type { TFunction } from "i18next";
import { CircleCheck, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Block, Copyable, Instant, number, Pairs, percent, PlainTable } from "../../kit";
import classes from "./models.module.css";
import type { Model } from "./ModelPage";

export function Lineage({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const hands = model.history.find((one) => one.digest === model.digest);
  return (
    <div className={classes.stack}>
      <Block title={t("lineage")}>
        <Pairs of={[
          [t("version"), <Copyable key="v" text={model.digest} />],
          [t("called"), <span key="c" className="mono">{model.called}</span>],
          [t("author"), <span key="a">{model.author} <Instant at={model.pushed_at} /></span>],
          [t("approved"), hands?.approvers.join(", ")],
          [t("target"), t("target_is", { target: model.target, adverse: model.adverse })],
          [t("rows"), t("rows_of", { rows: number(model.rows), adverse: number(model.adverse_rows) })],
          [t("data_digest"), model.data_digest ? <Copyable key="d" text={model.data_digest} /> : t("not_recorded")],
          [t("features_digest"), model.features_digest ? <span key="f"><Copyable text={model.features_digest} /> <FeaturesKnown known={model.features_known ?? null} /></span> : t("raw_fields")],
          [t("seed"), model.seed === null || model.seed === undefined ? "" : String(model.seed)],
          [t("note"), model.note],
        ]} />
      </Block>
      <Block title={t("made_of")}>
        <PlainTable label={t("made_of")} head={[t("part"), t("weight"), t("inputs"), t("size")]}
          rows={model.parts.map((part) => [t(`kinds.${part.kind}`), percent(part.weight, 0), number(part.inputs), sizeOf(part, t)])} />
        <Pairs of={[
          [t("network_reads"), model.parts.flatMap((part) => part.reads).join(", ")],
          [t("calibration"), <Details key="c" of={model.calibration} />],
          [t("scaling"), model.scaling ? <Details key="s" of={model.scaling} /> : t("no_points")],
        ]} />
      </Block>
      <Block title={t("told")}><Pairs of={Object.entries(model.parameters).map(([name, value]) => [<span key={name} className="mono">{name}</span>, value] as const)} /></Block>
      <Block title={t("environment")}><Pairs of={Object.entries(model.environment).map(([name, value]) => [<span key={name} className="mono">{name}</span>, value] as const)} /></Block>
    </div>
  );
}

function sizeOf(part: Shape<"ModelPart">, t: TFunction<"models">) {
  if (part.kind === "trees") return t("trees_of", { trees: number(part.trees), leaves: number(part.leaves) });
  if (part.kind === "sage") return t("network_of", { width: number(part.width), slots: number(part.slots), links: part.links.join(", ") });
  if (part.kind === "gru") return t("history_of", { width: number(part.width) });
  if (part.kind === "linear") return t("lines_of", { numbers: number(part.card.filter(isLine).length), texts: number(part.card.filter((one) => !isLine(one)).length) });
  if (part.kind === "tabular_network") return t("state_of", { width: number(part.width) });
  if (part.kind === "additive") return t("pairs_of", { bins: number(binsOf(part)), pairs: number(part.pairs.length) });
  return t("bins_of", { bins: number(binsOf(part)) });
}

/** A number shows the ends of its line. */
const isLine = (one: Shape<"ModelPart">["card"][number]) => one.rows.some((row) => row.label.startsWith("<= "));

const binsOf = (part: Shape<"ModelPart">) => part.card.reduce((sum, one) => sum + one.rows.length, 0);

function FeaturesKnown({ known }: { known: boolean | null }) {
  const { t } = useTranslation("models");
  if (known === null) return null;
  return known ? <Badge tone="good" icon={CircleCheck}>{t("features_same")}</Badge> : <Badge tone="bad" icon={CircleX}>{t("features_differ")}</Badge>;
}

const Details = ({ of }: { of: Record<string, unknown> }) => (
  <span className="number">{Object.entries(of).filter(([, value]) => value !== null && typeof value !== "object").map(([name, value]) => `${name} ${typeof value === "number" ? number(value, 4) : String(value)}`).join(", ")}</span>
);
