import { UnstyledButton } from "@mantine/core";
import { ArrowDownRight, ArrowRight, ArrowUpRight, BookOpen, Check, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, inWords, moment } from "../../kit";
import { comparison, isCount, isGood, shown, standing, wayOf } from "./measure";
import classes from "./overview.module.css";
import { Sparkline } from "./Sparkline";

const ARROWS = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight };

interface TileProps {
  tile: Shape<"OverviewTile">;
  isChosen: boolean;
  onChoose: () => void;
  onDefine: () => void;
}

/** A number with its target and its move; one click to its definition, one to its course. */
export function Tile({ tile, isChosen, onChoose, onDefine }: TileProps) {
  const { t } = useTranslation("overview");
  const name = inWords(tile.title as { en: string; zh: string });
  return (
    <li className={classes.tile} data-chosen={isChosen || undefined} data-metric={tile.name}>
      <div className={classes.tileHead}>
        <UnstyledButton className={classes.name} onClick={onChoose} aria-pressed={isChosen} aria-label={t("show_course", { name })} disabled={tile.missing !== null}>{name}</UnstyledButton>
        <UnstyledButton className={classes.define} onClick={onDefine} aria-label={t("definition_of", { name })} title={t("definition")}><BookOpen size={15} aria-hidden /></UnstyledButton>
      </div>
      {tile.missing ? <p className={classes.missing}>{t(`missing_${tile.missing}`)}</p> : <Measured tile={tile} />}
      {tile.simulated ? <p><Badge tone="wait">{t("simulated")}</Badge></p> : null}
    </li>
  );
}

function Measured({ tile }: { tile: Shape<"OverviewTile"> }) {
  const { t } = useTranslation("overview");
  const value = tile.value ?? null;
  const stands = standing(value, tile.target ?? null);
  return (
    <>
      <p className={classes.value}><span>{shown(value, tile.unit)}</span>{isCount(tile.unit) ? <small>{t(`unit_${tile.unit}`, { defaultValue: tile.unit })}</small> : null}</p>
      <Move tile={tile} />
      {stands ? (
        <p className={classes.target} data-standing={stands}>
          {stands === "within" ? <Check size={13} aria-hidden /> : <TriangleAlert size={13} aria-hidden />}
          {t(`target_${stands}`)} <span className="soft">{band(tile, t)}</span>
        </p>
      ) : null}
      <Sparkline values={tile.points.map((one) => one.value)} />
      {tile.anchored && tile.from && tile.to ? <p className={classes.dates}>{newest(moment(tile.from, "day"), moment(before(tile.to), "day"), t)}</p> : null}
    </>
  );
}

const newest = (from: string, to: string, t: (key: string, values: Record<string, string>) => string): string =>
  from === to ? t("anchored_day", { day: from }) : t("anchored", { from, to });

const before = (end: string): number => new Date(end).getTime() * 1000 - 1;

function band(tile: Shape<"OverviewTile">, t: (key: string, values: Record<string, string>) => string): string {
  const { low, high } = tile.target ?? { low: null, high: null };
  const [from, to] = [low === null ? null : shown(low, tile.unit), high === null ? null : shown(high, tile.unit)];
  if (from !== null && to !== null) return t("band", { from, to });
  return from === null ? t("band_high", { to: to ?? "" }) : t("band_low", { from });
}

function Move({ tile }: { tile: Shape<"OverviewTile"> }) {
  const { t } = useTranslation("overview");
  const [value, previous] = [tile.value ?? null, tile.previous ?? null];
  const told = comparison(value, previous, tile.unit, (points) => t("points", { points }));
  if (value === null) return <p className={classes.move}>{t("nothing_counts")}</p>;
  if (told === null || previous === null) return <p className={classes.move}>{t("no_comparison")}</p>;
  const way = wayOf(value - previous);
  const good = isGood(way, tile.better);
  const Arrow = ARROWS[way];
  return (
    <p className={classes.move} data-good={good ?? undefined}>
      <Arrow size={14} aria-hidden /> <strong>{told}</strong> <span className="soft">{t("against", { previous: shown(previous, tile.unit) })}</span>
      {good === null ? null : <span className="visually-hidden">{t(good ? "better" : "worse")}</span>}
    </p>
  );
}
