import { Textarea, Button, Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem } from "../../../api";
import { Dialog, ErrorPanel, noteDone, useUrlSearch } from "../../../kit";
import { useStudio } from "../model/context";
import { Difference } from "./Changes";

interface SaveProps {
  opened: boolean;
  onClose: () => void;
  live: string | null;
  onSaved: () => void;
}

/** Put the draft into the register, with what it changes in words and why. What is live stays as it is. */
export function SaveDraft({ opened, onClose, live, onSaved }: SaveProps) {
  const { t } = useTranslation("studio");
  const { name, draft } = useStudio();
  const client = useQueryClient();
  const [, change] = useUrlSearch();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (): Promise<void> => {
    if (!draft.report || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      // The document goes as the server wrote it: a browser's numbers do not tell 1.0 from 1.
      const raw = `{"note":${JSON.stringify(note.trim())},"artefacts":[{"kind":"policy","name":${JSON.stringify(name)},"body":${draft.report.json}}]}`;
      const { data } = await api.POST("/v1/artefacts", { body: { artefacts: [], author: null, note: "" }, bodySerializer: () => raw });
      const digest = data?.artefacts[0]?.digest;
      onSaved();
      await Promise.all([refresh(client, "/v1/studio/policies"), refresh(client, "/v1/studio/policies/{name}")]);
      noteDone(t(digest ? "save.done" : "save.same"));
      onClose();
      setNote("");
      draft.load(draft.document, draft.text);
      if (digest) change({ version: digest, tab: "versions" });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t("save.title")} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); void save(); }} onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void save(); }}>
        <Stack>
          <p className="soft">{t("save.words")}</p>
          {live && draft.report?.readable ? <div style={{ maxHeight: "14rem", overflow: "auto" }}><Difference old={{ digest: live }} now={{ text: draft.text }} /></div> : null}
          {draft.report && !draft.report.publishable ? <p style={{ color: "var(--wait)" }}>{t("save.not_publishable")}</p> : null}
          <Textarea label={t("save.note")} description={t("save.note_hint")} autosize minRows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
          {problem ? <ErrorPanel problem={problem} kept={t("kept.words")} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("kit:cancel")}</Button>
            <Button type="submit" loading={busy}>{t("save.act")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
