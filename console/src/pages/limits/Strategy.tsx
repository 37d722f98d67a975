/** A strategy: what it may do to a limit, what it has to keep, and what it assumes. */
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { ScanSearch } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../api";
import { Badge, Block, noteProblem, number, Pairs, percent, PlainTable } from "../../kit";
import classes from "./limits.module.css";
import { Move, told } from "./state";

type StrategyShown = Shape<"LimitStrategyShown">;

const BPS = 10_000;

/** Draws up a review by a strategy and opens it. */
export function ProposeButton({ strategy, named }: { strategy: StrategyShown; named: boolean }) {
  const { t } = useTranslation("limits");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const propose = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST("/v1/limit-reviews", { body: { strategy: strategy.name, by: null } });
      await refresh(client, "/v1/limit-reviews");
      void navigate({ to: "/limits/$id" as string, params: { id: (data as Shape<"LimitReviewChanged">).review.review_id } as never });
    } catch (error) {
      noteProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return <Button leftSection={<ScanSearch size={15} aria-hidden />} loading={busy} onClick={() => void propose()}>{named ? t("propose_named", { title: told(strategy.title) }) : t("propose")}</Button>;
}

export function Strategy({ strategy }: { strategy: StrategyShown }) {
  const { t } = useTranslation("limits");
  const days = (count: number): string => t("days", { count, number: number(count) });
  return (
    <Block title={told(strategy.title)} note={strategy.description || undefined}>
      <div className={classes.pair}>
        <Pairs of={[
          [t("product"), <Link key="p" to={"/products/$name" as string} params={{ name: strategy.product } as never} className="mono">{strategy.product}</Link>],
          [t("budget"), t("budget_value", { share: percent(strategy.loss_budget_bps / BPS, 2) })],
          [t("growth"), percent(strategy.growth_bps / BPS, 2)],
          [t("affordability"), <code key="a">{strategy.affordability}</code>],
          [t("monotone"), t(strategy.monotone ? "monotone_yes" : "monotone_no")],
          [t("hold_out"), t("hold_out_value", { share: percent(strategy.hold_out, 1) })],
          [t("cool_down"), t("cool_down_value", { up: days(strategy.increase_after_days), down: days(strategy.decrease_after_days) })],
          [t("notice"), days(strategy.notice_days)],
          [t("consent"), strategy.consent_days ? t("consent_value", { days: days(strategy.consent_days) }) : t("consent_none")],
        ]} />
        <Pairs of={[
          [t("horizon"), days(strategy.horizon_days)],
          [t("margin"), percent(strategy.margin_bps / BPS, 2)],
          [t("limit_cost"), percent(strategy.limit_cost_bps / BPS, 2)],
          [t("lgd"), percent(strategy.lgd_bps / BPS, 0)],
          [t("economics_source"), `${strategy.economics_source} (${strategy.economics_as_of})`],
          [t("assumed"), Object.entries(strategy.assumed).map(([name, value]) => `${t(`responses.${name}`)} ${percent(value, 0)}`).join("; ")],
          [t("assumed_source"), <span key="s"><Badge tone="wait">{t("assumption")}</Badge>{` ${strategy.assumed_source} (${strategy.assumed_as_of})`}</span>],
        ]} />
      </div>
      <div className={classes.wide}>
        <PlainTable label={t("steps")} head={[t("step"), t("does"), t("change")]}
          rows={strategy.steps.map((one) => [<span key="s" className="mono">{one.step}</span>, <Move key="k" kind={one.kind} />, <span key="c" className="number">{one.change_bps ? `${one.change_bps > 0 ? "+" : ""}${percent(one.change_bps / BPS, 0)}` : ""}</span>])} />
      </div>
      {strategy.rules.length ? (
        <div className={classes.wide}>
          <PlainTable label={t("rules")} head={[t("rule"), t("when"), t("bounds"), t("told")]}
            rows={strategy.rules.map((one) => [<span key="r" className="mono">{one.rule}</span>, <code key="w">{one.when}</code>,
              [one.at_most ? t("at_most", { step: one.at_most }) : "", one.at_least ? t("at_least", { step: one.at_least }) : ""].filter(Boolean).join(", "), told(one.reason)])} />
        </div>
      ) : null}
    </Block>
  );
}
