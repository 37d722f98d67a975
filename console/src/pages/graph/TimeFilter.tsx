/** Which links are seen, by the day of their last use; above, how many there are of each. */
import { Button, RangeSlider } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "../../kit";
import { barsOf, type Link, type Span } from "./explored";
import classes from "./graph.module.css";

const DAY_MS = 86_400_000;

export function TimeFilter({ links, whole, span, onChange }: { links: readonly Link[]; whole: Span; span: Span | undefined; onChange: (span: Span | undefined) => void }) {
  const { t } = useTranslation("graph");
  const days = Math.round((whole.to - whole.from) / DAY_MS);
  const placeOf = (at: number): number => Math.max(0, Math.min(days, Math.round((at - whole.from) / DAY_MS)));
  const shown: [number, number] = span ? [placeOf(span.from), placeOf(span.to)] : [0, days];
  const [dragged, setDragged] = useState<[number, number]>();
  const [low, high] = dragged ?? shown;
  const bars = useMemo(() => barsOf(links, whole), [links, whole]);
  const most = Math.max(...bars);
  const day = (place: number): string => moment(new Date(whole.from + place * DAY_MS).toISOString(), "date");
  const set = (value: [number, number]): void => {
    setDragged(undefined);
    onChange(value[0] === 0 && value[1] === days ? undefined : { from: whole.from + value[0] * DAY_MS, to: whole.from + value[1] * DAY_MS });
  };
  return (
    <section className={classes.time} aria-label={t("time")}>
      <div className={classes.timeHead}>
        <span>{t("time")}</span>
        <span className="number soft">{t("days", { from: day(low), to: day(high) })}</span>
        {span ? <Button size="compact-xs" variant="subtle" onClick={() => onChange(undefined)}>{t("all_time")}</Button> : null}
      </div>
      <svg className={classes.bars} viewBox={`0 0 ${bars.length} 1`} preserveAspectRatio="none" aria-hidden>
        {bars.map((count, place) => {
          const at = ((place + 0.5) / bars.length) * days;
          return <rect key={place} x={place + 0.1} width={0.8} y={1 - count / most} height={count / most} data-out={at < low - 0.5 || at > high + 0.5 || undefined} />;
        })}
      </svg>
      <RangeSlider size="sm" min={0} max={days} minRange={0} step={1} label={day} value={[low, high]} thumbFromLabel={t("since")} thumbToLabel={t("until")} onChange={setDragged} onChangeEnd={set} />
    </section>
  );
}
