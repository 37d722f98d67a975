/** The rules in force: when an account changes its stage, what is expected to be lost, and where each figure comes from. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Day, inWords, number, Pairs, percent, PlainTable } from "../../kit";
import classes from "./provisions.module.css";

const BPS = 10_000;
const BUCKETS = ["current", "days_30", "days_60", "days_90"] as const;

export function Rules({ rules }: { rules: Shape<"ProvisionRulesShown"> }) {
  const { t } = useTranslation("provisions");
  const days = (count: number): string => t("days", { count, number: number(count) });
  return (
    <Block title={t("rules", { title: inWords(rules.title) })} note={<>{t("since")} <Day on={rules.since} />{` · ${rules.basis.join("; ")}`}</>}>
      <div className={classes.pair}>
        <Pairs of={[
          [t("rule.stage_3"), t("rule.stage_3_value", { days: days(rules.default_days), stays: days(rules.stage_3_days) })],
          [t("rule.stage_2"), t("rule.stage_2_value", { days: days(rules.late_days), stays: days(rules.stage_2_days) })],
          [t("rule.riskier"), t("rule.riskier_value", { times: number(rules.pd_times_pct / 100, 2), more: percent(rules.pd_more_bps / BPS, 2) })],
          [t("rule.forborne"), t("rule.forborne_value", { days: days(rules.forborne_days) })],
          [t("rule.ccf"), rules.ccf_bps ? t("rule.ccf_value", { share: percent(rules.ccf_bps / BPS, 2), months: rules.revolving_months, source: rules.ccf_source }) : t("rule.ccf_none")],
        ]} />
        <div className={classes.stack}>
          <div className={classes.wide}>
            <PlainTable label={t("rule.pd")} head={[t("rule.pd"), ""]} rows={rules.pd_bps.map((bps, at) => [t(`buckets.${BUCKETS[at]}`), <span key="p" className="number">{percent(bps / BPS, 2)}</span>])} />
            <p className="soft">{rules.pd_model ? t("rule.model", { model: rules.pd_model }) : null} {t("source", { source: rules.pd_source })}</p>
          </div>
          <div className={classes.wide}>
            <PlainTable label={t("rule.lgd")} head={[t("rule.lgd"), ""]} rows={rules.lgd.map((one) => [one.product ? <span key="p" className="mono">{one.product}</span> : t("rule.otherwise"), <span key="l" className="number">{percent(one.lgd_bps / BPS, 2)}</span>])} />
            <p className="soft">{t("source", { source: rules.lgd_source })}</p>
          </div>
          <div className={classes.wide}>
            <PlainTable label={t("scenarios")} head={[t("scenario"), t("weight"), t("pd_times"), t("lgd_times")]}
              rows={rules.scenarios.map((one) => [t(`scenario_names.${one.scenario}`, { defaultValue: one.scenario }), <span key="w" className="number">{percent(one.weight_pct / 100, 0)}</span>, <span key="p" className="number">{percent(one.pd_pct / 100, 0)}</span>, <span key="l" className="number">{percent(one.lgd_pct / 100, 0)}</span>])} />
          </div>
        </div>
      </div>
    </Block>
  );
}
