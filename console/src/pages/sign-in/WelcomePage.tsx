/** A one-time link taken: choose a password, as the first admin also a name, and come in. */
import { Button, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, type Problem, type Shape } from "../../api";
import { useSessionChanged } from "../../app/session";
import { Loading } from "../../kit";
import { Door } from "./Door";
import { NewPassword, PASSWORD_MIN } from "./NewPassword";
import { Refusal } from "./Refusal";
import { refusalOf } from "./refusal";

/** The token stands behind the hash, which no browser sends. It is taken out of the address, so that it is not shown or kept there. */
function readToken(): string {
  taken = new URLSearchParams(window.location.hash.slice(1)).get("token") ?? taken;
  return taken;
}

let taken = ""; // for a second look at the same page

export default function WelcomePage() {
  const { t } = useTranslation("sign-in");
  const [token] = useState(readToken);
  // Not where there is none: the way to the door, already begun, would be broken off.
  useEffect(() => { if (token) window.history.replaceState(window.history.state, "", window.location.pathname); }, [token]);
  const link = useQuery({
    queryKey: ["welcome link", token],
    queryFn: async () => (await api.POST("/v1/welcome/link", { body: { token } })).data as Shape<"LinkAnswer">,
    enabled: token !== "",
    staleTime: Infinity,
    retry: false,
  });
  if (!token) return <Navigate to={"/sign-in" as string} replace />;
  if (link.isPending) return <Door title={t("welcome")}><Loading lines={4} /></Door>;
  if (link.isError) {
    return (
      <Door title={t("welcome")}>
        <Stack>
          <Refusal problem={problemOf(link.error)} />
          <p className="soft">{t("new_link")}</p>
          <Button variant="default" component={Link} to={"/sign-in" as string}>{t("to_sign_in")}</Button>
        </Stack>
      </Door>
    );
  }
  return <Welcome token={token} link={link.data} />;
}

function Welcome({ token, link }: { token: string; link: Shape<"LinkAnswer"> }) {
  const { t } = useTranslation("sign-in");
  const navigate = useNavigate();
  const changed = useSessionChanged();
  const first = link.purpose === "first_admin";
  const [name, setName] = useState(link.name);
  const [shown, setShown] = useState(link.display_name);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== "" && [...password].length >= PASSWORD_MIN;

  const come = async (): Promise<void> => {
    if (busy || !ready) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.POST("/v1/welcome", { body: { token, password, name: name.trim(), display_name: first ? shown.trim() : "" } });
      await changed();
      await navigate({ to: "/" as string, replace: true });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  const about = problem?.field === "password" ? "password" : problem?.field === "name" || problem?.field === "display_name" ? problem.field : null;
  const wrong = problem ? refusalOf(problem, t) : undefined;
  return (
    <Door title={t(`purpose.${link.purpose}`, { workspace: link.workspace })} lead={t(`purpose_lead.${link.purpose}`, { name: link.display_name || link.name })}>
      <form onSubmit={(event) => { event.preventDefault(); void come(); }}>
        <Stack>
          {problem && !about ? <Refusal problem={problem} /> : null}
          <TextInput label={t("name")} description={first ? t("name_hint") : undefined} required={first} readOnly={!first} autoComplete="username" autoCapitalize="none" spellCheck={false}
            value={name} maxLength={64} error={about === "name" ? wrong : false} onChange={(event) => setName(event.currentTarget.value)} />
          {first ? (
            <TextInput label={t("shown_as")} description={t("shown_as_hint")} autoComplete="name" value={shown} maxLength={100} error={about === "display_name" ? wrong : false}
              onChange={(event) => setShown(event.currentTarget.value)} />
          ) : null}
          <NewPassword label={t("new_password")} value={password} onChange={setPassword} error={about === "password" ? wrong : undefined} />
          <Button type="submit" fullWidth size="md" loading={busy} disabled={!ready}>{t("come_in")}</Button>
        </Stack>
      </form>
    </Door>
  );
}
