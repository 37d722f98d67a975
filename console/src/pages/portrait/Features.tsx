import { Button, TextInput } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useMemo, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, DataTable, Empty, ErrorPanel, inWords, Instant, number, plain, useUrlSearch, type Column } from "../../kit";
import classes from "./portrait.module.css";

interface Row {
  name: string;
  words: string;
  value: unknown;
  now: unknown;
}

/** A moment as the field of the browser writes it, in the reader's zone. */
function local(instant: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** Features now, or as of any moment of the past, folded anew from this entity's own events. */
export function Features({ kind, member, words }: { kind: string; member: string; words: Record<string, Shape<"FeatureWords">> }) {
  const { t } = useTranslation("portrait");
  const [search, change] = useUrlSearch();
  const at = search["at"];
  const knownTo = Number(search["known_to"]) || undefined;
  const path = { kind, identifier: member };
  const has = Object.keys(words).length > 0;
  const now = useGet("/v1/entities/{kind}/{identifier}/features", { params: { path } }, { enabled: has, refetchInterval: 15_000 });
  const then = useGet("/v1/entities/{kind}/{identifier}/features", { params: { path, query: { at, known_to: knownTo } } }, { enabled: has && at !== undefined, placeholderData: keepPreviousData, retry: false });
  const shown = at === undefined ? now : then;
  const rows = useMemo<Row[] | undefined>(() => {
    if (!shown.data) return undefined;
    const of = (data: typeof now.data, name: string): unknown => (data?.features as Record<string, unknown> | undefined)?.[name];
    return Object.keys(words).map((name) => ({ name, words: inWords(words[name]), value: of(shown.data, name), now: of(now.data, name) }));
  }, [shown.data, now.data, words]);
  const columns = useMemo<Column<Row>[]>(() => [
    { id: "name", header: t("feature"), value: (row) => row.name, cell: (row) => <code className={classes.one} title={row.name}>{row.name}</code>, width: 210, grow: 2 },
    { id: "words", header: t("meaning"), value: (row) => row.words, cell: (row) => <span className={classes.one} title={row.words}>{row.words}</span>, width: 200, grow: 4 },
    { id: "value", header: t(at === undefined ? "value_now" : "value_then"), value: (row) => row.value as string | number | null, cell: (row) => known(row.value, t("nothing")), align: "right", width: 130 },
    ...(at === undefined ? [] : [{ id: "now", header: t("value_now"), value: (row: Row) => row.now as string | number | null, cell: (row: Row) => <>{row.now === row.value ? null : <Badge tone="accent">{t("changed")}</Badge>} {known(row.now, t("nothing"))}</>, align: "right" as const, width: 165 }]),
  ], [t, at]);
  return (
    <section id="features" className={classes.features}>
      <Block title={t("features")} note={t("features_note")} actions={<Moment key={at ?? ""} at={at} onAt={(value) => change({ at: value, known_to: undefined })} />} flush>
        {at === undefined ? null : (
          <p className={classes.asOf}>
            {t("as_of_moment")} <Instant at={at} />{knownTo === undefined ? <> {t("as_known_now")}</> : <> {t("as_known_at", { place: number(knownTo) })}</>}
            {then.data?.events === undefined || then.data.events === null ? null : <span className="soft"> {t("folded", { count: then.data.events, number: number(then.data.events) })}</span>}
            {knownTo === undefined ? null : <Button size="compact-xs" variant="subtle" onClick={() => change({ known_to: undefined })}>{t("drop_known")}</Button>}
          </p>
        )}
        {!has ? <Empty title={t("no_features")} hint={t("no_features_hint")} /> : shown.isError ? <div className={classes.inset}><ErrorPanel problem={shown.error} onRetry={() => void shown.refetch()} /></div> : (
          <DataTable name={`features-${kind}`} label={t("features")} columns={columns} rows={rows} rowKey={(row) => row.name} height={420} bare />
        )}
      </Block>
    </section>
  );
}

const known = (value: unknown, nothing: string) => (value === null || value === undefined ? <span className="soft nowrap">{nothing}</span> : <span className="number">{plain(value)}</span>);

function Moment({ at, onAt }: { at: string | undefined; onAt: (at: string | undefined) => void }) {
  const { t } = useTranslation("portrait");
  const [value, setValue] = useState(at ? local(at) : "");
  const take = (event: FormEvent): void => {
    event.preventDefault();
    const moment = new Date(value);
    if (value !== "" && !Number.isNaN(moment.getTime())) onAt(moment.toISOString());
  };
  return (
    <form className={classes.moment} onSubmit={take}>
      <TextInput size="xs" type="datetime-local" step={1} aria-label={t("moment")} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
      <Button size="xs" type="submit" variant="default" disabled={value === ""}>{t("show_then")}</Button>
      {at === undefined ? null : <Button size="xs" variant="subtle" onClick={() => onAt(undefined)}>{t("show_now")}</Button>}
    </form>
  );
}
