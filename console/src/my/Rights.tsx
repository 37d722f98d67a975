/** Data rights: what was agreed to, what is done with data, taking it along, having it erased. */
import { Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../api";
import { inWords } from "../app/language";
import { day as isoDay, moment } from "../kit/format";
import { useCustomer } from "./customer";
import styles from "./my.module.css";
import { Card, Main, Second, Sheet, Title, Waiting, Wrong } from "./parts";
import { useWay } from "./way";

export function Rights() {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  return (
    <>
      <Title lead={t("data.lead")}>{t("data.title")}</Title>
      {/* What holds for all that somebody has is not said at a shop, which did not prove who they are. */}
      {customer.merchant ? null : <Preferences />}
      <Agreed />
      <Export />
      <Erase />
    </>
  );
}

function Preferences() {
  const { t } = useTranslation("my");
  const client = useQueryClient();
  const found = useGet("/v1/my/preferences");
  const [wished, wish] = useState<Shape<"MyPreferences"> | null>(null);
  const prefer = useMutation({
    mutationFn: async (body: Shape<"MyPreferences">) => {
      await api.PUT("/v1/my/preferences", { body });
    },
    onSettled: async () => {
      await refresh(client, "/v1/my/preferences");
      wish(null);
    },
  });
  // A switch stands at once where the finger put it; what the server keeps is shown once it answers.
  const set = (body: Shape<"MyPreferences">) => {
    wish(body);
    prefer.mutate(body);
  };
  if (found.isPending) return <Waiting />;
  if (found.error) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const said = wished ?? found.data;
  return (
    <Card>
      <h2>{t("data.use")}</h2>
      <Switch size="lg" label={t("data.marketing")} description={t("data.marketing_lead")} checked={said.marketing} onChange={(event) => set({ ...said, marketing: event.currentTarget.checked })} />
      <Switch size="lg" label={t("data.refuse_automated")} description={t("data.refuse_automated_lead")} checked={!said.automated} onChange={(event) => set({ ...said, automated: !event.currentTarget.checked })} />
      {prefer.error ? <Wrong error={prefer.error} /> : null}
    </Card>
  );
}

function Agreed() {
  const { t } = useTranslation("my");
  const client = useQueryClient();
  const found = useGet("/v1/my/consents");
  const withdraw = useMutation({
    mutationFn: async (name: string) => {
      await api.DELETE("/v1/my/consents/{consent}", { params: { path: { consent: name } } });
    },
    onSuccess: () => refresh(client, "/v1/my/consents"),
  });
  if (found.isPending) return null;
  if (found.error) return <Wrong error={found.error} retry={() => void found.refetch()} />;
  const given = found.data.consents.filter((one) => one.given_at !== null);
  return (
    <Card>
      <h2>{t("data.consents")}</h2>
      {given.length === 0 ? <p className="soft">{t("data.no_consents")}</p> : null}
      {given.map((one) => (
        <div key={one.name} className={styles["item"]}>
          <strong>{inWords(one.title)}</strong>
          <span className="soft">{one.holds ? t("data.given", { day: moment(one.given_at!, "day") }) : t("data.withdrawn", { day: moment(one.withdrawn_at!, "day") })}</span>
          {one.holds ? <button type="button" className={styles["link"]} onClick={() => withdraw.mutate(one.name)}>{t("data.withdraw", { name: inWords(one.title) })}</button> : null}
        </div>
      ))}
      {withdraw.error ? <Wrong error={withdraw.error} /> : null}
    </Card>
  );
}

function Export() {
  const { t } = useTranslation("my");
  const take = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET("/v1/my/data");
      const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = "my-data.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  });
  return (
    <Card>
      <h2>{t("data.export")}</h2>
      <p className="soft">{t("data.export_lead")}</p>
      {take.error ? <Wrong error={take.error} /> : null}
      <Second loading={take.isPending} onClick={() => take.mutate()}>{t("data.export_do")}</Second>
    </Card>
  );
}

function Erase() {
  const { t } = useTranslation("my");
  const { go } = useWay();
  const client = useQueryClient();
  const [asking, ask] = useState(false);
  const erase = useMutation({
    mutationFn: async () => {
      const { data } = await api.DELETE("/v1/my/data");
      return data!;
    },
    onSuccess: () => ask(false),
  });
  const done = erase.data;
  return (
    <Card tone={done ? "wait" : "plain"}>
      <h2>{t("data.erase")}</h2>
      {done ? (
        <>
          <p role="status">{done.erased ? t("data.erased") : done.until ? t("data.restricted_until", { day: isoDay(done.until) }) : t("data.restricted")}</p>
          {done.why ? <p>{inWords(done.why)}</p> : null}
          {done.erased ? <Second onClick={() => { client.clear(); go("", true); window.location.reload(); }}>{t("pay.close")}</Second> : null}
        </>
      ) : (
        <>
          <p className="soft">{t("data.erase_lead")}</p>
          <Second onClick={() => ask(true)}>{t("data.erase_do")}</Second>
        </>
      )}
      {asking ? (
        <Sheet title={t("data.erase_sure")} onClose={() => ask(false)} foot={<><Main colour="red" loading={erase.isPending} onClick={() => erase.mutate()}>{t("data.erase_yes")}</Main><Second onClick={() => ask(false)}>{t("data.erase_no")}</Second></>}>
          <p>{t("data.erase_warning")}</p>
          {erase.error ? <Wrong error={erase.error} /> : null}
        </Sheet>
      ) : null}
    </Card>
  );
}
