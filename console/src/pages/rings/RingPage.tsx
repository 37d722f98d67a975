/** One ring: what it is in words, drawn, how it formed, who is in it, what they share, and what is done about it. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Briefcase, ListPlus, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape as Api } from "../../api";
import { Block, ConfirmWithReason, CopyAsApiCall, ErrorPanel, inWords, noteDone, noteProblem, number, Page, PageLoading, useEntityName, useLiveChanges, useMay } from "../../kit";
import { Actions } from "./Actions";
import { Drawing } from "./Drawing";
import { Figures } from "./Figures";
import { ListDialog } from "./ListDialog";
import { IdentifierTable, MemberTable } from "./Members";
import classes from "./rings.module.css";
import { Formation, Story } from "./Story";

type Detail = Api<"RingDetail">;

export default function RingPage() {
  const { t } = useTranslation("rings");
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const found = useGet("/v1/rings/{ring_id}", { params: { path: { ring_id: id } } }, { refetchInterval: 30_000 });
  useLiveChanges((one) => { if (one.kind === "list" || one.kind === "case") void refresh(client, "/v1/rings/{ring_id}"); });
  const back = { to: "/rings", words: t("title") };
  if (found.isPending) return <PageLoading />;
  if (found.isError && !found.data) return <Page title={t("ring")} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  return <Shown found={found.data} back={back} key={found.data.ring.ring_id} />;
}

function Shown({ found, back }: { found: Detail; back: { to: string; words: string } }) {
  const { t } = useTranslation("rings");
  const { ring } = found;
  const living = found.members.length > 0;
  return (
    <Page wide back={back} title={t("ring_of", { count: ring.size, number: number(ring.size) })} lead={inWords(ring.words)} actions={<><Doing ring={ring} living={living} /><CopyAsApiCall path={`/v1/rings/${ring.ring_id}`} /></>}>
      <Figures ring={ring} />
      {ring.merged_into ? <p className={classes.notice}>{t("merged_into")} <Link to={"/rings/$id" as string} params={{ id: ring.merged_into } as never}>{ring.merged_into.slice(0, 13)}</Link></p> : null}
      {found.caveats.length > 0 ? <ul className={classes.caveats} aria-label={t("caveats")}>{found.caveats.map((one) => <li key={one.en}><TriangleAlert size={14} aria-hidden /> {inWords(one)}</li>)}</ul> : null}
      <div className={classes.columns}>
        <div className={classes.main}>
          {living ? <Drawing found={found} /> : <Block title={t("gone")}><p>{t("gone_hint")}</p></Block>}
          {living ? <Block title={t("who")} note={t("who_note")} flush><MemberTable found={found} /></Block> : null}
          {living ? <Block title={t("shared")} note={t("shared_note")} flush><IdentifierTable found={found} /></Block> : null}
        </div>
        <aside className={classes.aside} aria-label={t("beside")}>
          <Actions found={found} />
          {living ? <Formation timeline={found.timeline} /> : null}
          <Story events={found.story} self={ring.ring_id} />
          {found.nearest.length > 0 ? <Nearest found={found} /> : null}
        </aside>
      </div>
    </Page>
  );
}

/** What can be done about a ring, as far as one may. */
function Doing({ ring, living }: { ring: Api<"RingSummary">; living: boolean }) {
  const { t } = useTranslation("rings");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [mayWork, mayList] = [useMay("work_cases"), useMay("edit_lists")];
  const [asked, setAsked] = useState<"list" | "dismiss">();
  const [busy, setBusy] = useState(false);
  const path = { ring_id: ring.ring_id };
  const again = async (): Promise<void> => { await Promise.all([refresh(client, "/v1/rings/{ring_id}"), refresh(client, "/v1/rings")]); };
  const openCase = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.POST("/v1/rings/{ring_id}/case", { params: { path }, body: { by: null } });
      void again();
      await navigate({ to: "/cases/$id" as string, params: { id: (data as Api<"RingCase">).case_id } as never });
    } catch (error) {
      noteProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => setAsked(undefined);
  return (
    <>
      {ring.case_id ? <Button component={Link} to={"/cases/$id" as string} params={{ id: ring.case_id } as never} variant="default" leftSection={<Briefcase size={15} aria-hidden />}>{t("to_case")}</Button>
        : mayWork && living ? <Button variant="default" loading={busy} leftSection={<Briefcase size={15} aria-hidden />} onClick={() => void openCase()}>{t("open_case")}</Button> : null}
      {mayList && living ? <Button leftSection={<ListPlus size={15} aria-hidden />} onClick={() => setAsked("list")}>{t("put_on_list")}</Button> : null}
      {mayWork && ring.state === "open" ? <Button variant="default" leftSection={<X size={15} aria-hidden />} onClick={() => setAsked("dismiss")}>{t("dismiss")}</Button> : null}
      <ListDialog ring={ring} opened={asked === "list"} onClose={close} onDone={again} />
      <ConfirmWithReason opened={asked === "dismiss"} onClose={close} title={t("dismiss")} confirm={t("dismiss_do")} onConfirm={async (reason) => {
        await api.POST("/v1/rings/{ring_id}/dismiss", { params: { path }, body: { reason, by: null } });
        await again();
        noteDone(t("dismissed"));
      }}><p>{t("dismiss_hint")}</p></ConfirmWithReason>
    </>
  );
}

/** Known frauds in the ring or near it, and the way there. */
function Nearest({ found }: { found: Detail }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  const kind = found.ring.member_kind;
  return (
    <Block title={t("nearest")}>
      <ul className={classes.lines}>
        {found.nearest.map((one) => (
          <li key={one.member}>
            <Link to={"/graph" as string} search={{ graph: found.ring.graph, at: `${kind}:${one.member}` } as never}>{entity(kind)} <span className="mono">{one.member.slice(0, 8)}</span></Link>
            <span className="soft">{one.path.length === 0 ? t("in_ring") : t("away", { count: one.path.length, over: one.path.map((step) => entity(step.kind)).join(", ") })}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
