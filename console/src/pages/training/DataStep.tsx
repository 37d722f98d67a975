/** The table: given as a file, and what its columns are. */
import { Button, FileButton, Progress } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { FileUp, X } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, useGet, type Problem } from "../../api";
import { Badge, Block, ErrorPanel, Instant, Loading, number, Pairs, percent, PlainTable } from "../../kit";
import { AFRESH, nameFrom, setName, sourceOf, type Asked, type ColumnLook, type KeptSet, type Look } from "./asked";
import { give, type Upload } from "./giving";
import classes from "./training.module.css";

interface DataProps {
  asked: Asked;
  say: (changes: Partial<Asked>) => void;
  upload: Upload | undefined;
  set: KeptSet | undefined;
  table: UseQueryResult<Look>;
}

const MB = 1024 * 1024;
const size = (bytes: number): string => (bytes < MB ? `${number(bytes / 1024, 0)} kB` : `${number(bytes / MB, 1)} MB`);

export function DataStep({ asked, say, upload, set, table }: DataProps) {
  const { t } = useTranslation("training");
  const seen = table.data ? <Columns table={table.data} /> : table.error ? null : <Loading lines={6} slow={t("data.looking")} />;
  const counts = table.data && { rows: number(table.data.rows), columns: number(table.data.columns.length) };
  return (
    <>
      {sourceOf(asked) ? null : <><Give say={say} /><KeptSets say={say} /></>}
      {upload && !set ? (
        <Block title={upload.name} note={counts ? t("data.seen", { ...counts, size: size(upload.bytes) }) : size(upload.bytes)}
          actions={<Other words={t("data.other")} onClick={() => { void api.DELETE("/v1/training-uploads/{upload_id}", { params: { path: { upload_id: upload.upload_id } } }).catch(() => undefined); say(AFRESH); }} />}>
          {seen}
        </Block>
      ) : null}
      {set ? (
        <Block title={setName(set)} note={counts ? t("data.set_seen", counts) : undefined} actions={<Other words={t("data.another")} onClick={() => say(AFRESH)} />}>
          <Known set={set} />
          {seen}
        </Block>
      ) : null}
    </>
  );
}

const Other = ({ words, onClick }: { words: string; onClick: () => void }) => <Button variant="default" leftSection={<X size={14} />} onClick={onClick}>{words}</Button>;

/** What a set says of itself: what it knew, when, and of whom it says nothing. */
function Known({ set }: { set: KeptSet }) {
  const { t } = useTranslation("training");
  const left = [[t("data.young"), set.young], [t("data.unknown"), set.unknown], [t("data.declined"), set.declined], ...Object.entries(set.excluded)] as [string, number][];
  return (
    <Pairs of={[
      [t("data.of"), <>{`${set.of} · ${set.label}`} {set.simulated ? <Badge key="s" tone="wait">{t("data.simulated")}</Badge> : null}</>],
      [t("data.as_of"), <Instant key="a" at={set.at} />],
      [t("data.left_out"), left.filter(([, count]) => count > 0).map(([why, count]) => `${why}: ${number(count)}`).join(" · ") || t("data.nobody")],
    ]} />
  );
}

const BUILD = "tandem dataset build NAME --label LABEL";

/** Sets that the workspace keeps: what was decided here, as it was known then. */
function KeptSets({ say }: { say: (changes: Partial<Asked>) => void }) {
  const { t } = useTranslation("training");
  const { data, error } = useGet("/v1/datasets");
  const choose = (one: KeptSet): void => say({ ...AFRESH, dataset: one.digest, target: one.target, positive: one.positive, time: one.time, name: one.names[0] ?? one.label });
  return (
    <Block title={t("data.sets")} note={t("data.sets_note")}>
      {error ? <ErrorPanel problem={problemOf(error)} /> : null}
      {data && data.items.length === 0 ? <p className="soft">{t("data.no_sets")} <code>{BUILD}</code></p> : null}
      {data && data.items.length > 0 ? (
        <div className={classes.wide} tabIndex={0} role="region" aria-label={t("data.sets")}>
          <PlainTable label={t("data.sets")} head={[t("data.set"), t("data.of"), t("rows"), t("data.bad"), t("data.as_of"), ""]}
            rows={data.items.map((one) => [
              <span key="n" className="mono">{setName(one)}</span>, `${one.of} · ${one.label}`, number(one.rows), one.rows > 0 ? percent(one.bad / one.rows) : "–", <Instant key="a" at={one.at} form="day" />,
              <Button key="u" size="compact-sm" variant="default" aria-label={t("data.use_named", { name: setName(one) })} onClick={() => choose(one)}>{t("data.use")}</Button>,
            ])} />
        </div>
      ) : null}
    </Block>
  );
}

function Give({ say }: { say: (changes: Partial<Asked>) => void }) {
  const { t } = useTranslation("training");
  const asked = useGet("/v1/training-uploads");
  const limits = asked.data;
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; bytes: number; received: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const control = useRef<AbortController | null>(null);
  const send = async (file: File | null): Promise<void> => {
    if (!file) return;
    control.current = new AbortController();
    const { signal } = control.current;
    setProblem(null);
    // A quick hand gives the file before the page knows how large a piece may be: it waits, and is not lost.
    const { data: bounds, error } = limits ? { data: limits, error: null } : await asked.refetch();
    if (!bounds) {
      setProblem(problemOf(error));
      return;
    }
    setSending({ name: file.name, bytes: file.size, received: 0 });
    try {
      const found = await give(file, bounds.piece_bytes, (received) => setSending({ name: file.name, bytes: file.size, received }), signal);
      say({ upload: found.upload_id, name: nameFrom(found.name) });
    } catch (error) {
      if (!signal.aborted) setProblem(problemOf(error));
    } finally {
      setSending(null);
    }
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0] ?? null);
  };
  return (
    <Block title={t("data.title")} note={t("data.note")}>
      {problem ? <ErrorPanel problem={problem} kept={t("data.kept")} /> : null}
      {sending ? (
        <div className={classes.drop} role="status">
          <p>{t("data.sending", { name: sending.name, received: size(sending.received), bytes: size(sending.bytes) })}</p>
          <Progress className={classes.bar} value={(sending.received / sending.bytes) * 100} aria-label={t("data.sending_label")} />
          <Button variant="default" onClick={() => control.current?.abort()}>{t("cancel")}</Button>
        </div>
      ) : (
        <div className={classes.drop} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={dropped}>
          <FileUp size={28} strokeWidth={1.5} aria-hidden />
          <p>{t("data.drop")}</p>
          <FileButton onChange={(file) => void send(file)} accept={limits?.file_kinds.join(",")}>
            {(props) => <Button {...props} disabled={!limits}>{t("data.choose")}</Button>}
          </FileButton>
          <p className="soft">{limits ? t("data.limits", { size: size(limits.file_bytes), kinds: limits.file_kinds.join(", ") }) : ""}</p>
        </div>
      )}
      <p className="soft">{t("data.privacy")}</p>
    </Block>
  );
}

function Columns({ table }: { table: Look }) {
  const { t } = useTranslation("training");
  const note = (one: ColumnLook) => {
    if (one.sensitive) return <Badge tone="wait">{t(`grounds.${one.sensitive.ground}`)}</Badge>;
    return one.excluded ? <Badge tone="neutral">{t(`excluded.${one.excluded}`)}</Badge> : null;
  };
  const share = (one: ColumnLook): string => (one.missing === 0 ? "–" : percent(one.missing / table.looked_at, 2));
  return (
    <>
      {table.looked_at < table.rows ? <p className="soft">{t("data.sample", { count: table.looked_at, number: number(table.looked_at) })}</p> : null}
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("data.columns")}>
        <PlainTable label={t("data.columns")} head={[t("column"), t("kind"), t("missing"), t("distinct"), t("examples"), t("remark")]}
          rows={table.columns.map((one) => [
            <span key="n" className="mono">{one.name}</span>, t(`kinds.${one.kind}`), share(one), number(one.distinct),
            <span key="e" className={classes.examples}>{one.examples.length > 0 ? one.examples.join(" · ") : one.sensitive?.kind === "private" ? t("hidden") : "–"}</span>,
            note(one),
          ])} />
      </div>
    </>
  );
}
