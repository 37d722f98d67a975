/** One receiver: how it does, what it was told, what it did not take. */
import { Button, Menu, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { CirclePause, Ellipsis, Send, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Block, ConfirmWithReason, ErrorPanel, Instant, Loading, noteDone, noteProblem, number, Page, Pairs, useKeys } from "../../kit";
import { Deliveries } from "./Deliveries";
import { Notice } from "./Notice";
import { StateBadge } from "./StateBadge";
import { SecretOnce, WebhookForm } from "./WebhookForm";

type Webhook = Shape<"WebhookSummary">;
type Asked = "rotate" | "delete" | "skip" | null;

const AGAIN_MS = 3000;

export default function WebhookPage() {
  const { t } = useTranslation("developers");
  const { id } = useParams({ strict: false }) as { id: string };
  const path = { params: { path: { webhook_id: id } } } as const;
  const found = useGet("/v1/webhooks/{webhook_id}", path, { refetchInterval: AGAIN_MS });
  const back = { to: "/developers?tab=webhooks", words: t("tab.webhooks") };
  if (found.error) return <Page title={t("one.title")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  if (!found.data) return <Page title={t("one.title")} back={back}><Loading lines={6} /></Page>;
  return <OneWebhook webhook={found.data} back={back} />;
}

function OneWebhook({ webhook, back }: { webhook: Webhook; back: { to: string; words: string } }) {
  const { t } = useTranslation(["developers", "kit"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = { params: { path: { webhook_id: webhook.id } } } as const;
  const [editing, setEditing] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const [secret, setSecret] = useState<Shape<"WebhookWithSecret"> | null>(null);
  const [testing, setTesting] = useState(false);
  const again = async (): Promise<void> => {
    await Promise.all([refresh(client, "/v1/webhooks/{webhook_id}"), refresh(client, "/v1/webhooks"), client.invalidateQueries({ queryKey: ["deliveries", webhook.id] })]);
  };
  const change = async (body: { enabled?: boolean; skip_waiting?: boolean }, words: string): Promise<void> => {
    try {
      await api.PATCH("/v1/webhooks/{webhook_id}", { ...path, body: body as never });
      noteDone(words);
    } catch (error) {
      noteProblem(error);
    }
    await again();
  };
  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      const { data } = await api.POST("/v1/webhooks/{webhook_id}/test", path);
      const tried = data as Shape<"DeliveryDetail">;
      noteDone(tried.state === "delivered" ? t("one.test_taken", { status: tried.status, ms: number(tried.took_ms ?? 0) }) : t("one.test_failed", { why: t(`error.${tried.error}`), status: tried.status ?? "" }));
    } catch (error) {
      noteProblem(error);
    }
    setTesting(false);
    await again();
  };
  useKeys(t("one.title"), [{ keys: "e", words: t("one.test"), act: () => void test() }]);
  const isServed = webhook.state === "active" || webhook.state === "failing";
  return (
    <Page title={<span className="mono">{webhook.url}</span>} lead={webhook.description || undefined} back={back}
      actions={<>
        <Button leftSection={<Send size={15} aria-hidden />} loading={testing} onClick={() => void test()}>{t("one.test")}</Button>
        <Button variant="default" onClick={() => void change({ enabled: !isServed }, t(isServed ? "one.disabled" : "one.enabled"))}>{t(isServed ? "one.disable" : "one.enable")}</Button>
        <Menu position="bottom-end">
          <Menu.Target><Button variant="default" aria-label={t("one.more")}><Ellipsis size={17} aria-hidden /></Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setEditing(true)}>{t("form.change")}</Menu.Item>
            <Menu.Item onClick={() => setAsked("rotate")}>{t("one.rotate")}</Menu.Item>
            <Menu.Item disabled={webhook.waiting + webhook.behind === 0} onClick={() => setAsked("skip")}>{t("one.skip")}</Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => setAsked("delete")}>{t("one.delete")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </>}>
      <Stack>
        {webhook.paused ? <Notice tone="bad" icon={CirclePause} title={t(`one.paused_${webhook.paused}`)}>{t("one.paused_hint")}</Notice> : null}
        {webhook.state === "failing" ? (
          <Notice icon={TriangleAlert} title={t("one.failing", { count: webhook.failures })}>
            <span>{t("one.failing_hint")} {webhook.next_attempt_at ? <>{t("one.next")} <Instant at={webhook.next_attempt_at} ago /></> : null}</span>
            <Button size="compact-sm" variant="default" onClick={() => void change({ enabled: true }, t("one.trying"))}>{t("one.try")}</Button>
          </Notice>
        ) : null}
        <Block title={t("one.how")}>
          <Pairs of={[
            [t("hooks.state"), <StateBadge key="state" state={webhook.state} />],
            [t("hooks.kinds"), webhook.kinds.map((kind) => t(`kind.${kind.replace(".", "_")}`)).join(", ")],
            [t("form.outcomes"), webhook.outcomes.map((outcome) => t(`kit:outcome.${outcome}`)).join(", ")],
            [t("form.policies"), webhook.policies.join(", ")],
            [t("hooks.waiting"), number(webhook.waiting)],
            [t("hooks.delivered"), number(webhook.delivered)],
            [t("hooks.dead"), number(webhook.dead)],
            [t("hooks.owner"), webhook.owner],
            [t("hooks.created"), <Instant key="created" at={webhook.created_at} />],
            [t("one.old_secret"), webhook.previous_secret_until ? <Instant key="old" at={webhook.previous_secret_until} /> : null],
          ]} />
        </Block>
        <Deliveries webhook={webhook.id} onSent={() => void again()} />
      </Stack>
      <WebhookForm opened={editing} onClose={() => setEditing(false)} webhook={webhook} onChanged={() => void again()} />
      <ConfirmWithReason opened={asked === "rotate"} onClose={() => setAsked(null)} title={t("one.rotate")} confirm={t("one.rotate_do")} reason="none"
        onConfirm={async () => { const { data } = await api.POST("/v1/webhooks/{webhook_id}/secret", path); setSecret(data as Shape<"WebhookWithSecret">); await again(); }}>
        <p>{t("one.rotate_what")}</p>
      </ConfirmWithReason>
      <ConfirmWithReason opened={asked === "skip"} onClose={() => setAsked(null)} title={t("one.skip")} confirm={t("one.skip_do")} danger reason="none"
        onConfirm={async () => { await api.PATCH("/v1/webhooks/{webhook_id}", { ...path, body: { skip_waiting: true } as never }); await again(); }}>
        <p>{t("one.skip_what", { count: webhook.waiting })}</p>
      </ConfirmWithReason>
      <ConfirmWithReason opened={asked === "delete"} onClose={() => setAsked(null)} title={t("one.delete")} confirm={t("one.delete_do")} danger reason="none"
        onConfirm={async () => { await api.DELETE("/v1/webhooks/{webhook_id}", path); await refresh(client, "/v1/webhooks"); void navigate({ to: "/developers" as string, search: { tab: "webhooks" } as never }); }}>
        <p>{t("one.delete_what")}</p>
      </ConfirmWithReason>
      <SecretOnce given={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}
