/** What somebody has on paper: the contract, a statement of each month, what settles everything today. */
import { FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet } from "../api";
import { language } from "../app/language";
import { day } from "../kit/format";
import styles from "./my.module.css";
import { Card, Waiting, Wrong } from "./parts";

const FIRST = 3; // a year later nobody wants to scroll past twelve of them
const ICON_PX = 20;

export function Papers({ account }: { account: string }) {
  const { t } = useTranslation("my");
  const [all, setAll] = useState(false);
  const found = useGet("/v1/my/accounts/{account_id}/statements", { params: { path: { account_id: account } } });
  const at = (paper: string, more = ""): string => `/v1/my/accounts/${encodeURIComponent(account)}/${paper}?language=${language()}${more}`;
  const months = found.data?.statements ?? [];
  const shown = all ? months : months.slice(0, FIRST);
  return (
    <Card>
      <h2>{t("papers.title")}</h2>
      <Paper href={at("contract")} words={t("papers.contract")} />
      <Paper href={at("payoff.pdf")} words={t("papers.payoff")} />
      <h3>{t("papers.statements")}</h3>
      {found.isPending ? <Waiting /> : null}
      {found.error ? <Wrong error={found.error} retry={() => void found.refetch()} /> : null}
      {shown.map((one) => <Paper key={one.since} href={at("statement.pdf", `&from=${one.since}&to=${one.until}`)} words={t(one.whole ? "papers.month" : "papers.running", { since: day(one.since), until: day(one.until) })} />)}
      {shown.length < months.length ? <button type="button" className={styles["link"]} onClick={() => setAll(true)}>{t("papers.all", { count: months.length })}</button> : null}
    </Card>
  );
}

function Paper({ href, words }: { href: string; words: string }) {
  return <a className={styles["paper"]} href={href} download><FileText size={ICON_PX} aria-hidden="true" /><span>{words}</span></a>;
}
