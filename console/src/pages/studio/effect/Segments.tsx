import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { number, percent, useMoney } from "../../../kit";
import classes from "./effect.module.css";
import type { Effect } from "./useEffectPreview";

/** Where the change falls: the fields whose groups it treats most differently. */
export function Segments({ effect }: { effect: Effect }) {
  const { t } = useTranslation("effect");
  if (effect.segments.length === 0) return null;
  return (
    <section>
      <h3>{t("segments.title")}</h3>
      <p className="soft">{t("segments.lead")}</p>
      <div className={classes.segments}>
        {effect.segments.map((segment) => <Groups key={segment.field} segment={segment} known={effect.outcomes.defined} currency={effect.currency} />)}
      </div>
    </section>
  );
}

function Groups({ segment, known, currency }: { segment: Shape<"EffectSegment">; known: boolean; currency: string }) {
  const { t } = useTranslation("effect");
  const money = useMoney(currency);
  const most = Math.max(...segment.groups.map((group) => group.changed / group.decisions), 1e-9);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("segments.by", { field: segment.field })}>
      <table className={classes.groups}>
        <caption><code>{segment.field}</code></caption>
        <thead>
          <tr>
            <th scope="col">{t("segments.group")}</th>
            <th scope="col">{t("segments.changed")}</th>
            {known ? <><th scope="col">{t("segments.caught")}</th><th scope="col">{t("segments.hurt")}</th></> : null}
          </tr>
        </thead>
        <tbody>
          {segment.groups.map((group, place) => {
            const share = group.changed / group.decisions;
            return (
              <tr key={place}>
                <th scope="row" className="nowrap"><GroupName label={group.label} shown={(end) => (segment.field.endsWith("_minor") ? money(end) : number(end, 2))} /></th>
                <td>
                  <span className={classes.meter} aria-hidden><span style={{ width: `${(share / most) * 100}%` }} /></span>
                  <span className="number nowrap">{`${percent(share)} · ${number(group.changed)} / ${number(group.decisions)}`}</span>
                </td>
                {known ? <><td className="number">{number(group.bad_stopped)}</td><td className="number">{number(group.good_hurt)}</td></> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function GroupName({ label, shown }: { label: Shape<"EffectLabel">; shown: (end: number) => string }) {
  const { t } = useTranslation("effect");
  if (label.kind === "missing" || label.kind === "rest") return <>{t(`segments.${label.kind}`)}</>;
  if (label.kind === "value") return <>{typeof label.value === "boolean" ? t(label.value ? "segments.yes" : "segments.no") : label.value}</>;
  const low = label.low === null || label.low === undefined ? null : shown(label.low);
  const high = label.high === null || label.high === undefined ? null : shown(label.high);
  if (low === null) return <>{t("segments.below", { high })}</>;
  return <>{high === null ? t("segments.from", { low }) : t("segments.between", { low, high })}</>;
}
