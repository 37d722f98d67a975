/** One feature: what it means, what it is made of, who reads it, how its values look, and what it costs. */
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Chart, Code, CopyAsApiCall, Empty, ErrorPanel, Instant, inWords, Loading, number, Page, Pairs, percent, PlainTable, useEntityName } from "../../kit";
import classes from "./features.module.css";

type Feature = Shape<"FeatureDetail">;

const DIGITS = 4;
const DAY_SECONDS = 86_400;

export default function FeaturePage() {
  const { t } = useTranslation("features");
  const { name } = useParams({ strict: false }) as { name: string };
  const named = useGet("/v1/features/{name}", { params: { path: { name }, query: { figures: false } } });
  // Has the newest decisions read, which would slow down what stands on the page until then.
  const full = useGet("/v1/features/{name}", { params: { path: { name } } }, { enabled: !named.isPending });
  const found = full.data ?? named.data;
  const problem = full.error ?? (found ? null : named.error);
  return (
    <Page title={<span className="mono">{name}</span>} back={{ to: "/features", words: t("title") }} lead={found ? inWords(found.words) : undefined} actions={<CopyAsApiCall path={`/v1/features/${name}`} />}>
      {problem ? <ErrorPanel problem={problem} onRetry={() => { void named.refetch(); void full.refetch(); }} /> : null}
      {!problem && !found ? <Loading lines={8} /> : null}
      {!problem && found ? <Shown feature={found} /> : null}
    </Page>
  );
}

function Shown({ feature }: { feature: Feature }) {
  const { t } = useTranslation("features");
  const entityName = useEntityName();
  return (
    <div className={classes.stack}>
      <div className={classes.pair}>
        <Block title={t("lineage")}>
          <Pairs of={[
            [t("entity"), feature.entity.map(entityName).join(" + ")],
            [t("reads"), feature.reads.map((one) => <p key={one.event_type}><Link to={"/settings/event-types/$name" as string} params={{ name: one.event_type } as never} className="mono">{one.event_type}</Link>{": "}<span className="mono">{one.fields.join(", ")}</span></p>)],
            [t("policies"), feature.policies.length ? feature.policies.map((one) => <p key={one}><Link to={"/studio/$policy" as string} params={{ policy: one } as never} className="mono">{one}</Link></p>) : t("none")],
            [t("models"), feature.models.length ? feature.models.map((one) => <p key={one}><Link to={"/models/$name" as string} params={{ name: one } as never} className="mono">{one}</Link></p>) : t("none")],
            [t("views"), feature.views.length ? <span className="mono">{feature.views.join(", ")}</span> : t("none")],
          ]} />
        </Block>
        <Block title={t("about")}>
          <Pairs of={[
            [t("set"), <span key="s" className="mono">{feature.set}</span>],
            [t("owner"), feature.owner],
            [t("defined"), <Instant key="d" at={feature.defined_at} />],
            [t("type"), <span key="t" className="mono">{feature.type}</span>],
            [t("reason"), inWords(feature.reason)],
            [t("cost"), t(`work.${feature.cost.work}`)],
            [t("state"), t(`keeps.${feature.cost.keeps}`, { days: number(feature.cost.kept_for_seconds / DAY_SECONDS, 1), bytes: number(feature.cost.bytes_per_event), shared: number(feature.cost.shared_by) })],
          ]} />
        </Block>
      </div>
      <Figures feature={feature} />
      {feature.weights.length ? (
        <Block title={t("importance")} note={t("importance_note")} flush>
          <div className={classes.wide}><PlainTable label={t("importance")} head={[t("model"), t("weight"), t("share"), t("place"), t("decisions")]}
            rows={feature.weights.map((one) => [<Link key="m" to={"/models/$name" as string} params={{ name: one.model } as never} className="mono">{one.model}</Link>, number(one.weight, DIGITS), percent(one.share), number(one.place), number(one.explained)])} /></div>
        </Block>
      ) : null}
      <Block title={t("definition")} note={t("definition_note")}><Code text={JSON.stringify(feature.definition, null, 2)} label={t("definition")} /></Block>
    </div>
  );
}

function Figures({ feature }: { feature: Feature }) {
  const { t } = useTranslation("features");
  if (feature.recorded === null) return <Block title={t("values")}><Loading lines={6} /></Block>;
  if (feature.recorded === 0) return <Block title={t("values")}><Empty title={t("no_values")} hint={t("no_values_hint")} /></Block>;
  return (
    <Block title={t("values")} note={t("values_note", { count: feature.recorded, number: number(feature.recorded) })}>
      <div className={classes.pair}>
        <Pairs of={[
          [t("coverage"), feature.coverage === null || feature.coverage === undefined ? null : percent(feature.coverage)],
          [t("since"), feature.since ? <Instant key="s" at={feature.since} /> : null],
          [t("range"), feature.minimum === null || feature.maximum === null ? null : `${number(feature.minimum, DIGITS)} – ${number(feature.maximum, DIGITS)}`],
          [t("median"), feature.median === null ? null : number(feature.median, DIGITS)],
          [t("mean"), feature.mean === null ? null : number(feature.mean, DIGITS)],
          [t("psi"), <Drift key="p" feature={feature} />],
        ]} />
        {feature.bands.length ? <Spread feature={feature} /> : null}
      </div>
    </Block>
  );
}

function Drift({ feature }: { feature: Feature }) {
  const { t } = useTranslation("features");
  if (feature.psi === null || feature.critical === null) return <span className="soft">{t("sparse")}</span>;
  return (
    <>
      {number(feature.psi, DIGITS)} {feature.drifted ? <Badge tone="wait">{t("drifted")}</Badge> : null}
      <p className="soft">{t("drift_note", { before: number(feature.before ?? 0), after: number(feature.after ?? 0), critical: number(feature.critical, DIGITS) })}</p>
    </>
  );
}

function Spread({ feature }: { feature: Feature }) {
  const { t } = useTranslation("features");
  const names = feature.bands.map((band) => band.text ?? (band.low === band.high ? number(band.low ?? 0, 2) : `${number(band.low ?? 0, 2)}–${number(band.high ?? 0, 2)}`));
  return (
    <Chart label={t("spread_label", { name: feature.name })} height={220}
      table={{ head: [t("value"), t("decisions")], rows: feature.bands.map((band, at) => [names[at], number(band.count)]) }}
      option={{
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" } }, grid: { left: 8, right: 12, top: 28, bottom: 8, containLabel: true },
        xAxis: { type: "category", data: names }, yAxis: { type: "value", name: t("decisions") },
        series: [{ type: "bar", name: t("decisions"), data: feature.bands.map((band) => band.count), itemStyle: { borderRadius: [2, 2, 0, 0] } }],
      }} />
  );
}
