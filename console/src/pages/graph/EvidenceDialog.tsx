/** Keep what is seen with a case: a note with the facts, the address that opens the view again, and its digest. */
import { Button, Group, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, useGet, type Problem } from "../../api";
import { Badge, Dialog, download, ErrorPanel, moment, noteDone, number, useEntityName } from "../../kit";
import { riskOf } from "./appearance";
import { digestOf, keptOf, textOf } from "./evidence";
import { endsOf, idOf, shortOf, within } from "./explored";
import classes from "./graph.module.css";
import type { Explorer } from "./useExplorer";

const NOTE_MAX = 4000;
const CASES = 6;
const SHARED = 6;

export function EvidenceDialog({ explorer, opened, onClose }: { explorer: Explorer; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("graph");
  return <Dialog opened={opened} onClose={onClose} title={t("evidence.title")} size="lg">{opened ? <Keep explorer={explorer} onClose={onClose} /> : null}</Dialog>;
}

function Keep({ explorer, onClose }: { explorer: Explorer; onClose: () => void }) {
  const { t } = useTranslation("graph");
  const client = useQueryClient();
  const { startId = "" } = explorer;
  const [text, setText] = useState(startId.split(":")[1] ?? "");
  const found = useGet("/v1/cases", { params: { query: { text: text.trim() || undefined, state: "all", order: "changed", limit: CASES } } }, { retry: false });
  const [chosen, setChosen] = useState<string>();
  const { words, document } = useNote(explorer);
  const [own, setOwn] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const cases = found.data?.cases ?? [];
  const target = cases.find((one) => one.case_id === chosen) ?? (cases.length === 1 ? cases[0] : undefined);
  const note = own ?? words;
  const save = async (): Promise<void> => {
    if (!target) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.POST("/v1/cases/{case_id}/notes", { params: { path: { case_id: target.case_id } }, body: { text: note.slice(0, NOTE_MAX), by: null } });
      void refresh(client, "/v1/cases/{case_id}");
      noteDone(t("evidence.done", { number: target.number }));
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack>
      <TextInput label={t("evidence.case")} description={t("evidence.case_hint")} value={text} maxLength={255} onChange={(event) => setText(event.currentTarget.value)} />
      {found.error ? <ErrorPanel problem={found.error} /> : cases.length === 0 ? <p className="soft" role="status">{found.isPending ? t("walking") : t("evidence.no_case")}</p> : (
        <Radio.Group aria-label={t("evidence.case")} value={target?.case_id ?? null} onChange={setChosen}>
          <Stack gap={6}>
            {cases.map((one) => <Radio key={one.case_id} value={one.case_id} label={<span className={classes.caseLine}><span className="number">{`#${one.number}`}</span> {one.queue} <Badge>{t(`evidence.state.${one.state}`)}</Badge> <span className="soft">{moment(one.opened_at, "short")}</span></span>} />)}
          </Stack>
        </Radio.Group>
      )}
      <Textarea label={t("evidence.note")} description={t("evidence.note_hint")} autosize minRows={6} maxRows={14} maxLength={NOTE_MAX} value={note} onChange={(event) => setOwn(event.currentTarget.value)} />
      {problem ? <ErrorPanel problem={problem} /> : null}
      <Group justify="space-between">
        <Button variant="subtle" leftSection={<Download size={15} aria-hidden />} onClick={() => download("graph-view.json", document, "application/json")}>{t("evidence.download")}</Button>
        <Group>
          {target ? <Link to={"/cases/$id" as string} params={{ id: target.case_id } as never}>{t("evidence.open_case", { number: target.number })}</Link> : null}
          <Button loading={busy} disabled={!target} onClick={() => void save()}>{target ? t("evidence.save", { number: target.number }) : t("evidence.choose")}</Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** The note, and the document that its digest is of. */
function useNote({ explored, member, graph, startId = "", asOf = "", since, until, path }: Explorer): { words: string; document: string } {
  const { t } = useTranslation("graph");
  const entity = useEntityName();
  const kept = useMemo(() => {
    const span = since === undefined && until === undefined ? undefined : { from: since ?? -Infinity, to: until ?? Infinity };
    const seen = within(explored, member, span, new Set([startId, ...(path.data?.nodes.map(idOf) ?? [])]));
    return { seen, document: textOf(keptOf(graph?.name ?? "", asOf, startId, seen.nodes, seen.links, member)) };
  }, [explored, member, graph, startId, asOf, since, until, path.data]);
  const [digest, setDigest] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void digestOf(kept.document).then((said) => { if (isCurrent) setDigest(said); });
    return () => { isCurrent = false; };
  }, [kept.document]);
  const name = (id: string): string => { const [kind = "", key = ""] = id.split(":"); return `${entity(kind)} ${shortOf(key)}`; };
  const members = kept.seen.nodes.filter((node) => node.member);
  const users = new Map<string, number>();
  for (const link of kept.seen.links) {
    const thing = endsOf(link, member)[1];
    users.set(thing, (users.get(thing) ?? 0) + 1);
  }
  const shared = [...users].filter(([, count]) => count > 1).toSorted((a, b) => b[1] - a[1]).slice(0, SHARED);
  const lines = [
    t("note.head", { graph: graph?.name ?? "", start: name(startId), at: asOf }),
    t("note.counts", { members: number(members.length), things: number(kept.seen.nodes.length - members.length), links: number(kept.seen.links.length), bad: number(members.filter((node) => riskOf(node) === "bad").length), declined: number(members.filter((node) => riskOf(node) === "decline").length) }),
    ...(shared.length ? [t("note.shared", { what: shared.map(([id, count]) => `${name(id)} (${number(count)})`).join(", ") })] : []),
    ...(path.data && path.data.nodes.length > 0 ? [t("note.path", { way: path.data.nodes.map((node) => name(idOf(node))).join(" → ") })] : []),
    t("note.address", { address: `${window.location.origin}${window.location.pathname}${window.location.search}` }),
    ...(digest ? [t("note.digest", { digest })] : []),
  ];
  return { words: lines.join("\n"), document: kept.document };
}
