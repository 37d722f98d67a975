/** What can be said to a proposal: agree or decline to another person's, withdraw one's own. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../api";
import { ConfirmWithReason, noteDone, useMay, useSession } from "../../kit";
import { EffectTable, useActWords } from "./acts";

type Proposal = Shape<"ProposalShown">;
type Verb = "agree" | "decline" | "withdraw";

const CHANGED = ["/v1/accounts", "/v1/accounts/{account_id}", "/v1/accounts/{account_id}/acts", "/v1/proposals"] as const;

export function Settling({ of: one }: { of: Proposal }) {
  const { t } = useTranslation("proposals");
  const client = useQueryClient();
  const may = useMay("service_accounts");
  const { mode, person } = useSession();
  const [verb, setVerb] = useState<Verb | null>(null);
  const sentence = useActWords(one.account.currency);
  const id = one.proposal.proposal_id;
  if (!may || one.proposal.state !== "open" || !id) return null;
  const mine = mode === "people" && person.name === one.proposal.by;

  const settle = async (note: string): Promise<void> => {
    const params = { path: { proposal_id: id } };
    try {
      if (verb === "agree") await api.POST("/v1/proposals/{proposal_id}/agreement", { params, body: { version: one.effect?.version ?? 1, note, by: null } });
      else if (verb === "decline") await api.POST("/v1/proposals/{proposal_id}/refusal", { params, body: { note, by: null } });
      else await api.POST("/v1/proposals/{proposal_id}/withdrawal", { params, body: { note, by: null } });
    } finally {
      void Promise.all(CHANGED.map((path) => refresh(client, path))); // where it was refused, because it is not as it was shown
    }
    noteDone(t(`settled.${verb!}`));
  };

  return (
    <>
      <Group gap="xs">
        {mine ? <Button size="xs" variant="default" onClick={() => setVerb("withdraw")}>{t("withdraw")}</Button> : (
          <>
            <Button size="xs" disabled={!one.effect} onClick={() => setVerb("agree")}>{t("agree")}</Button>
            <Button size="xs" variant="default" onClick={() => setVerb("decline")}>{t("decline")}</Button>
          </>
        )}
      </Group>
      <ConfirmWithReason opened={verb !== null} onClose={() => setVerb(null)} title={verb ? t(`ask.${verb}`) : ""} confirm={verb ? t(verb) : ""} danger={verb === "agree" && (one.effect?.cost_minor ?? 0) > 0}
        reason={verb === "decline" ? "required" : "optional"} onConfirm={settle}>
        <p><strong>{sentence(one.proposal.act)}</strong></p>
        {verb === "agree" && one.effect ? <EffectTable effect={one.effect} currency={one.account.currency} /> : null}
      </ConfirmWithReason>
    </>
  );
}
