/** Rings, those to be looked at first in front: in words, how they grow, what is at stake. */
import { Button, NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Orbit, ScanSearch } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, getOptions, refresh, useGet, type Shape as Api } from "../../api";
import { Block, Code, CopyAsApiCall, Empty, ErrorPanel, Instant, Loading, noteDone, noteProblem, number, Page, useLiveChanges, useMay, useUrlSearch } from "../../kit";
import { Figures } from "./Figures";
import { Growth } from "./Growth";
import classes from "./rings.module.css";
import { RingLine } from "./RingLine";

const STATES = ["living", "open", "listed", "dismissed", "ended", "all"] as const;
const ORDERS = ["score", "loss", "size", "newest"] as const;
const PAGE = 50;
const DRAWN = 12; // rings whose growth is asked for; opening one is then immediate

const EXAMPLE = `# rings/people.yaml
name: people
graph: people
hot:
  outcomes: [decline]
smallest: 3
every: 5m
lists:
  members: ring_members
  identifiers: {device: blocked_devices}
`;

const oneOf = <T extends string>(all: readonly T[], text: string | undefined): T => all.find((one) => one === text) ?? all[0]!;

export default function RingsPage() {
  const { t } = useTranslation("rings");
  const [search, change] = useUrlSearch();
  const state = oneOf(STATES, search["state"]);
  const order = oneOf(ORDERS, search["order"]);
  const text = search["find"];
  const many = Number(search["many"]) || PAGE;
  const found = useGet("/v1/rings", { params: { query: { state: text ? "all" : state, order, limit: Math.min(200, many), ...(text ? { text } : {}) } } }, { placeholderData: keepPreviousData, refetchInterval: 30_000 });
  const client = useQueryClient();
  useLiveChanges((one) => { if (one.kind === "list" || one.kind === "case" || one.kind === "release") void refresh(client, "/v1/rings"); });
  const rings = found.data?.rings;
  const details = useQueries({ queries: (rings ?? []).slice(0, DRAWN).map((one) => ({ ...getOptions("/v1/rings/{ring_id}", { params: { path: { ring_id: one.ring_id } } }), staleTime: 60_000, retry: false })) });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<><LookAgain disabled={!found.data || found.data.finders.length === 0} /><CopyAsApiCall path="/v1/rings" /></>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && found.data && found.data.finders.length === 0 ? <Block><Empty icon={Orbit} title={t("no_finder")} hint={t("no_finder_hint")}><Code text={EXAMPLE} label={t("example")} /></Empty></Block> : null}
      {found.data && found.data.finders.length > 0 ? (
        <>
          <div className={classes.tools}>
            <SegmentedControl size="xs" aria-label={t("states")} value={state} onChange={(value) => change({ state: value === "living" ? undefined : value, find: undefined })} data={STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))} />
            <NativeSelect size="xs" aria-label={t("order_by")} value={order} onChange={(event) => change({ order: event.currentTarget.value === "score" ? undefined : event.currentTarget.value })} data={ORDERS.map((one) => ({ value: one, label: t(`order.${one}`) }))} />
            <FindRing key={text ?? ""} text={text ?? ""} onFind={(value) => change({ find: value || undefined })} />
            <span className="soft" role="status">{t("count", { count: found.data.total, number: number(found.data.total) })}{found.data.as_of ? <> {t("looked")} <Instant at={found.data.as_of} form="minute" /></> : null}</span>
          </div>
          {rings?.length === 0 ? <Block><Empty icon={Orbit} title={t(text ? "not_found" : found.data.as_of ? "none" : "never_looked")} hint={t(text ? "not_found_hint" : found.data.as_of ? "none_hint" : "never_looked_hint")} /></Block> : (
            <ol className={classes.rings}>
              {rings?.map((one, place) => <li key={one.ring_id}><Ring ring={one} detail={details[place]?.data} /></li>)}
            </ol>
          )}
          {found.data.total > (rings?.length ?? 0) ? <div><Button variant="default" onClick={() => change({ many: String(many + PAGE) })}>{t("more")}</Button></div> : null}
        </>
      ) : !found.error && !found.data ? <Loading lines={8} /> : null}
    </Page>
  );
}

function Ring({ ring, detail }: { ring: Api<"RingSummary">; detail: Api<"RingDetail"> | undefined }) {
  const { t } = useTranslation("rings");
  return (
    <article className={classes.ring}>
      <span className={classes.rank} title={t("rank_hint")}>{number(ring.rank)}</span>
      <div className={classes.told}>
        <h2><Link to={"/rings/$id" as string} params={{ id: ring.ring_id } as never}><RingLine ring={ring} /></Link></h2>
        <Figures ring={ring} />
      </div>
      <div className={classes.growth}>
        {detail ? <Growth timeline={detail.timeline} /> : null}
        <span className="soft number" hidden={ring.came_7d === 0}>{t("grew", { day: number(ring.came_1d), week: number(ring.came_7d) })}</span>
      </div>
    </article>
  );
}

function FindRing({ text, onFind }: { text: string; onFind: (text: string) => void }) {
  const { t } = useTranslation("rings");
  const [value, setValue] = useState(text);
  const find = (event: FormEvent): void => { event.preventDefault(); onFind(value.trim()); };
  return <form onSubmit={find}><TextInput size="xs" w={260} type="search" aria-label={t("find")} placeholder={t("find_hint")} maxLength={255} value={value} onChange={(event) => { setValue(event.currentTarget.value); if (event.currentTarget.value === "") onFind(""); }} /></form>;
}

/** Looks for rings now; by itself that is done every few minutes. */
function LookAgain({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation("rings");
  const client = useQueryClient();
  const may = useMay("work_cases");
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST("/v1/rings/refresh", { body: { finder: null, by: null } });
      const said = data as Api<"RingRefresh">;
      await refresh(client, "/v1/rings");
      noteDone(t("looked_again", { count: said.rings, rings: number(said.rings), applications: number(said.applications) }));
    } catch (error) {
      noteProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return <Button variant="default" loading={busy} disabled={disabled} leftSection={<ScanSearch size={15} aria-hidden />} onClick={() => void look()}>{t("look_again")}</Button>;
}
