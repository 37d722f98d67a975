/** Business and risk side by side, as of one moment: what the numbers are, what moved them, what waits for me. */
import { SegmentedControl } from "@mantine/core";
import { GaugeCircle } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, useGet, type Shape } from "../../api";
import { Block, Code, CopyAsApiCall, Empty, ErrorPanel, Instant, Loading, Page, useUrlSearch } from "../../kit";
import { Changes } from "./Changes";
import { Definition } from "./Definition";
import classes from "./overview.module.css";
import { Queue } from "./Queue";
import { Tile } from "./Tile";
import { Trend } from "./Trend";

const RANGES = ["24h", "7d", "30d", "365d", "all"] as const;
const FRESH_MS = 30_000;
const FIRST_MS = 3_000; // while there is no number yet: the first one is waited for

export default function OverviewPage() {
  const { t } = useTranslation("overview");
  const [search, change] = useUrlSearch();
  const range = RANGES.find((one) => one === search["range"]) ?? "24h";
  const found = useGet("/v1/overview", { params: { query: { range } } }, {
    refetchInterval: ({ state }) => (state.data?.tiles.every(({ missing }) => missing !== null) ? FIRST_MS : FRESH_MS),
    placeholderData: (before) => before,
  });
  const [defined, setDefined] = useState<Shape<"MetricDefinition"> | null>(null);
  const tiles = found.data?.tiles ?? [];
  const chosen = tiles.find((one) => one.name === search["metric"]) ?? tiles.find((one) => one.missing === null);

  return (
    <Page title={t("title")} wide
      lead={<>{t("lead")} {found.data ? <>{t("as_of")} <Instant at={found.data.as_of} /></> : null}</>}
      actions={<>
        <SegmentedControl size="xs" aria-label={t("range")} value={range} onChange={(value) => change({ range: value === "24h" ? undefined : value })}
          data={RANGES.map((one) => ({ value: one, label: t(`range_${one}`) }))} />
        <CopyAsApiCall path={`/v1/overview?range=${range}`} />
      </>}>
      {found.isError && !found.data ? (problemOf(found.error).code === "no_release"
        ? <Block><Empty icon={GaugeCircle} title={t("no_release")} hint={t("no_release_hint")}><Code text="tandem push && tandem review --all && tandem release" label={t("no_release_hint")} /></Empty></Block>
        : <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />) : null}
      {found.isPending ? <Loading lines={6} height={40} slow={t("slow")} /> : null}
      {found.data && tiles.length === 0 ? <Block><Empty icon={GaugeCircle} title={t("empty")} hint={t("empty_hint")}><Code text="overview: 1" /></Empty></Block> : null}
      {tiles.length > 0 ? (
        <div className={classes.whole} aria-busy={found.isPlaceholderData || undefined}>
          {(["business", "risk", ""] as const).map((side) => {
            const its = tiles.filter((one) => one.side === side);
            if (its.length === 0) return null;
            return (
              <section key={side} aria-labelledby={`side-${side}`} className={classes.side}>
                <h2 id={`side-${side}`}>{t(`side_${side || "other"}`)}</h2>
                <ul className={classes.tiles}>
                  {its.map((tile) => (
                    <Tile key={tile.name} tile={tile} isChosen={tile.name === chosen?.name} onChoose={() => change({ metric: tile.name, by: undefined })} onDefine={() => setDefined(tile)} />
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      ) : null}
      {chosen ? (
        <div className={classes.below}>
          <Trend metric={chosen} range={range} by={search["by"] ?? ""} onBy={(by) => change({ by: by || undefined })} onDefine={() => setDefined(chosen)} />
          <Queue />
        </div>
      ) : null}
      {found.data ? <Changes range={range} onDefine={(name) => setDefined(tiles.find((one) => one.name === name) ?? null)} /> : null}
      <Definition of={defined} onClose={() => setDefined(null)} />
    </Page>
  );
}
