/** On the page of an account: what can be done to it, and what people did. */
import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Block, Empty, ErrorPanel, Instant, Loading, PlainTable, useMay } from "../../kit";
import { ActDialog } from "./ActDialog";
import { StateOfAct, useActWords, type Kind } from "./acts";
import classes from "./proposals.module.css";

type Account = Shape<"AccountDetail">;

/** What makes sense as the account is; the server says of each whether it holds. */
function possible(account: Account): Kind[] {
  if (account.state === "closed") return [];
  const found: Kind[] = account.plans.some((one) => one.state === "open") ? ["waive", "reschedule", "write_off"] : [];
  if (account.limit_minor !== null) found.push("move_limit", account.state === "frozen" ? "unfreeze" : "freeze");
  if (account.plans.every((one) => one.state !== "open")) found.push("close");
  return found;
}

export function ActMenu({ account }: { account: Account }) {
  const { t } = useTranslation("proposals");
  const [kind, setKind] = useState<Kind | null>(null);
  const kinds = possible(account);
  if (!useMay("service_accounts") || !kinds.length) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button rightSection={<ChevronDown size={15} aria-hidden />}>{t("act")}</Button></Menu.Target>
        <Menu.Dropdown>{kinds.map((one) => <Menu.Item key={one} onClick={() => setKind(one)}>{t(`kinds.${one}`)}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      {kind ? <ActDialog account={account} begin={kind} onClose={() => setKind(null)} /> : null}
    </>
  );
}

/** Take back one thing that happened. */
export function TakeBack({ account, plan, fact }: { account: Account; plan: string; fact: string }) {
  const { t } = useTranslation("proposals");
  const [asking, setAsking] = useState(false);
  if (!useMay("service_accounts")) return null;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)} aria-label={t("take_back_this", { id: fact })}>{t("take_back")}</Button>
      {asking ? <ActDialog account={account} begin={{ act: "reverse", plan, fact_id: fact }} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

export function ActHistory({ account }: { account: Account }) {
  const { t } = useTranslation("proposals");
  const found = useGet("/v1/accounts/{account_id}/acts", { params: { path: { account_id: account.account_id } } });
  const sentence = useActWords(account.currency);
  const acts = found.data?.acts;
  return (
    <Block title={t("history")} note={t("history_note")} actions={acts?.some((one) => one.state === "open") ? <Link to={"/proposals" as string}>{t("to_proposals")}</Link> : undefined}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !acts ? <Loading lines={3} /> : null}
      {acts?.length === 0 ? <Empty title={t("no_acts")} hint={t("no_acts_hint")} /> : null}
      {acts?.length ? <div className={classes.effect}><PlainTable label={t("history")} head={[t("at"), t("what"), t("state"), t("by"), t("second"), t("reason"), t("cost")]}
        rows={acts.map((one) => [
          <span key="t" className="nowrap"><Instant at={one.at} form="minute" /></span>,
          <span key="w" className={classes.sentence}>{sentence(one.act)}{one.note ? <span className={classes.said}>{one.note}</span> : null}{one.settled_note ? <span className={classes.said}>{t("said", { name: one.settled_by, note: one.settled_note })}</span> : null}</span>,
          <StateOfAct key="s" state={one.state} />,
          one.by,
          one.settled_by ?? "",
          one.reason ? t(`reasons.${one.reason}`) : "",
          one.cost_minor && (one.state === "done" || one.state === "agreed") ? <Amount key="c" minor={one.cost_minor} currency={account.currency} /> : "",
        ])} /></div> : null}
    </Block>
  );
}
