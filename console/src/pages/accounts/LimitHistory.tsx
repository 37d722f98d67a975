/** What reviews asked of this account's limit, and why, as its owner is told. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, Block, Day, ErrorPanel, PlainTable } from "../../kit";
import { LineState, Move, told } from "../limits/state";
import classes from "./accounts.module.css";

export function LimitHistory({ account }: { account: string }) {
  const { t } = useTranslation("limits");
  const found = useGet("/v1/accounts/{account_id}/limit-reviews", { params: { path: { account_id: account } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  const lines = found.data?.lines ?? [];
  if (!lines.length) return null;
  return (
    <Block title={t("history")} note={t("history_note")}>
      <div className={classes.wide}>
        <PlainTable label={t("history")} head={[t("since"), t("does"), t("from"), t("to"), t("state"), t("told"), t("strategy")]}
          rows={lines.map((line) => [<Day key="d" on={line.since} />, <Move key="k" kind={line.kind} />, <Amount key="f" minor={line.from_minor} currency={line.currency} />, <Amount key="t" minor={line.to_minor} currency={line.currency} />,
            <LineState key="s" state={line.state} why={line.why} />, line.reasons.map(told).join(" "), <Link key="r" to={"/limits/$id" as string} params={{ id: line.review_id } as never} className="mono">{line.review_id}</Link>])} />
      </div>
    </Block>
  );
}
