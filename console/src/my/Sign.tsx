/** Signing: each consent by itself, then one summary and the signature. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../api";
import { inWords, language } from "../app/language";
import { amount } from "../kit/format";
import { CUSTOMER_KEY } from "./customer";
import { rate } from "./Offer";
import { Actions, Card, Main, Rows, Second, Title, Waiting, Wrong } from "./parts";
import { Back } from "./Result";
import { useWay } from "./way";

export function Sign({ decision }: { decision: string }) {
  const { t } = useTranslation("my");
  const { parts, go } = useWay();
  const [, , term = "", disclosure = "", asked] = parts;
  const amountMinor = asked === undefined ? undefined : Number(asked);
  const offer = useGet("/v1/my/applications/{decision_id}/offer", { params: { path: { decision_id: decision }, query: amountMinor === undefined ? {} : { amount_minor: amountMinor } } }, { staleTime: Infinity });
  const consents = useGet("/v1/my/consents");
  const client = useQueryClient();
  const [refused, refuse] = useState<string | null>(null);
  const agree = useMutation({
    mutationFn: async (name: string) => {
      await api.POST("/v1/my/consents/{consent}", { params: { path: { consent: name } }, body: { language: language() } });
    },
    onSuccess: () => refresh(client, "/v1/my/consents"),
  });
  const sign = useMutation({
    mutationFn: async () => {
      const body = { term: Number(term), disclosure, amount_minor: amountMinor ?? null };
      const { data } = await api.POST("/v1/my/applications/{decision_id}/signature", { params: { path: { decision_id: decision } }, body });
      return data!;
    },
    onSuccess: () => Promise.all([refresh(client, "/v1/my/accounts"), refresh(client, "/v1/my/applications"), refresh(client, "/v1/my/applications/{decision_id}"), client.invalidateQueries({ queryKey: CUSTOMER_KEY })]),
  });
  if (sign.data) return <Signed signed={sign.data} currency={offer.data?.currency ?? ""} />;
  if (offer.isPending || consents.isPending) return <Waiting />;
  const failed = offer.error ?? consents.error;
  if (failed || !offer.data || !consents.data) return <Wrong error={failed} retry={() => { void offer.refetch(); void consents.refetch(); }} />;
  const needed = consents.data.consents.filter((one) => one.needed_by.includes(offer.data.product));
  const open = needed.find((one) => !one.holds);
  const quote = offer.data.quotes.find((one) => String(one.term) === term);
  if (open) {
    const place = needed.indexOf(open) + 1;
    return (
      <Consent key={open.name} consent={open} place={place} of={needed.length} refused={refused === open.name} waiting={agree.isPending} error={agree.error} onAgree={() => { refuse(null); agree.mutate(open.name); }} onRefuse={() => refuse(open.name)} />
    );
  }
  if (!quote) return <Wrong error={new Error("no such plan")} />;
  const money = (minor: number) => amount(minor, offer.data.currency);
  const stale = sign.error && ["disclosure_differs", "not_confirmed"].includes((sign.error as { code?: string }).code ?? "");
  return (
    <>
      <Title lead={t("sign.lead")}>{t("sign.title")}</Title>
      <Card>
        <Rows rows={[
          [t("reading.principal"), money(quote.amount_minor)],
          [t("reading.term"), t("offer.months", { count: quote.term })],
          [t("reading.cost"), money(quote.interest_minor + quote.fees_minor)],
          [t("reading.total"), money(quote.total_minor)],
          [t("reading.yearly_short"), rate(quote.nominal_bps)],
          [t("reading.yearly_compounded"), rate(quote.effective_bps)],
        ]} />
      </Card>
      <p className="soft" data-disclosure={disclosure}>{t("sign.read", { digest: disclosure.slice(0, 12) })}</p>
      {sign.error ? <Wrong error={sign.error} /> : null}
      <Actions>
        {stale ? <Main onClick={() => go(`offer/${decision}`)}>{t("sign.read_again")}</Main> : <Main loading={sign.isPending} onClick={() => sign.mutate()}>{t("sign.do")}</Main>}
        <Second onClick={() => go(`offer/${decision}`)}>{t("sign.other")}</Second>
      </Actions>
    </>
  );
}

function Consent({ consent, place, of, refused, waiting, error, onAgree, onRefuse }: { consent: Shape<"MyConsent">; place: number; of: number; refused: boolean; waiting: boolean; error: unknown; onAgree: () => void; onRefuse: () => void }) {
  const { t } = useTranslation("my");
  return (
    <>
      <Title lead={t("consent.of", { place, of })}>{inWords(consent.title)}</Title>
      <Card>
        <p>{inWords(consent.text)}</p>
        {consent.recipient ? <Rows rows={[[t("consent.recipient"), inWords(consent.recipient)]]} /> : null}
      </Card>
      <p className="soft">{t("consent.withdraw")}</p>
      {refused ? <Card tone="wait"><p role="status">{t("consent.refused")}</p></Card> : null}
      {error ? <Wrong error={error} /> : null}
      <Actions>
        <Main loading={waiting} onClick={onAgree}>{t("consent.agree")}</Main>
        <Second onClick={onRefuse}>{t("consent.refuse")}</Second>
      </Actions>
    </>
  );
}

function Signed({ signed, currency }: { signed: Shape<"MySigned">; currency: string }) {
  const { t } = useTranslation("my");
  const { go } = useWay();
  return (
    <>
      <Title lead={t("signed.lead")}>{t("signed.title")}</Title>
      <Card tone="good">
        <Rows rows={[[t("signed.amount"), amount(signed.amount_minor, currency)]]} />
        <p className="soft">{t("signed.account")} <span className="mono">{signed.account_id}</span></p>
      </Card>
      <Actions>
        {signed.back ? <Back way={signed.back} main /> : null}
        <Second onClick={() => go(`account/${signed.account_id}`)}>{t("result.account")}</Second>
      </Actions>
    </>
  );
}
