/** A receiver and what it is to hear of: entered, or changed; and its secret, shown once. */
import { Button, Checkbox, Group, MultiSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, useGet, type Problem, type Shape } from "../../api";
import { Code, Dialog, ErrorPanel } from "../../kit";
import { Notice } from "./Notice";

type Webhook = Shape<"WebhookSummary">;
type Kind = Webhook["kinds"][number];
type Outcome = Webhook["outcomes"][number];

const KINDS: readonly Kind[] = ["decision.made", "list.changed", "release.changed", "case.resolved"];
const EXAMPLE = "https://partner.example/hooks";
const OUTCOMES: readonly Outcome[] = ["approve", "review", "decline"];

interface FormProps {
  opened: boolean;
  onClose: () => void;
  webhook?: Webhook; // to be changed; without: a new one
  onMade?: (made: Shape<"WebhookWithSecret">) => void;
  onChanged?: () => void;
}

export function WebhookForm({ opened, onClose, webhook, onMade, onChanged }: FormProps) {
  const { t } = useTranslation(["developers", "kit"]);
  const [url, setUrl] = useState("");
  const [kinds, setKinds] = useState<string[]>(["decision.made"]);
  const [outcomes, setOutcomes] = useState<string[]>([]);
  const [policies, setPolicies] = useState<string[]>([]);
  const [description, setDescription] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const known = useGet("/v1/artefacts", { params: { query: { kind: "policy" } } }, { enabled: opened });
  useEffect(() => {
    if (!opened) return;
    setUrl(webhook?.url ?? "");
    setKinds(webhook?.kinds ?? ["decision.made"]);
    setOutcomes(webhook?.outcomes ?? []);
    setPolicies(webhook?.policies ?? []);
    setDescription(webhook?.description ?? "");
    setProblem(null);
  // What is typed must not be lost when the list behind is asked again.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [opened, webhook?.id]);
  const lacks = url.trim() === "" || kinds.length === 0;
  const save = async (): Promise<void> => {
    if (lacks || busy) return;
    setBusy(true);
    setProblem(null);
    const body = { url: url.trim(), kinds: kinds as Kind[], outcomes: outcomes as Outcome[], policies, description: description.trim() };
    try {
      if (webhook) {
        await api.PATCH("/v1/webhooks/{webhook_id}", { params: { path: { webhook_id: webhook.id } }, body: body as never });
        onChanged?.();
      } else {
        const { data } = await api.POST("/v1/webhooks", { body });
        onMade?.(data as Shape<"WebhookWithSecret">);
      }
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const decides = kinds.includes("decision.made");
  const offered = [...new Set([...(known.data?.artefacts.map(({ name }) => name) ?? []), ...policies])];
  return (
    <Dialog opened={opened} onClose={onClose} title={t(webhook ? "form.change" : "form.add")}>
      <form onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <Stack>
          <TextInput label={t("form.url")} description={t("form.url_hint")} placeholder={EXAMPLE} required data-autofocus value={url} type="url"
            onChange={(event) => setUrl(event.currentTarget.value)} error={problem?.field === "url" ? problem.message : undefined} />
          <Checkbox.Group label={t("form.kinds")} value={kinds} onChange={setKinds} required>
            <Stack gap={6} mt={6}>{KINDS.map((kind) => <Checkbox key={kind} value={kind} label={t(`kind.${kind.replace(".", "_")}`)} />)}</Stack>
          </Checkbox.Group>
          {decides ? (
            <>
              <Checkbox.Group label={t("form.outcomes")} description={t("form.all_if_none")} value={outcomes} onChange={setOutcomes}>
                <Group gap="md" mt={6}>{OUTCOMES.map((outcome) => <Checkbox key={outcome} value={outcome} label={t(`kit:outcome.${outcome}`)} />)}</Group>
              </Checkbox.Group>
              <MultiSelect label={t("form.policies")} description={t("form.all_if_none")} data={offered} value={policies} onChange={setPolicies} clearable searchable
                clearButtonProps={{ "aria-label": t("form.clear") }} />
            </>
          ) : null}
          <Textarea label={t("form.description")} autosize minRows={1} maxLength={500} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
          {problem && problem.field !== "url" ? <ErrorPanel problem={problem} /> : null}
          {problem?.field === "url" && problem.hint ? <p className="soft">{problem.hint}</p> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
            <Button type="submit" loading={busy} disabled={lacks}>{t(webhook ? "form.save" : "form.make")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** A secret that is shown this once: it closes only by saying that it is kept. */
export function SecretOnce({ given, onClose }: { given: Shape<"WebhookWithSecret"> | null; onClose: () => void }) {
  const { t } = useTranslation("developers");
  return (
    <Dialog opened={given !== null} onClose={onClose} title={t("secret.title")} closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <Stack>
        <Notice icon={KeyRound} title={t("secret.once")}>{t("secret.once_hint")}</Notice>
        {given ? <Code text={given.secret} label={t("secret.title")} /> : null}
        {given?.webhook.previous_secret_until ? <p className="soft">{t("secret.before")}</p> : null}
        <Group justify="flex-end"><Button onClick={onClose}>{t("secret.kept")}</Button></Group>
      </Stack>
    </Dialog>
  );
}
