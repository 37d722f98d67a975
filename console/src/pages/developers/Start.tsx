/** The first quarter of an hour of a partner: a key, a request, a webhook; and what holds for every request. */
import { Button, List, Stack } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Badge, Block, Code, Copyable, ErrorPanel, Loading, number, Pairs, useMay, useSession } from "../../kit";
import { CodeChoice } from "./CodeChoice";
import { useExampleEvent, useReference } from "./examples";

const RECEIVER = `from tandem_sdk import InvalidSignature, verify


def receive(headers, body):
    try:
        message = verify(headers, body, SECRET)
    except InvalidSignature:
        return 400
    print(message.id, message.type, message.data["outcome"])
    return 204`;

export function Start() {
  const { t } = useTranslation("developers");
  const session = useSession();
  const manages = useMay("manage");
  const reference = useReference();
  const event = useExampleEvent();
  const found = reference.data?.operations.find(({ key }) => key === "POST /v1/decisions");
  const decide = found && event ? { ...found, body: event } : undefined;
  const sandbox = session.workspace.kind === "sandbox";
  return (
    <Stack>
      <Block title={t("start.where")}>
        <Pairs of={[
          [t("start.workspace"), <span key="workspace">{session.workspace.name} <Badge tone={sandbox ? "wait" : "neutral"}>{t(sandbox ? "start.kind_sandbox" : "start.kind_live")}</Badge></span>],
          [t("start.address"), <Copyable key="address" text={window.location.origin} />],
          [t("start.document"), <a key="document" href="/openapi.json">{t("start.openapi", { version: reference.data?.version ?? "" })}</a>],
        ]} />
        <p className="soft" style={{ margin: "0.75rem 0" }}>{t(sandbox ? "start.sandbox_here" : "start.sandbox_elsewhere")}</p>
        {sandbox ? null : <Code text="tandem init partners --sandbox" label={t("start.sandbox_make")} />}
      </Block>
      <Block title={t("start.key")} note={session.mode === "open" ? t("start.key_open") : t("start.key_note")}
        actions={manages ? <Button component={Link} to={"/settings" as string} variant="default">{t("start.key_go")}</Button> : null}>
        {session.mode === "people" ? <Code text="export TANDEM_KEY=tdm_..." label={t("start.key")} /> : null}
        <Code text="pip install tandem-sdk" label={t("start.install")} />
      </Block>
      <Block title={t("start.decide")} note={t("start.decide_note")}>
        {decide ? <CodeChoice operation={decide} /> : reference.error ? <ErrorPanel problem={reference.error} onRetry={() => void reference.refetch()} /> : <Loading />}
      </Block>
      <Block title={t("start.hear")} note={t("start.hear_note")}
        actions={manages ? <Button component={Link} to={"/developers" as string} search={{ tab: "webhooks" } as never} variant="default">{t("tab.webhooks")}</Button> : null}>
        <Code text={RECEIVER} label={t("start.hear")} />
      </Block>
      <Block title={t("start.rules")}>
        <List spacing="xs">
          <List.Item>{t("start.rule_again")}</List.Item>
          <List.Item>{t("start.rule_whole")}</List.Item>
          <List.Item>{t("start.rule_problem")}</List.Item>
          {reference.data?.batchMax ? <List.Item>{t("start.rule_batch", { most: number(reference.data.batchMax) })}</List.Item> : null}
          <List.Item>{t("start.rule_rate")}</List.Item>
          <List.Item>{t("start.rule_browser")}</List.Item>
        </List>
      </Block>
    </Stack>
  );
}
