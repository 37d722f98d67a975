/** Who is told of what happens here: every receiver, how it does, and how to add one. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Lock, Plus, Webhook as WebhookIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { refresh, useGet, type Shape } from "../../api";
import { Block, CopyAsApiCall, DataTable, Empty, Instant, number, useKeys, useMay, type Column } from "../../kit";
import { StateBadge, useStateWords } from "./StateBadge";
import { SecretOnce, WebhookForm } from "./WebhookForm";

type Webhook = Shape<"WebhookSummary">;

const AGAIN_MS = 5000;

export function Webhooks() {
  const { t } = useTranslation("developers");
  return useMay("manage") ? <AllWebhooks /> : <Empty icon={Lock} title={t("hooks.forbidden")} hint={t("hooks.forbidden_hint")} />;
}

function AllWebhooks() {
  const { t } = useTranslation("developers");
  const client = useQueryClient();
  const navigate = useNavigate();
  const words = useStateWords();
  const found = useGet("/v1/webhooks", undefined, { refetchInterval: AGAIN_MS });
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Shape<"WebhookWithSecret"> | null>(null);
  const open = (id: string): void => void navigate({ to: "/developers/webhooks/$id" as string, params: { id } as never });
  useKeys(t("tab.webhooks"), [{ keys: "n", words: t("hooks.add"), act: () => setAdding(true) }]);
  const columns = useMemo<Column<Webhook>[]>(() => [
    { id: "state", header: t("hooks.state"), value: (row) => row.state, cell: (row) => <StateBadge state={row.state} />, width: 120, grow: 0, choices: words },
    { id: "url", header: t("hooks.url"), value: (row) => row.url, cell: (row) => <span className="mono">{row.url}</span>, width: 280, grow: 3 },
    { id: "kinds", header: t("hooks.kinds"), value: (row) => row.kinds.map((kind) => t(`kind.${kind.replace(".", "_")}`)).join(", "), width: 200, grow: 2 },
    { id: "waiting", header: t("hooks.waiting"), value: (row) => row.waiting, cell: (row) => <>{number(row.waiting)}</>, width: 90, grow: 0, align: "right" },
    { id: "delivered", header: t("hooks.delivered"), hint: t("hooks.delivered_hint"), value: (row) => row.delivered, cell: (row) => <>{number(row.delivered)}</>, width: 110, grow: 0, align: "right" },
    { id: "dead", header: t("hooks.dead"), hint: t("hooks.dead_hint"), value: (row) => row.dead, cell: (row) => <>{number(row.dead)}</>, width: 110, grow: 0, align: "right" },
    { id: "owner", header: t("hooks.owner"), value: (row) => row.owner, width: 110, choices: "found" },
    { id: "created", header: t("hooks.created"), value: (row) => row.created_at, cell: (row) => <Instant at={row.created_at} form="day" />, width: 120, grow: 0, hidden: true },
    { id: "description", header: t("hooks.description"), value: (row) => row.description, width: 180, hidden: true },
  ], [t, words]);
  const add = <Button leftSection={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>{t("hooks.add")}</Button>;
  return (
    <Block title={t("tab.webhooks")} note={t("hooks.note")} flush actions={<><CopyAsApiCall path="/v1/webhooks" />{add}</>}>
      <DataTable name="webhooks" label={t("tab.webhooks")} columns={columns} rows={found.data?.webhooks} rowKey={(row) => row.id} onOpen={(row) => open(row.id)}
        problem={found.error} onRetry={() => void found.refetch()}
        empty={<Empty icon={WebhookIcon} title={t("hooks.empty")} hint={t("hooks.empty_hint")}>{add}</Empty>} />
      <WebhookForm opened={adding} onClose={() => setAdding(false)} onMade={(answer) => { setMade(answer); void refresh(client, "/v1/webhooks"); }} />
      <SecretOnce given={made} onClose={() => { if (made) open(made.webhook.id); setMade(null); }} />
    </Block>
  );
}
