import { ActionIcon, Tooltip } from "@mantine/core";
import { ChartColumnStacked, Table2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Block, moment, number, percent, PlainTable } from "../../kit";
import classes from "./live.module.css";
import type { Bucket } from "./useStream";

const OUTCOMES = ["approve", "review", "decline"] as const;
const HIGH = 44;

/** What was decided in the last two minutes: a stack of outcomes every two seconds. */
export function Mix({ buckets }: { buckets: readonly Bucket[] }) {
  const { t } = useTranslation(["live", "kit"]);
  const [asTable, setAsTable] = useState(false);
  const sums = OUTCOMES.map((outcome) => buckets.reduce((sum, bucket) => sum + bucket[outcome], 0));
  const total = sums.reduce((sum, one) => sum + one, 0);
  const most = Math.max(...buckets.map((bucket) => bucket.approve + bucket.review + bucket.decline), 1);
  const words = OUTCOMES.map((outcome, place) => t("mix_part", { outcome: t(`kit:outcome.${outcome}`), share: total ? percent((sums[place] ?? 0) / total) : "–" })).join(" · ");
  const label = t(asTable ? "kit:chart.as_chart" : "kit:chart.as_table");
  return (
    <Block title={t("mix")} note={words}
      actions={<Tooltip label={label}><ActionIcon size="sm" aria-label={label} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{asTable ? <ChartColumnStacked size={15} /> : <Table2 size={15} />}</ActionIcon></Tooltip>}>
      {asTable ? (
        <div className={classes.mixTable} tabIndex={0} role="region" aria-label={t("mix")}>
          <PlainTable label={t("mix")} head={[t("from"), ...OUTCOMES.map((outcome) => t(`kit:outcome.${outcome}`))]}
            rows={buckets.filter((bucket) => bucket.approve + bucket.review + bucket.decline > 0).toReversed().map((bucket) => [moment(bucket.at * 1000, "time"), ...OUTCOMES.map((outcome) => number(bucket[outcome]))])} />
        </div>
      ) : (
        <svg className={classes.mix} viewBox={`0 0 ${buckets.length * 4} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={`${t("mix")}: ${words}`}>
          {buckets.map((bucket, place) => {
            let top = HIGH;
            return OUTCOMES.map((outcome) => {
              const height = (bucket[outcome] / most) * (HIGH - 2);
              top -= height;
              return height > 0 ? <rect key={`${bucket.at}${outcome}`} x={place * 4} y={top} width={3} height={height} data-outcome={outcome} /> : null;
            });
          })}
        </svg>
      )}
    </Block>
  );
}
