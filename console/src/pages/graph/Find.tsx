/** Where to begin: the identifier of a person or a thing, which never comes into the address; or somebody just decided on. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, useGet, type Problem, type Shape as Api } from "../../api";
import { Block, Empty, ErrorPanel, Field, Instant, Loading, OutcomeBadge, useEntityName } from "../../kit";
import { idOf } from "./explored";
import classes from "./graph.module.css";
import type { Explorer } from "./useExplorer";

const RECENT = 12;

export function Find({ explorer }: { explorer: Explorer }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const { graph, member, start, begin } = explorer;
  const kinds = [member, ...(graph?.identifiers.map(({ kind }) => kind) ?? [])];
  const [kind, setKind] = useState(member);
  const [value, setValue] = useState("");
  const [busy, setBusy] = useState(false);
  const [unknown, setUnknown] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!graph || value.trim() === "") return;
    setBusy(true);
    setProblem(null);
    setUnknown(false);
    try {
      const { data } = await api.GET("/v1/graphs/{name}/around", { params: { path: { name: graph.name }, query: { entity: `${kinds.includes(kind) ? kind : member}:${value.trim()}`, steps: 0 } } });
      const walked = data as Api<"GraphAround">;
      if (walked.nodes.length > 0) {
        setValue("");
        begin(idOf(walked.start));
      } else setUnknown(true);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const form = (
    <form className={classes.find} onSubmit={(event) => void find(event)}>
      <Field label={t("kind")}><NativeSelect value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={kinds.map((one) => ({ value: one, label: entity(one) }))} /></Field>
      <Field label={t("identifier")} error={unknown ? t("not_in_graph") : null}><TextInput value={value} maxLength={255} autoComplete="off" onChange={(event) => { setValue(event.currentTarget.value); setUnknown(false); }} /></Field>
      <Button type="submit" variant={start ? "default" : "filled"} loading={busy} leftSection={<Search size={15} aria-hidden />} disabled={value.trim() === ""}>{t("find")}</Button>
    </form>
  );
  return (
    <>
      {start ? form : <Block label={t("find_title")}>{form}<p className="soft">{t("identifier_hint")}</p></Block>}
      {problem ? <ErrorPanel problem={problem} /> : null}
      {start ? null : <Recent member={member} onBegin={begin} />}
    </>
  );
}

function Recent({ member, onBegin }: { member: string; onBegin: (id: string) => void }) {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const found = useGet("/v1/decisions", { params: { query: { limit: 60 } } });
  if (found.isError) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  const decided = found.data?.decisions.filter((one) => one.trail.entities[member]).slice(0, RECENT);
  return (
    <Block title={t("recent")} note={t("recent_note")}>
      {decided === undefined ? <Loading lines={4} /> : decided.length === 0 ? <Empty title={t("no_decisions")} hint={t("no_decisions_hint")} /> : (
        <ul className={classes.recent}>
          {decided.map((one) => (
            <li key={one.seq}>
              <OutcomeBadge outcome={one.answer.outcome} /> <Instant at={one.recorded_at} form="short" />
              <Button variant="subtle" size="compact-sm" onClick={() => onBegin(`${member}:${one.trail.entities[member]}`)}>{entity(member)} <span className="mono">{one.trail.entities[member]?.slice(0, 8)}</span></Button>
              <Link to={"/decisions/$id" as string} params={{ id: one.answer.decision_id } as never} className="soft">{one.answer.event_id}</Link>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
