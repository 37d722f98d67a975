/** What programs sign in with: made here, shown once, revoked here. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Badge, Block, Code, ConfirmWithReason, CopyAsApiCall, DataTable, Empty, Instant, noteDone, Pairs, SidePanel, useKeys, useUrlState, type Column, type Tone } from "../../kit";
import { MakeKey } from "./MakeKey";
import { ShownOnce } from "./OneTimeLink";

type Key = Shape<"KeySummary">;

const TONES: Record<Key["state"], Tone> = { active: "good", expired: "neutral", revoked: "bad" };

export function Keys() {
  const { t } = useTranslation("settings");
  const client = useQueryClient();
  const found = useGet("/v1/keys");
  const [name, setName] = useUrlState("key");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Shape<"KeyMade"> | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  useKeys(t("tab.keys"), [{ keys: "n", words: t("keys.make"), act: () => setMaking(true) }]);

  const scopesOf = (key: Key): string => key.scopes.join(", ");
  const columns: Column<Key>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, width: 170, grow: 2 },
    { id: "shown", header: t("keys.begins"), value: (row) => row.shown, cell: (row) => <span className="mono">{`${row.shown}…`}</span>, width: 130, grow: 0 },
    { id: "scopes", header: t("keys.scopes"), value: scopesOf, width: 200, grow: 2 },
    { id: "state", header: t("people.state"), value: (row) => t(`state.${row.state}`), cell: (row) => <KeyState state={row.state} />, width: 120, grow: 0, choices: "found" },
    { id: "last", header: t("keys.last"), value: (row) => row.last_used_at ?? "", cell: (row) => (row.last_used_at ? <Instant at={row.last_used_at} form="short" /> : <span className="soft">{t("never")}</span>), width: 160, grow: 0 },
    { id: "expires", header: t("keys.expires"), value: (row) => row.expires_at, cell: (row) => <Instant at={row.expires_at} form="day" />, width: 140, grow: 0 },
    { id: "by", header: t("keys.by"), value: (row) => row.made_by, width: 120, choices: "found" },
  ];
  const key = found.data?.keys.find((one) => one.name === name);
  return (
    <Block title={t("tab.keys")} note={t("keys.note")} flush
      actions={<>
        <Button leftSection={<KeyRound size={15} aria-hidden />} onClick={() => setMaking(true)}>{t("keys.make")}</Button>
        <CopyAsApiCall path="/v1/keys" />
      </>}>
      <DataTable name="keys" label={t("tab.keys")} columns={columns} rows={found.data?.keys} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        current={name || undefined} onOpen={(row) => setName(row.name)}
        empty={<Empty icon={KeyRound} title={t("keys.empty")} hint={t("keys.empty_hint")}><Button variant="light" onClick={() => setMaking(true)}>{t("keys.make")}</Button></Empty>} />
      <SidePanel opened={key !== undefined} onClose={() => setName("")} title={key?.name} size="md">
        {key ? (
          <>
            <Pairs of={[
              [t("keys.begins"), <span key="shown" className="mono">{`${key.shown}…`}</span>],
              [t("people.state"), <KeyState key="state" state={key.state} />],
              [t("keys.scopes"), scopesOf(key)],
              [t("keys.made"), <Instant key="made" at={key.made_at} />],
              [t("keys.by"), key.made_by],
              [t("keys.last"), key.last_used_at ? <Instant key="last" at={key.last_used_at} /> : t("never")],
              [t("keys.expires"), <Instant key="expires" at={key.expires_at} />],
              [t("keys.revoked"), key.revoked_at ? <Instant key="revoked" at={key.revoked_at} /> : null],
            ]} />
            {key.state === "active" ? <Button mt="md" variant="default" onClick={() => setRevoking(key)}>{t("keys.revoke")}</Button> : null}
          </>
        ) : null}
      </SidePanel>
      {making ? <MakeKey onClose={() => setMaking(false)} onMade={(key_) => { setMaking(false); setMade(key_); void refresh(client, "/v1/keys"); }} /> : null}
      <ShownOnce title={t("keys.made_title", { name: made?.key.name })} text={made?.secret ?? ""} note={t("keys.made_note")} onClose={() => setMade(null)}>
        <p className="soft">{t("keys.use")}</p>
        <Code text={`curl ${window.location.origin}/v1/decisions -H "Authorization: Bearer $TANDEM_KEY" -H "Content-Type: application/json" -d @event.json`} label={t("keys.use")} />
      </ShownOnce>
      <ConfirmWithReason opened={revoking !== null} onClose={() => setRevoking(null)} title={t("keys.revoke_title", { name: revoking?.name })} confirm={t("keys.revoke")} danger reason="none"
        onConfirm={async () => {
          await api.DELETE("/v1/keys/{name}", { params: { path: { name: revoking?.name ?? "" } } });
          await refresh(client, "/v1/keys");
          noteDone(t("keys.revoke_done", { name: revoking?.name }));
        }}>
        <p>{t("keys.revoke_hint")}</p>
      </ConfirmWithReason>
    </Block>
  );
}

function KeyState({ state }: { state: Key["state"] }) {
  const { t } = useTranslation("settings");
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>;
}
