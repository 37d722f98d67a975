/** Help: an objection, a person, a correction; and how it stands with what was asked before. */
import { Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../api";
import { inWords } from "../app/language";
import { moment } from "../kit/format";
import { newId, useCustomer, useMayDo } from "./customer";
import { Card, Choices, Main, Title, Waiting, Wrong } from "./parts";

const ABOUT = ["objection", "human", "correction"] as const;
type About = (typeof ABOUT)[number];

export function Help({ decision }: { decision?: string }) {
  const { t } = useTranslation("my");
  const customer = useCustomer();
  const objects = useMayDo("object");
  const sees = useMayDo("see");
  const requests = useGet("/v1/my/requests", undefined, { enabled: sees });
  return (
    <>
      <Title lead={t("help.lead", { contact: inWords(customer.contact) })}>{t("help.title")}</Title>
      {objects ? <Ask {...(decision ? { decision } : {})} /> : null}
      {sees && requests.isPending ? <Waiting /> : null}
      {requests.error ? <Wrong error={requests.error} retry={() => void requests.refetch()} /> : null}
      {(requests.data?.requests ?? []).map((one) => <Asked key={one.request_id} request={one} />)}
    </>
  );
}

function Ask({ decision }: { decision?: string }) {
  const { t } = useTranslation("my");
  const client = useQueryClient();
  const [about, setAbout] = useState<About>(decision ? "objection" : "human");
  const [text, setText] = useState("");
  const attempt = useRef(newId());
  const ask = useMutation({
    mutationFn: async () => {
      await api.POST("/v1/my/requests", { body: { request_id: attempt.current, about, text, decision_id: decision ?? null } });
    },
    onSuccess: async () => {
      attempt.current = newId();
      setText("");
      await refresh(client, "/v1/my/requests");
    },
  });
  return (
    <Card>
      <Choices label={t("help.about")} value={about} onChange={(value) => setAbout(value as About)} choices={ABOUT.map((one) => ({ value: one, title: t(`about.${one}`), below: t(`about.${one}_lead`) }))} />
      <Textarea size="lg" label={t("help.text")} autosize={false} rows={4} maxLength={4000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {ask.error ? <Wrong error={ask.error} /> : null}
      {ask.isSuccess && !text ? <p role="status">{t("help.sent")}</p> : null}
      <Main disabled={!text.trim()} loading={ask.isPending} onClick={() => ask.mutate()}>{t("help.send")}</Main>
    </Card>
  );
}

function Asked({ request }: { request: Shape<"MyRequest"> }) {
  const { t } = useTranslation("my");
  return (
    <Card tone={request.state === "answered" ? "good" : "wait"}>
      <h2>{t(`about.${request.about}`)}</h2>
      <p className="soft">{moment(request.at, "minute")}</p>
      <p data-request={request.state}>{request.state === "answered" ? t("help.answered", { answer: inWords(request.answer) || t("help.done") }) : t(`help.${request.state}`)}</p>
      {request.due_at ? <p className="soft">{t("help.due", { day: moment(request.due_at, "minute") })}</p> : null}
    </Card>
  );
}
