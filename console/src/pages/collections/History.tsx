/** What happened to one account in collections, the newest first. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, day, Empty, Instant, useMoney } from "../../kit";
import classes from "./collections.module.css";
import type { Customer } from "./useChange";
import { Blocks, useNames } from "./words";

type One = Shape<"HistoryShown">;

export function History({ of: customer }: { of: Customer }) {
  const { t } = useTranslation("collections");
  return (
    <Block title={t("history")}>
      {customer.history.length ? <ol className={classes.history}>{customer.history.map((one) => <Entry key={`${one.seq}`} of={one} currency={customer.currency} />)}</ol> : <Empty title={t("nothing_yet")} />}
    </Block>
  );
}

function Entry({ of: one, currency }: { of: One; currency: string }) {
  const { t } = useTranslation("collections");
  const names = useNames();
  const money = useMoney(currency);
  const what = one.what === "marked" && one.on === false ? "unmarked" : one.what === "taken" && !one.to ? "given_back" : one.what;
  const words = t(`what.${what}`, {
    mark: one.mark ? t(`mark.${one.mark}`) : "", channel: one.channel ? names.channel(one.channel) : "", step: one.step ? names.step(one.step) : "",
    state: one.state ? t(`state.${one.state}`) : "", amount: one.amount_minor !== undefined && one.amount_minor !== null ? money(one.amount_minor) : "", due: one.due ? day(one.due) : "",
    outcome: one.outcome ? t(`outcome.${one.outcome}`) : "", agency: one.agency ?? "", to: one.to ?? "",
  });
  return (
    <li data-what={what}>
      <p className={classes.entry}><strong>{words}</strong>
        <span className="soft nowrap"><Instant at={one.at} form="minute" />{` · ${one.by === "tandem" ? t("system") : one.by}`}</span></p>
      {one.blocks?.length ? <Blocks blocks={one.blocks} /> : null}
      {one.subject ? <p className={classes.subject}>{one.subject}</p> : null}
      {one.text ? <blockquote className={classes.script}>{one.text}</blockquote> : null}
      {one.erased ? <p className="soft">{t("gone")}</p> : null}
    </li>
  );
}
