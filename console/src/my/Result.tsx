/** What came of an application: the offer, or why not and what can be done about it. */
import { useTranslation } from "react-i18next";
import { useGet } from "../api";
import { inWords } from "../app/language";
import { useCustomer, useMayDo } from "./customer";
import styles from "./my.module.css";
import { Actions, Card, Main, Money, Second, Title, Waiting, Wrong } from "./parts";
import { useWay } from "./way";

export function Result({ decision }: { decision: string }) {
  const { t } = useTranslation("my");
  const { go } = useWay();
  const customer = useCustomer();
  const objects = useMayDo("object");
  const signs = useMayDo("sign");
  const found = useGet("/v1/my/applications/{decision_id}", { params: { path: { decision_id: decision } } });
  const products = useGet("/v1/my/products");
  if (found.isPending || products.isPending) return <Waiting />;
  if (found.error) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const one = found.data;
  const currency = products.data?.products.find((each) => each.name === one.product)?.currency ?? "";
  const short = one.most_minor !== null && customer.purchase !== null && one.most_minor < customer.purchase.amount_minor;
  const tone = ({ offered: "good", looked_at: "wait", declined: "plain", lapsed: "plain", signed: "good" } as const)[one.state];
  return (
    <>
      <Title lead={t(`result.${one.state}.lead`)}>{t(`result.${one.state}.title`)}</Title>
      {one.most_minor === null ? null : (
        <Card tone={tone}>
          <p>{t("result.most")}</p>
          <Money minor={one.most_minor} currency={currency} large />
        </Card>
      )}
      {short ? <Card tone="wait"><p>{t("result.short")}</p></Card> : null}
      {one.reasons.length > 0 ? (
        <Card>
          <h2>{t("result.why")}</h2>
          <ul className={styles["reasons"]} data-reasons>
            {one.reasons.map((why, place) => (
              <li key={place}>
                <span>{inWords(why.words)}</span>
                {why.advice ? <span className="soft">{t("result.advice", { advice: inWords(why.advice) })}</span> : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {one.state === "declined" || one.state === "looked_at" ? <p className="soft">{t("result.rights")}</p> : null}
      <Actions>
        {one.state === "offered" && signs && !short ? <Main onClick={() => go(`offer/${decision}`)}>{t("result.choose")}</Main> : null}
        {one.state === "signed" && one.account_id ? <Main onClick={() => go(`account/${one.account_id}`)}>{t("result.account")}</Main> : null}
        {(one.state === "declined" || one.state === "looked_at") && objects ? <Main onClick={() => go(`help/${decision}`)}>{t("result.object")}</Main> : null}
        {one.state !== "signed" && customer.back ? <Back way={customer.back} /> : null}
        {one.state === "declined" && !customer.back ? <Second onClick={() => go("")}>{t("result.home")}</Second> : null}
      </Actions>
    </>
  );
}

/** Back to where they came from; a merchant's frame is left, too. */
export function Back({ way, main = false }: { way: string; main?: boolean }) {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const leave = () => {
    const frame = window.parent !== window;
    if (frame) window.parent.postMessage({ tandem: "done", back: way }, new URL(way).origin);
    window.open(way, "_top");
  };
  const said = t("result.back", { merchant: customer.merchant ? inWords(customer.merchant) : "" });
  return main ? <Main onClick={leave}>{said}</Main> : <Second onClick={leave}>{said}</Second>;
}
