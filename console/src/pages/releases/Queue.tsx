/** Drafts that wait: for a judgement, for a release, for their author. */
import { Button, Checkbox, Group, Stack, Tabs } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Check, CornerUpLeft, Rocket } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet } from "../../api";
import { Block, ConfirmWithReason, Empty, ErrorPanel, Instant, Loading, noteDone, number, useMay, useSession, useUrlState } from "../../kit";
import { ChangeHead, Hands, keyOf, Sentences, type ReleaseChange } from "./ChangesInWords";
import { Publish } from "./Publish";
import type { Activated } from "./RollBack";
import classes from "./releases.module.css";

const TABS = ["waiting", "approved", "declined"] as const;
type Tab = (typeof TABS)[number];

export function Queue({ onPublished }: { onPublished: (activated: Activated) => void }) {
  const { t } = useTranslation("releases");
  const [tab, setTab] = useUrlState("queue", "waiting");
  const found = useGet("/v1/reviews");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [publishing, setPublishing] = useState(false);
  const mayRelease = useMay("release");
  const approved = found.data?.approved ?? [];
  const toPublish = approved.filter((one) => one.new && (chosen.size === 0 || chosen.has(one.new)));
  const toggle = (digest: string): void => {
    const next = new Set(chosen);
    if (!next.delete(digest)) next.add(digest);
    setChosen(next);
  };
  return (
    <Block title={t("queue")} note={t("queue_note")} actions={mayRelease && approved.length > 0 ? (
      <Button leftSection={<Rocket size={15} aria-hidden />} onClick={() => setPublishing(true)}>{t("publish_count", { count: toPublish.length })}</Button>
    ) : undefined}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !found.data ? <Loading /> : null}
      {found.data ? (
        <Tabs value={tab} onChange={(value) => setTab(value ?? "waiting")} keepMounted={false}>
          <Tabs.List mb="sm">
            {TABS.map((one) => <Tabs.Tab key={one} value={one}>{t(`tabs.${one}`)} <span className="soft number">{number(found.data[one].length)}</span></Tabs.Tab>)}
          </Tabs.List>
          {TABS.map((one) => (
            <Tabs.Panel key={one} value={one}>
              {found.data[one].length === 0 ? <Empty title={t(`empty.${one}`)} hint={t(`empty_hint.${one}`)} /> : (
                <ul className={classes.waiting}>
                  {found.data[one].map((change) => (
                    <Draft key={keyOf(change)} change={change} tab={one} chosen={chosen.size === 0 || (change.new !== null && chosen.has(change.new ?? ""))} onChoose={mayRelease ? toggle : undefined} />
                  ))}
                </ul>
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : null}
      {publishing ? <Publish digests={toPublish.flatMap((one) => one.new ?? [])} onClose={() => setPublishing(false)} onDone={(one) => { setChosen(new Set()); onPublished(one); }} /> : null}
    </Block>
  );
}

function Draft({ change, tab, chosen, onChoose }: { change: ReleaseChange; tab: Tab; chosen: boolean; onChoose?: (digest: string) => void }) {
  const { t } = useTranslation("releases");
  const client = useQueryClient();
  const { person, mode } = useSession();
  const mayApprove = useMay("approve");
  const [asking, setAsking] = useState<"approve" | "decline" | null>(null);
  const digest = change.new ?? "";
  const own = mode === "people" && change.author === person.name;
  const done = async (words: string): Promise<void> => {
    noteDone(words);
    await refresh(client, "/v1/reviews");
  };
  const approve = async (note: string): Promise<void> => {
    await api.POST("/v1/reviews", { body: { digests: [digest], note, approver: null } });
    await done(t("approved_done", { name: keyOf(change) }));
  };
  const decline = async (reason: string): Promise<void> => {
    await api.POST("/v1/reviews/declined", { body: { digests: [digest], reason, by: null } });
    await done(t("declined_done", { name: keyOf(change) }));
  };
  return (
    <li className={classes.draft}>
      <div className={classes.draftHead}>
        {tab === "approved" && onChoose ? <Checkbox checked={chosen} onChange={() => onChoose(digest)} label={<ChangeHead change={change} />} /> : <ChangeHead change={change} />}
        {mayApprove && tab !== "approved" ? (
          <Group gap="xs">
            {tab === "waiting" ? <Button size="xs" variant="default" leftSection={<CornerUpLeft size={14} aria-hidden />} onClick={() => setAsking("decline")}>{t("send_back")}</Button> : null}
            <Button size="xs" disabled={own} title={own ? t("own_work") : undefined} leftSection={<Check size={14} aria-hidden />} onClick={() => setAsking("approve")}>{t("approve")}</Button>
          </Group>
        ) : null}
        {mayApprove && tab === "approved" ? <Button size="xs" variant="default" leftSection={<CornerUpLeft size={14} aria-hidden />} onClick={() => setAsking("decline")}>{t("send_back")}</Button> : null}
      </div>
      {change.declined ? <p className={classes.note}>{t("declined_by", { by: change.declined.by })} <Instant at={change.declined.at} form="short" /><br />{change.declined.reason}</p> : null}
      {change.note ? <p>{change.note}</p> : null}
      <Stack gap={0}><Sentences change={change} /><Hands change={change} /></Stack>
      {own && tab === "waiting" ? <p className="soft">{t("own_work")}</p> : null}
      <ConfirmWithReason opened={asking === "approve"} onClose={() => setAsking(null)} title={t("approve_title", { name: keyOf(change) })} confirm={t("approve")} reason="optional" onConfirm={approve}>
        <p>{t("approve_what")}</p>
      </ConfirmWithReason>
      <ConfirmWithReason opened={asking === "decline"} onClose={() => setAsking(null)} title={t("send_back_title", { name: keyOf(change) })} confirm={t("send_back")} danger onConfirm={decline}>
        <p>{t("send_back_what")}</p>
      </ConfirmWithReason>
    </li>
  );
}
