/** What another person says of a payment file that somebody made: agree, after a look at who is paid, or decline with a reason. */
import { Button, Group, Radio, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { ConfirmWithReason, download, ErrorPanel, noteDone, useMay, useMoney, useSession } from "../../kit";

type File = Shape<"BankOrderFile">;
type Reason = Shape<"BankDecline">["reason"];

const REASONS: Reason[] = ["wrong_party", "wrong_amount", "not_due", "suspicious", "other"];
const CHANGED = ["/v1/bank/orders", "/v1/bank/orders/{message_id}"] as const;

export function Answer({ of: file }: { of: File }) {
  const { t } = useTranslation("bank");
  const client = useQueryClient();
  const may = useMay("service_accounts");
  const { mode, person } = useSession();
  const money = useMoney(file.currency);
  const [verb, setVerb] = useState<"agree" | "decline" | null>(null);
  const [reason, setReason] = useState<Reason>("wrong_party");
  if (file.standing !== "proposed") return null;
  const mine = mode === "people" && person.name === file.made_by;
  if (mine || !may) return <p className="soft">{t(mine ? "waits_for_second" : "waits_for_servicer")}</p>;

  const settle = async (): Promise<void> => {
    const params = { path: { message_id: file.message_id } };
    try {
      if (verb === "agree") await api.POST("/v1/bank/orders/{message_id}/agreement", { params, body: { by: null } });
      else await api.POST("/v1/bank/orders/{message_id}/refusal", { params, body: { reason, by: null } });
    } finally {
      void Promise.all(CHANGED.map((path) => refresh(client, path))); // where it was refused, because it is not as it was shown
    }
    noteDone(t(verb === "agree" ? "agreed_done" : "declined_done"));
  };

  return (
    <>
      <Stack gap="xs">
        <p>{t("look_first")}</p>
        <Group gap="xs">
          <Button onClick={() => setVerb("agree")}>{t("agree")}</Button>
          <Button variant="default" onClick={() => setVerb("decline")}>{t("decline")}</Button>
        </Group>
      </Stack>
      <ConfirmWithReason opened={verb !== null} onClose={() => setVerb(null)} title={t(verb === "decline" ? "decline_ask" : "agree_ask")} confirm={t(verb === "decline" ? "decline" : "agree")} reason="none" onConfirm={settle}>
        <p>{t("answer_what", { kind: t(`order_kinds.${file.kind}`), count: file.count, amount: money(file.total_minor), by: file.made_by })}</p>
        {verb === "decline" ? (
          <Radio.Group label={t("decline_reason")} value={reason} onChange={(value) => setReason(value as Reason)}>
            <Stack gap="xs" mt="xs">{REASONS.map((one) => <Radio key={one} value={one} label={t(`decline_reasons.${one}`)} />)}</Stack>
          </Radio.Group>
        ) : <p className="soft">{t("agree_means")}</p>}
      </ConfirmWithReason>
    </>
  );
}

/** The file itself, once two people stand behind it. */
export function DownloadOrders({ of: file }: { of: File }) {
  const { t } = useTranslation("bank");
  const may = useMay("service_accounts");
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!may || !file.kept || file.standing !== "agreed") return null;
  const fetchFile = async (): Promise<void> => {
    setProblem(null);
    try {
      const { data } = await api.GET("/v1/bank/orders/{message_id}/file", { params: { path: { message_id: file.message_id } } });
      if (data) download(`${file.message_id}.xml`, data.xml, "application/xml");
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Stack gap="xs">
      <Group><Button leftSection={<FileDown size={15} aria-hidden />} onClick={() => void fetchFile()}>{t("download")}</Button></Group>
      <p className="soft">{t("made_next")}</p>
      {problem ? <ErrorPanel problem={problem} /> : null}
    </Stack>
  );
}
