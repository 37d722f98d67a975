/** Somebody new: a name that is never given twice, roles, and a one-time link to choose a password by. */
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { Dialog, ErrorPanel } from "../../kit";
import { refusalOf } from "../sign-in/refusal";
import { RoleChoice, type RoleName } from "./RoleChoice";

export function AddPerson({ onClose, onMade }: { onClose: () => void; onMade: (link: Shape<"LinkMade">) => void }) {
  const { t } = useTranslation("settings");
  const { t: door } = useTranslation("sign-in");
  const [name, setName] = useState("");
  const [shown, setShown] = useState("");
  const [roles, setRoles] = useState<RoleName[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== "" && roles.length > 0;
  const add = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/people", { body: { name: name.trim(), display_name: shown.trim(), roles } });
      onMade(data as Shape<"LinkMade">);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const about = problem?.field === "name" || problem?.field === "display_name" ? problem.field : null;
  const wrong = problem && about ? refusalOf(problem, door) : false;
  return (
    <Dialog opened onClose={onClose} title={t("people.add")}>
      <form onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <Stack>
          <TextInput label={t("name")} description={t("people.name_hint")} required data-autofocus autoComplete="off" autoCapitalize="none" spellCheck={false} value={name} maxLength={64}
            error={about === "name" ? wrong : false} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label={door("shown_as")} description={door("shown_as_hint")} autoComplete="off" value={shown} maxLength={100}
            error={about === "display_name" ? wrong : false} onChange={(event) => setShown(event.currentTarget.value)} />
          <RoleChoice value={roles} onChange={setRoles} />
          {problem && !about ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={busy} disabled={!ready}>{t("people.add_do")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
