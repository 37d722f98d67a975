/** What somebody was told and may answer: accept, refuse, or hear no more of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../api";
import { inWords } from "../app/language";
import { amount, moment } from "../kit/format";
import { useMayDo } from "./customer";
import styles from "./my.module.css";
import { Card, Main, Money, Rows, Second, Wrong } from "./parts";
import { useWay } from "./way";

type Offer = Shape<"MyProgrammeOffer">;

export function Offers() {
  const found = useGet("/v1/my/offers");
  const open = (found.data?.offers ?? []).filter((one) => one.answer !== "refused");
  return <>{open.map((one) => <OfferCard key={one.offer_id} offer={one} />)}</>;
}

function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation("my");
  const client = useQueryClient();
  const applies = useMayDo("apply");
  const { go } = useWay();
  const plan = offer.plan;
  const say = useMutation({
    mutationFn: async (body: Shape<"MyOfferAnswer">) => {
      await api.POST("/v1/my/offers/{offer_id}/answer", { params: { path: { offer_id: offer.offer_id } }, body });
      return body;
    },
    onSuccess: async (said) => {
      await refresh(client, "/v1/my/offers");
      if (said.answer === "accepted") follow();
    },
  });
  // An accepted plan is applied for like any other; what is due is paid on the account itself.
  const follow = () => go(plan ? `apply/${plan.product}/${plan.term}/${plan.amount_minor}` : `account/${offer.account_id}`);
  if (plan && !applies) return null;
  const money = (minor: number) => amount(minor, offer.currency);
  return (
    <Card tone="info">
      <h2>{inWords(offer.title)}</h2>
      <p>{t(`offers.${offer.kind}`, { amount: money(offer.amount_minor), saving: money(offer.saving_minor), day: offer.due ? moment(offer.due, "day") : "", term: plan?.term ?? 0, first: plan ? money(plan.first_minor) : "" })}</p>
      {plan ? <Rows rows={[[t("offers.first"), <Money key="f" minor={plan.first_minor} currency={offer.currency} />]]} /> : null}
      {plan ? <p className="soft">{t("offers.plan_note")}</p> : null}
      {say.error ? <Wrong error={say.error} /> : null}
      {offer.answer === "accepted" ? <button type="button" className={styles["link"]} onClick={follow}>{t(plan ? "offers.go_on" : "offers.pay")}</button> : (
        <>
          <Main loading={say.isPending} onClick={() => say.mutate({ answer: "accepted", never: false })}>{t(plan ? "offers.accept" : "offers.pay")}</Main>
          <Second onClick={() => say.mutate({ answer: "refused", never: false })}>{t("offers.refuse")}</Second>
          <button type="button" className={styles["link"]} onClick={() => say.mutate({ answer: "refused", never: true })}>{t("offers.never", { name: inWords(offer.title) })}</button>
        </>
      )}
    </Card>
  );
}
