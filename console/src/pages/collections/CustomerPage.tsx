/** One customer in arrears on one screen: where it stands, why this action, what to say, what may be done, what happened. */
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api, useGet } from "../../api";
import { Badge, Block, CopyAsApiCall, ErrorPanel, number, Page, PageLoading, Pairs, useMay, useMoney } from "../../kit";
import { Agreements } from "./Agreements";
import classes from "./collections.module.css";
import { History } from "./History";
import { Marks } from "./Marks";
import { NextAction } from "./NextAction";
import { Points } from "./Points";
import { requestId, useChange, type Customer } from "./useChange";
import { HowLate, told, useNames } from "./words";

export default function CustomerPage() {
  const { t } = useTranslation("collections");
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useGet("/v1/collections/accounts/{account_id}", { params: { path: { account_id: id } } });
  const back = { to: "/collections", words: t("title") };
  if (found.isPending) return <PageLoading />;
  if (found.isError) return <Page title={t("account")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  return <Shown of={found.data} back={back} key={id} />;
}

function Shown({ of: one, back }: { of: Customer; back: { to: string; words: string } }) {
  const { t } = useTranslation("collections");
  const may = useMay("collect");
  const title = one.product_title ? told(one.product_title) : one.product;
  return (
    <Page back={back} wide
      title={<span className={classes.title}>{title} {one.is_in ? <HowLate days={one.situation.days_past_due} /> : null}</span>}
      lead={one.is_in ? (one.taken_by ? t("taken_by", { name: one.taken_by }) : undefined) : t("is_out")}
      actions={<>{may && one.is_in ? <Take of={one} /> : null}<CopyAsApiCall path={`/v1/collections/accounts/${one.account_id}`} /></>}>
      <div className={classes.screen}>
        <div className={classes.left}>
          <Standing of={one} />
          <Points of={one} />
          <Marks of={one} />
        </div>
        <div className={classes.centre}>
          <NextAction of={one} />
          <History of={one} />
        </div>
        <aside className={classes.right} aria-label={t("promise")}><Agreements of={one} /></aside>
      </div>
    </Page>
  );
}

function Take({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const { busy, change } = useChange(one.account_id);
  const take = (taken: boolean): void => {
    void change(() => api.POST("/v1/collections/accounts/{account_id}/taken", { params: { path: { account_id: one.account_id } }, body: { request_id: requestId(), taken, by: null } }));
  };
  return <Button loading={busy} variant={one.taken_by ? "default" : "filled"} onClick={() => take(!one.taken_by)}>{one.taken_by ? t("give_back") : t("take")}</Button>;
}

function Standing({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const names = useNames();
  const money = useMoney(one.currency);
  const stands = one.situation;
  const segment = one.choice.segment_title ? told(one.choice.segment_title) : one.choice.segment;
  return (
    <Block title={t("situation")}>
      <Pairs of={[
        [t("due"), <strong key="due" className="nowrap">{money(stands.due_minor)}</strong>],
        [t("balance"), <span key="balance" className="nowrap">{money(stands.balance_minor)}</span>],
        [t("payment"), stands.days_since_payment === null ? t("never") : t("days_ago", { count: stands.days_since_payment, number: number(stands.days_since_payment) })],
        [t("times_late"), number(stands.times_late)],
        [t("promises"), t("kept_of", { kept: number(stands.promises_kept), broken: number(stands.promises_broken) })],
        [t("contacts"), t("reached_of", { made: number(stands.contacts), reached: number(stands.reached) })],
        [t("segment"), segment],
        [t("action"), names.action(one.choice.action)],
        [t("agency_has"), one.agency ? <Badge key="agency" tone="wait">{one.agency}</Badge> : null],
        [t("owner"), <Link key="owner" to={"/portrait/$kind/$key" as string} params={{ kind: one.owner_kind, key: one.owner } as never} className="mono">{one.owner.slice(0, 12)}</Link>],
        [t("others"), one.others.length ? one.others.map((id) => <Link key={id} to={"/collections/$id" as string} params={{ id } as never} className="mono">{id.slice(0, 16)}</Link>) : null],
      ]} />
      <p className={classes.foot}><Link to={"/accounts/$id" as string} params={{ id: one.account_id } as never}>{t("to_account")}</Link></p>
    </Block>
  );
}
