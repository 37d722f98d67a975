/** The way to a portrait: by the identifier, or from the decisions of this moment. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { UserSearch } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, useGet, type Problem, type Shape } from "../../api";
import { Block, Empty, ErrorPanel, Field, Instant, Loading, OutcomeBadge, Page, useUrlState, useEntityName } from "../../kit";
import classes from "./portrait.module.css";

const RECENT = 12;

export default function FindPage() {
  const { t } = useTranslation("portrait");
  const kinds = useGet("/v1/entities", {}, { staleTime: 60_000 });
  return (
    <Page title={t("find_title")} lead={t("find_lead")}>
      {kinds.isError ? <ErrorPanel problem={kinds.error} onRetry={() => void kinds.refetch()} /> : kinds.data === undefined ? <Loading lines={3} /> : kinds.data.kinds.length === 0 ? (
        <Block><Empty icon={UserSearch} title={t("no_kinds")} hint={t("no_kinds_hint")} /></Block>
      ) : <Search kinds={kinds.data.kinds} />}
      <Recent />
    </Page>
  );
}

function Search({ kinds }: { kinds: Shape<"EntityKindSummary">[] }) {
  const { t } = useTranslation("portrait");
  const entity = useEntityName();
  const navigate = useNavigate();
  const [kind, setKind] = useUrlState("kind", kinds.find((one) => one.kind === "person")?.kind ?? kinds[0]?.kind ?? "");
  const [identifier, setIdentifier] = useState(""); // never in the address: it may be a name
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [unknown, setUnknown] = useState(false);
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (identifier.trim() === "") return;
    setBusy(true);
    setProblem(null);
    setUnknown(false);
    try {
      const { data } = await api.GET("/v1/entities/{kind}/{identifier}/portrait", { params: { path: { kind, identifier: identifier.trim() } } });
      if (data && data.events > 0) await navigate({ to: "/portrait/$kind/$key" as string, params: { kind, key: data.member } as never });
      else setUnknown(true);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Block label={t("find_title")}>
      <form className={classes.find} onSubmit={(event) => void find(event)}>
        <Field label={t("kind")}><NativeSelect value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={kinds.map((one) => ({ value: one.kind, label: entity(one.kind) }))} /></Field>
        <Field label={t("identifier")} error={unknown ? t("unknown") : null}><TextInput value={identifier} maxLength={255} autoComplete="off" onChange={(event) => setIdentifier(event.currentTarget.value)} /></Field>
        <Button type="submit" loading={busy} leftSection={<UserSearch size={15} />} disabled={identifier.trim() === ""}>{t("find")}</Button>
      </form>
      <p className="soft">{t("identifier_hint")}</p>
      {problem ? <ErrorPanel problem={problem} /> : null}
    </Block>
  );
}

function Recent() {
  const { t } = useTranslation("portrait");
  const entity = useEntityName();
  const found = useGet("/v1/decisions", { params: { query: { limit: RECENT } } });
  if (found.isError) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  return (
    <Block title={t("recent")} note={t("recent_note")}>
      {found.data === undefined ? <Loading lines={4} /> : found.data.decisions.length === 0 ? <Empty title={t("no_decisions")} hint={t("no_decisions_hint")} /> : (
        <ul className={classes.recent}>
          {found.data.decisions.map((one) => (
            <li key={one.seq}>
              <span><OutcomeBadge outcome={one.answer.outcome} /> <Instant at={one.recorded_at} form="short" /></span>
              <span className={classes.names}>
                {Object.entries(one.trail.entities).map(([kind, key]) => (
                  <Link key={kind} to={"/portrait/$kind/$key" as string} params={{ kind, key } as never}>{entity(kind)} <span className="mono">{key.slice(0, 8)}</span></Link>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
