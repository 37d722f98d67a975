/** Where somebody begins: what they have, what they applied for, and what is to be bought. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../api";
import { inWords } from "../app/language";
import { day as isoDay, moment } from "../kit/format";
import { Apply } from "./Apply";
import { useCustomer, useMayDo } from "./customer";
import styles from "./my.module.css";
import { Offers } from "./Offers";
import { Actions, Card, Main, Money, Rows, Title, Waiting, Wrong } from "./parts";
import { useWay } from "./way";

export function Home() {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const sees = useMayDo("see");
  const applies = useMayDo("apply");
  const { go } = useWay();
  const accounts = useGet("/v1/my/accounts", undefined, { enabled: sees });
  const applications = useGet("/v1/my/applications", undefined, { enabled: sees });
  if (sees && (accounts.isPending || applications.isPending)) return <Waiting />;
  const failed = accounts.error ?? applications.error;
  if (failed) return <Wrong error={failed} retry={() => { void accounts.refetch(); void applications.refetch(); }} />;
  const mine = accounts.data?.accounts ?? [];
  const asked = (applications.data?.applications ?? []).filter((one) => one.state !== "signed");
  // Somebody at a till came to buy: nothing stands between them and the first question.
  if (applies && mine.length === 0 && asked.length === 0) return <Apply />;
  return (
    <>
      <Title lead={customer.merchant ? inWords(customer.merchant) : undefined}>{t("home.title")}</Title>
      {mine.length === 0 && asked.length === 0 ? <Card><p>{t("home.empty")}</p></Card> : null}
      {sees && !customer.merchant ? <Offers /> : null}
      {mine.map((one) => <AccountCard key={one.account_id} account={one} title={inWords(accounts.data?.titles[one.product])} onOpen={() => go(`account/${one.account_id}`)} />)}
      {asked.map((one) => <ApplicationCard key={one.decision_id} application={one} onOpen={() => go(`application/${one.decision_id}`)} />)}
      {applies && !(customer.purchase && mine.length > 0) ? (
        <Actions>
          <Main onClick={() => go("apply")}>{t(asked.length > 0 ? "home.apply_again" : "home.apply")}</Main>
        </Actions>
      ) : null}
    </>
  );
}

function AccountCard({ account, title, onOpen }: { account: Shape<"AccountDetail">; title: string; onOpen: () => void }) {
  const { t } = useTranslation("my");
  const next = account.plans.map((one) => one.owed).filter((one) => one.next_due !== null).sort((a, b) => (a.next_due! < b.next_due! ? -1 : 1))[0];
  const paid = account.plans.length > 0 && account.plans.every((one) => one.state === "repaid");
  return (
    <Card tone={account.due_minor > 0 && account.days_past_due > 0 ? "bad" : "plain"}>
      <h2>{title}</h2>
      {paid ? <p>{t("account.repaid")}</p> : null}
      {account.due_minor > 0 ? <Rows rows={[[t("account.due_now"), <Money key="due" minor={account.due_minor} currency={account.currency} />]]} /> : null}
      {next && !paid ? <Rows rows={[[t("account.next", { day: isoDay(next.next_due!) }), <Money key="next" minor={next.next_minor} currency={account.currency} />]]} /> : null}
      {account.limit_minor === null ? null : <Rows rows={[[t("account.available"), <Money key="left" minor={account.available_minor} currency={account.currency} />]]} />}
      <button type="button" className={styles["link"]} onClick={onOpen}>{t("account.open", { name: title })}</button>
    </Card>
  );
}

function ApplicationCard({ application, onOpen }: { application: Shape<"MyApplication">; onOpen: () => void }) {
  const { t } = useTranslation("my");
  const tone = ({ offered: "good", looked_at: "wait", declined: "plain", lapsed: "plain", signed: "plain" } as const)[application.state];
  return (
    <Card tone={tone}>
      <h2>{t(`result.${application.state}.title`)}</h2>
      <p className="soft">{t("home.applied_on", { day: moment(application.decided_at, "minute") })}</p>
      <button type="button" className={styles["link"]} onClick={onOpen}>{t(application.state === "offered" ? "home.see_offer" : "home.see_more")}</button>
    </Card>
  );
}
