/** One's own entry: what one may do, the password, the sessions. */
import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem } from "../../api";
import { useSessionChanged } from "../../app/session";
import { Badge, Block, ConfirmWithReason, Dialog, noteDone, Pairs, useSession } from "../../kit";
import { NewPassword, PASSWORD_MIN } from "../sign-in/NewPassword";
import { Refusal } from "../sign-in/Refusal";
import { refusalOf } from "../sign-in/refusal";
import classes from "./settings.module.css";

export function You() {
  const { t } = useTranslation("settings");
  const { t: words } = useTranslation("app");
  const { mode, person, permissions } = useSession();
  const changed = useSessionChanged();
  const [password, setPassword] = useState(false);
  const [leaving, setLeaving] = useState(false);
  return (
    <Block title={mode === "open" ? t("you.open") : person.display_name} note={mode === "open" ? t("you.open_note") : undefined}
      actions={mode === "open" ? undefined : (
        <>
          <Button variant="default" onClick={() => setPassword(true)}>{t("you.password")}</Button>
          <Button variant="default" onClick={() => setLeaving(true)}>{t("you.everywhere")}</Button>
        </>
      )}>
      <div className={classes.own}><Pairs of={[
        [t("name"), mode === "open" ? null : <span key="name" className="mono">{person.name}</span>],
        [t("roles"), person.roles.length > 0 ? <Marks key="roles" of={person.roles.map((role) => words(`role.${role}`))} /> : null],
        [t("you.may"), <Marks key="may" of={permissions.map((one) => words(`permission.${one}`))} />],
      ]} /></div>
      <PasswordDialog opened={password} onClose={() => setPassword(false)} />
      <ConfirmWithReason opened={leaving} onClose={() => setLeaving(false)} title={t("you.everywhere")} confirm={t("you.everywhere")} reason="none"
        onConfirm={async () => {
          await api.DELETE("/v1/session", { params: { query: { everywhere: true } } });
          await changed();
        }}>
        <p>{t("you.everywhere_hint")}</p>
      </ConfirmWithReason>
    </Block>
  );
}

const Marks = ({ of }: { of: readonly string[] }) => <span className={classes.marks}>{of.map((one) => <Badge key={one}>{one}</Badge>)}</span>;

function PasswordDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const { t: door } = useTranslation("sign-in");
  const changed = useSessionChanged();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = current !== "" && [...fresh].length >= PASSWORD_MIN;
  const leave = (): void => {
    setCurrent("");
    setFresh("");
    setProblem(null);
    onClose();
  };
  const change = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.POST("/v1/session/password", { body: { current, new: fresh } });
      await changed();
      noteDone(t("you.password_done"));
      leave();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const aboutNew = problem?.field === "password";
  return (
    <Dialog opened={opened} onClose={leave} title={t("you.password")}>
      <form onSubmit={(event) => { event.preventDefault(); void change(); }}>
        <Stack>
          {problem && !aboutNew ? <Refusal problem={problem} /> : null}
          <PasswordInput label={t("you.current")} required data-autofocus autoComplete="current-password" value={current} maxLength={1024}
            visibilityToggleButtonProps={{ "aria-label": door("show_password") }} onChange={(event) => setCurrent(event.currentTarget.value)} />
          <NewPassword label={door("new_password")} value={fresh} onChange={setFresh} error={aboutNew ? refusalOf(problem, door) : undefined} />
          <p className="soft">{t("you.password_hint")}</p>
          <Group justify="flex-end"><Button type="submit" loading={busy} disabled={!ready}>{t("you.password")}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}
