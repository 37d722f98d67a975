/** What was put on lists because of a ring, how it stands now, and the way back. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape as Api } from "../../api";
import { Badge, Block, ConfirmWithReason, Instant, noteDone, number, useEntityName, useMay, type Tone } from "../../kit";
import classes from "./rings.module.css";

type Action = Api<"RingAction">;
const TONES: Record<string, Tone> = { in_force: "good", expired: "neutral", removed: "wait", replaced: "wait" };

export function Actions({ found }: { found: Api<"RingDetail"> }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  if (found.actions.length === 0 && found.proposed.length === 0) return null;
  return (
    <Block title={t("done_about")}>
      {found.proposed.length > 0 ? (
        <details className={classes.details}>
          <summary>{t("proposed", { count: found.proposed.length, number: number(found.proposed.length) })}</summary>
          <ul className={classes.lines}>{found.proposed.map((one) => <li key={`${one.list_name}${one.entity}`}><span>{entity(one.kind)} <span className="mono">{one.entity.slice(0, 8)}</span></span><span className="soft">{one.list_name}</span></li>)}</ul>
        </details>
      ) : null}
      {found.actions.toReversed().map((one) => <Done key={one.action_id} action={one} ring={found.ring.ring_id} />)}
    </Block>
  );
}

function Done({ action, ring }: { action: Action; ring: string }) {
  const { t } = useTranslation("rings");
  const entity = useEntityName();
  const client = useQueryClient();
  const may = useMay("edit_lists");
  const [asked, setAsked] = useState(false);
  const lists = [...new Set(action.entries.map((one) => one.list_name))];
  const undo = async (reason: string): Promise<void> => {
    const { data } = await api.POST("/v1/rings/{ring_id}/undo", { params: { path: { ring_id: ring } }, body: { action_id: action.action_id, reason, by: null } });
    const said = data as Api<"RingUndone">;
    await Promise.all([refresh(client, "/v1/rings/{ring_id}"), refresh(client, "/v1/rings")]);
    noteDone(t("undone", { removed: number(said.removed), kept: number(said.kept) }));
  };
  return (
    <section className={classes.action}>
      <p><strong>{t("put", { count: action.entries.length, number: number(action.entries.length) })}</strong> {lists.map((name) => <Link key={name} to={"/lists/$name" as string} params={{ name } as never}><Badge>{name}</Badge></Link>)}</p>
      <p>{action.reason}</p>
      <p className="soft">{action.automatic ? t("automatic") : action.by} <Instant at={action.at} form="short" /> {t("until")} <Instant at={action.expires_at} form="day" /></p>
      {action.undone_at ? <p><Badge tone="neutral" icon={Undo2}>{t("taken_back")}</Badge> <span className="soft">{action.undone_by} <Instant at={action.undone_at} form="short" /></span></p>
        : may ? <Button size="compact-sm" variant="default" leftSection={<Undo2 size={14} aria-hidden />} onClick={() => setAsked(true)}>{t("undo")}</Button> : null}
      <details className={classes.details}>
        <summary>{t("entries")}</summary>
        <ul className={classes.lines}>
          {action.entries.map((one) => (
            <li key={`${one.list_name}${one.entity}`}>
              <span>{entity(one.kind)} <span className="mono">{one.entity.slice(0, 8)}</span></span>
              {one.now ? <Badge tone={TONES[one.now] ?? "neutral"}>{t(`now.${one.now}`)}</Badge> : null}
            </li>
          ))}
        </ul>
      </details>
      <ConfirmWithReason opened={asked} onClose={() => setAsked(false)} title={t("undo")} confirm={t("undo_do", { number: number(action.entries.length) })} onConfirm={undo}><p>{t("undo_hint")}</p></ConfirmWithReason>
    </section>
  );
}
