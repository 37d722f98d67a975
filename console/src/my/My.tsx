/** The frame around the customer's pages: who lends, in which language, and which page the address means. */
import { useTranslation } from "react-i18next";
import { useEffect } from "react";
import { inWords, language } from "../app/language";
import { Account } from "./Account";
import { Apply } from "./Apply";
import { CustomerProvider, useComeIn, useCustomer, useMayDo } from "./customer";
import { Help } from "./Help";
import { Home } from "./Home";
import styles from "./my.module.css";
import { Offer } from "./Offer";
import { Title, Waiting, Wrong } from "./parts";
import { Result } from "./Result";
import { Rights } from "./Rights";
import { Sign } from "./Sign";
import { useWay } from "./way";
import { speak } from "./words";

export function My() {
  const { t } = useTranslation("my");
  const came = useComeIn();
  const customer = came.data ?? null;
  useEffect(() => {
    document.title = customer ? inWords(customer.lender) : t("closed.title");
  });
  if (came.isPending) return <Frame><Waiting /></Frame>;
  if (came.error || !customer) return <Frame>{came.error ? <Wrong error={came.error} /> : null}<Closed /></Frame>;
  return (
    <CustomerProvider value={customer}>
      <Inside />
    </CustomerProvider>
  );
}

function Frame({ children, lender, foot }: { children: React.ReactNode; lender?: string; foot?: React.ReactNode }) {
  const { t } = useTranslation("my");
  const other = language() === "zh-CN" ? "en" : "zh-CN";
  return (
    <div className={styles["page"]}>
      <header className={styles["bar"]}>
        <strong>{lender}</strong>
        <button type="button" lang={other} onClick={() => void speak(other)}>
          {t("other_language")}
        </button>
      </header>
      <main className={styles["main"]}>{children}</main>
      {foot}
    </div>
  );
}

function Closed() {
  const { t } = useTranslation("my");
  return <Title lead={t("closed.lead")}>{t("closed.title")}</Title>;
}

function Inside() {
  const customer = useCustomer();
  const { parts } = useWay();
  return (
    <Frame lender={inWords(customer.lender)} foot={<Nav />}>
      <Screen key={parts.join("/")} parts={parts} />
    </Frame>
  );
}

function Screen({ parts }: { parts: string[] }) {
  const [first, second, third, fourth] = parts;
  const { t } = useTranslation("my");
  switch (first) {
    case undefined:
      return <Home />;
    case "apply":
      return <Apply {...(second ? { wanted: { product: second, term: Number(third), amount_minor: Number(fourth) } } : {})} />;
    case "application":
      return second ? <Result decision={second} /> : <Home />;
    case "offer":
      return second ? <Offer decision={second} /> : <Home />;
    case "sign":
      return second ? <Sign decision={second} /> : <Home />;
    case "account":
      return second ? <Account account={second} /> : <Home />;
    case "help":
      return <Help {...(second ? { decision: second } : {})} />;
    case "data":
      return <Rights />;
    default:
      return <Title lead={t("nowhere.lead")}>{t("nowhere.title")}</Title>;
  }
}

function Nav() {
  const { t } = useTranslation("my");
  const { parts, go } = useWay();
  const rights = useMayDo("rights");
  const at = parts[0] === "help" ? "help" : parts[0] === "data" ? "data" : "";
  const places: ["" | "help" | "data", string][] = [["", t("nav.home")], ["help", t("nav.help")]];
  if (rights) places.push(["data", t("nav.data")]);
  return (
    <nav className={styles["nav"]} aria-label={t("nav.label")}>
      {places.map(([path, said]) => (
        <button key={path} type="button" aria-current={path === at ? "page" : undefined} onClick={() => go(path)}>
          {said}
        </button>
      ))}
    </nav>
  );
}
