/** A new key: what it may do and for how long. */
import { Button, Checkbox, Group, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { Dialog, ErrorPanel } from "../../kit";
import { refusalOf } from "../sign-in/refusal";
import classes from "./settings.module.css";

type Scope = Shape<"KeySummary">["scopes"][number];

// Approvals and settings are a person's business; the server refuses them as scopes.
const SCOPES: readonly Scope[] = ["decide", "read", "read_personal", "edit_lists", "work_cases", "draft", "release", "invite"];
const LIVES = ["30d", "90d", "365d", "730d"] as const;

export function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: (key: Shape<"KeyMade">) => void }) {
  const { t } = useTranslation("settings");
  const { t: door } = useTranslation("sign-in");
  const { t: words } = useTranslation("app");
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>(["decide"]);
  const [life, setLife] = useState<string>("365d");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== "" && scopes.length > 0;
  const make = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/keys", { body: { name: name.trim(), scopes, expires_after: life, merchant: null } });
      onMade(data as Shape<"KeyMade">);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const aboutName = problem?.field === "name";
  return (
    <Dialog opened onClose={onClose} title={t("keys.make")}>
      <form onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <Stack>
          <TextInput label={t("name")} description={t("keys.name_hint")} required data-autofocus autoComplete="off" autoCapitalize="none" spellCheck={false} value={name} maxLength={64}
            error={problem && aboutName ? refusalOf(problem, door) : false} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox.Group label={t("keys.scopes")} description={t("keys.scopes_hint")} value={scopes} onChange={(chosen) => setScopes(chosen as Scope[])} required>
            <div className={classes.choices} style={{ marginTop: 8 }}>
              {SCOPES.map((scope) => <Checkbox key={scope} value={scope} label={words(`permission.${scope}`)} description={scope} />)}
            </div>
          </Checkbox.Group>
          <Select label={t("keys.expires")} value={life} allowDeselect={false} onChange={(chosen) => setLife(chosen ?? "365d")} data={LIVES.map((value) => ({ value, label: t(`keys.life.${value}`) }))} />
          {problem && !aboutName ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={busy} disabled={!ready}>{t("keys.make")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
