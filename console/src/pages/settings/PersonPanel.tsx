/** One person: other roles, a new link, no entry any more. */
import { Button, Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link2, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { ConfirmWithReason, ErrorPanel, Instant, noteDone, Pairs, SidePanel } from "../../kit";
import { PersonState, type Person } from "./People";
import { RoleChoice, type RoleName } from "./RoleChoice";

interface PanelProps {
  person: Person | undefined;
  onClose: () => void;
  onLink: (link: Shape<"LinkMade">) => void;
}

export function PersonPanel({ person, onClose, onLink }: PanelProps) {
  return (
    <SidePanel opened={person !== undefined} onClose={onClose} title={person?.display_name} size="md">
      {person ? <Details key={person.name} person={person} onLink={onLink} /> : null}
    </SidePanel>
  );
}

function Details({ person, onLink }: { person: Person; onLink: (link: Shape<"LinkMade">) => void }) {
  const { t } = useTranslation("settings");
  const client = useQueryClient();
  const [roles, setRoles] = useState<RoleName[]>(person.roles);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [dismissing, setDismissing] = useState(false);
  const path = { name: person.name };
  const others = roles.length > 0 && [...roles].toSorted().join() !== [...person.roles].toSorted().join();

  const act = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      await refresh(client, "/v1/people");
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const save = (): Promise<void> => act(async () => {
    await api.PATCH("/v1/people/{name}", { params: { path }, body: { roles } });
    noteDone(t("people.roles_done"));
  });
  const link = (): Promise<void> => act(async () => {
    const { data } = await api.POST("/v1/people/{name}/link", { params: { path } });
    onLink(data as Shape<"LinkMade">);
  });
  const enable = (): Promise<void> => act(async () => {
    await api.PATCH("/v1/people/{name}", { params: { path }, body: { disabled: false } });
    noteDone(t("people.enabled", { name: person.display_name }));
  });
  const dismiss = async (): Promise<void> => {
    await api.PATCH("/v1/people/{name}", { params: { path }, body: { disabled: true } });
    await refresh(client, "/v1/people");
    noteDone(t("people.disabled", { name: person.display_name }));
  };
  return (
    <Stack>
      <Pairs of={[
        [t("name"), <span key="name" className="mono">{person.name}</span>],
        [t("people.state"), <PersonState key="state" state={person.state} />],
        [t("people.added"), <Instant key="added" at={person.added_at} />],
        [t("people.by"), person.added_by],
        [t("people.last"), person.last_sign_in_at ? <Instant key="last" at={person.last_sign_in_at} /> : t("never")],
      ]} />
      <RoleChoice value={roles} onChange={setRoles} />
      <Group><Button disabled={!others} loading={busy} onClick={() => void save()}>{t("people.save_roles")}</Button></Group>
      {problem ? <ErrorPanel problem={problem} /> : null}
      <Group>
        {person.state === "disabled" ? (
          <Button variant="default" leftSection={<UserCheck size={15} aria-hidden />} onClick={() => void enable()}>{t("people.enable")}</Button>
        ) : (
          <>
            <Button variant="default" leftSection={<Link2 size={15} aria-hidden />} onClick={() => void link()}>{t("people.link")}</Button>
            <Button variant="default" color="red" leftSection={<UserX size={15} aria-hidden />} onClick={() => setDismissing(true)}>{t("people.disable")}</Button>
          </>
        )}
      </Group>
      <ConfirmWithReason opened={dismissing} onClose={() => setDismissing(false)} title={t("people.disable_title", { name: person.display_name })} confirm={t("people.disable")} danger reason="none" onConfirm={dismiss}>
        <p>{t("people.disable_hint")}</p>
      </ConfirmWithReason>
    </Stack>
  );
}
