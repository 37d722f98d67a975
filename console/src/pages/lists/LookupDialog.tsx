/** Whether somebody is on the list, by the identifier people know; it is sent in a body, and kept nowhere. */
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { Dialog, ErrorPanel } from "../../kit";

interface LookupProps {
  name: string;
  entity: string;
  opened: boolean;
  onClose: () => void;
  onFound: (member: string) => void;
}

export function LookupDialog({ name, entity, opened, onClose, onFound }: LookupProps) {
  const { t } = useTranslation("lists");
  const [identifier, setIdentifier] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const leave = (): void => {
    setIdentifier("");
    setProblem(null);
    onClose();
  };
  const look = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/lists/{name}/lookup", { params: { path: { name } }, body: { identifier: identifier.trim() } });
      onFound((data as Shape<"ListMemberDetail">).member);
      leave();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={leave} title={t("lookup_title")}>
      <form onSubmit={(event) => { event.preventDefault(); if (identifier.trim()) void look(); }}>
        <Stack>
          <TextInput label={t("identifier", { entity })} description={t("identifier_hint")} value={identifier} maxLength={255} data-autofocus autoComplete="off"
            onChange={(event) => setIdentifier(event.currentTarget.value)} />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end"><Button type="submit" loading={busy} disabled={!identifier.trim()}>{t("lookup_do")}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}
