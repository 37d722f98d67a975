/** Sign in with a name and a password. */
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, getOptions, problemOf, type Problem } from "../../api";
import { useSessionChanged, useStanding } from "../../app/session";
import { Code, useUrlSearch } from "../../kit";
import { Door } from "./Door";
import { Refusal } from "./Refusal";
import classes from "./sign-in.module.css";

/** Where one wanted to go; only within this server. */
const within = (next: string | undefined): string => (next?.startsWith("/") && !next.startsWith("//") ? next : "/");

export default function SignInPage() {
  const { t } = useTranslation("sign-in");
  const navigate = useNavigate();
  const [search] = useUrlSearch();
  const standing = useStanding();
  const changed = useSessionChanged();
  const welcome = useQuery({ ...getOptions("/v1/welcome"), staleTime: 0 });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const next = within(search["next"]);

  useEffect(() => {
    if (standing.data?.state === "signed_in") void navigate({ href: next, replace: true });
  }, [standing.data, navigate, next]);

  const enter = async (): Promise<void> => {
    if (busy || !name || !password) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.POST("/v1/session", { body: { name: name.trim(), password } });
      await changed();
    } catch (error) {
      setProblem(problemOf(error));
      setPassword("");
    } finally {
      setBusy(false);
    }
  };

  return (
    <Door title={t("title")} lead={t("lead")}>
      <form onSubmit={(event) => { event.preventDefault(); void enter(); }}>
        <Stack>
          {welcome.data?.first_start ? (
            <div className={classes.first}>
              <p>{t("first_start")}</p>
              <Code text="tandem access add ann --role admin" label={t("first_command")} />
            </div>
          ) : null}
          {problem ? <Refusal problem={problem} /> : null}
          <TextInput label={t("name")} required autoComplete="username" autoCapitalize="none" spellCheck={false} data-autofocus value={name} maxLength={255}
            onChange={(event) => setName(event.currentTarget.value)} />
          <PasswordInput label={t("password")} required autoComplete="current-password" value={password} maxLength={1024}
            visibilityToggleButtonProps={{ "aria-label": t("show_password") }} onChange={(event) => setPassword(event.currentTarget.value)} />
          <Button type="submit" fullWidth size="md" loading={busy} disabled={!name || !password}>{t("enter")}</Button>
          <p className="soft">{t("forgotten")}</p>
        </Stack>
      </form>
    </Door>
  );
}
