/** How a ring formed, and what became of it: found, grown, merged, split, listed. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Shape as Api } from "../../api";
import { Block, Chart, Instant, inWords, moment, number } from "../../kit";
import classes from "./rings.module.css";

export function Formation({ timeline }: { timeline: readonly Api<"RingMoment">[] }) {
  const { t } = useTranslation("rings");
  const option = useMemo(() => ({
    grid: { left: 4, right: 12, top: 10, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis" },
    xAxis: { type: "time", axisLabel: { hideOverlap: true } },
    yAxis: { type: "value", minInterval: 1 },
    series: [{ type: "line", step: "end", name: t("size"), areaStyle: { opacity: 0.12 }, data: timeline.map(({ at, size }) => [Date.parse(at), size]) }],
  }), [timeline, t]);
  return (
    <Block title={t("formed")}>
      <Chart label={t("formed")} height={150} option={option} table={{ head: [t("joined"), t("size"), t("event")], rows: timeline.map((one) => [moment(one.at, "short"), number(one.size), one.event_id]) }} />
    </Block>
  );
}

export function Story({ events, self }: { events: readonly Api<"RingEvent">[]; self: string }) {
  const { t } = useTranslation("rings");
  return (
    <Block title={t("story")}>
      <ol className={classes.story}>
        {events.toReversed().map((one) => (
          <li key={one.seq} data-what={one.what}>
            <p>{inWords(one)}</p>
            {one.rings.filter((id) => id !== self).map((id) => <p key={id}><Link to={"/rings/$id" as string} params={{ id } as never} className="mono">{id.slice(0, 13)}</Link></p>)}
            <p className="soft">{one.by} <Instant at={one.at} form="short" /></p>
          </li>
        ))}
      </ol>
    </Block>
  );
}
