/** What its owner was offered, and by programme why this account is told nothing now. */
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, Badge, Block, ErrorPanel, moment, percent, PlainTable } from "../../kit";
import classes from "./accounts.module.css";

export function OfferHistory({ account }: { account: string }) {
  const { t } = useTranslation("offers");
  const found = useGet("/v1/accounts/{account_id}/offers", { params: { path: { account_id: account } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  const offers = found.data?.offers ?? [];
  const now = Object.entries(found.data?.why_none ?? {});
  if (!offers.length && !now.length) return null;
  const reason = (why: string): string => t(`reasons.${why}`, { defaultValue: t("rule", { rule: why.replace(/^rule:/, "") }) });
  return (
    <Block title={t("of_account")}>
      <div className={classes.wide}>
        {now.length ? <PlainTable label={t("now")} head={[t("programme"), t("now")]}
          rows={now.map(([name, why]) => [<span key="n" className="mono">{name}</span>, why === null ? <Badge key="q" tone="good">{t("qualifies")}</Badge> : reason(why)])} /> : null}
        {offers.length ? <PlainTable label={t("of_account")} head={[t("at"), t("programme"), t("state"), t("channel"), t("propensity"), t("why"), t("stake")]}
          rows={offers.map((one) => [<span key="a" className="number nowrap">{moment(one.decided_at, "minute")}</span>, <span key="p" className="mono">{one.programme}</span>,
            one.outcome ? t(`outcomes.${one.outcome}`) : t(`states.${one.state}`), t(`channels.${one.channel ?? "none"}`), <span key="c" className="number">{percent(one.propensity, 1)}</span>,
            reason(one.blocked_by ?? one.why), <Amount key="s" minor={one.stake_minor} currency={one.currency} />])} /> : null}
      </div>
    </Block>
  );
}
