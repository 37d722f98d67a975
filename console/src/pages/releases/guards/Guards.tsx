/** The limits in force: what takes a release back without anybody, and how to change them. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh } from "../../../api";
import { Badge, Block, ConfirmWithReason, Empty, ErrorPanel, Loading, noteDone, useMay } from "../../../kit";
import type { GuardForm } from "./guard";
import { GuardEditor } from "./GuardEditor";
import { InWords } from "./InWords";
import { useGuards, type Guard } from "./useGuards";
import classes from "../releases.module.css";

const PROPOSED = { draft: "guards.waits", reviewed: "guards.approved", declined: "guards.declined", live: "is_live", retired: "was_live" } as const;

/** `resting`: a guard rail has just brought the earlier release back, and none judges until a person publishes. */
export function Guards({ resting }: { resting: boolean }) {
  const { t } = useTranslation("releases");
  const { guards, problem, again } = useGuards();
  const mayEdit = useMay("draft");
  const [editing, setEditing] = useState<GuardForm | "new" | null>(null);
  return (
    <Block title={t("guards.title")} note={t("guards.lead")} actions={mayEdit ? (
      <Button variant="default" leftSection={<Plus size={15} aria-hidden />} onClick={() => setEditing("new")}>{t("guards.add")}</Button>
    ) : undefined}>
      {problem ? <ErrorPanel problem={problem} onRetry={again} /> : null}
      {!problem && !guards ? <Loading lines={2} /> : null}
      {resting && guards?.some((one) => one.live) ? <p className={classes.note} role="status">{t("guards.resting")}</p> : null}
      {guards?.length === 0 ? <Empty title={t("guards.none")} hint={t("guards.none_hint")} /> : null}
      {guards?.length ? (
        <ul className={classes.waiting}>
          {guards.map((one) => <Rail key={one.name} guard={one} onEdit={mayEdit ? setEditing : undefined} />)}
        </ul>
      ) : null}
      {editing ? <GuardEditor guard={editing === "new" ? null : editing} taken={(guards ?? []).map((one) => one.name)} onClose={() => setEditing(null)} /> : null}
    </Block>
  );
}

function Rail({ guard, onEdit }: { guard: Guard; onEdit: ((form: GuardForm) => void) | undefined }) {
  const { t } = useTranslation("releases");
  const client = useQueryClient();
  const mayRelease = useMay("release");
  const [removing, setRemoving] = useState(false);
  const { name, live, proposed } = guard;
  const newest = proposed?.form ?? live;
  const remove = async (note: string): Promise<void> => {
    await api.POST("/v1/releases", { body: { digests: [], remove: [`guard/${name}`], replace_all: false, note, by: null } });
    noteDone(t("guards.removed", { name }));
    await Promise.all([refresh(client, "/v1/releases"), refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
  };
  return (
    <li className={classes.draft}>
      <div className={classes.draftHead}>
        <span className={classes.changeHead}><strong className="mono">{name}</strong>{live ? <Badge tone="good">{t("is_live")}</Badge> : null}</span>
        <Group gap="xs">
          {onEdit && newest ? <Button size="xs" variant="default" leftSection={<Pencil size={14} aria-hidden />} onClick={() => onEdit(newest)} aria-label={t("guards.change_title", { name })}>{t("guards.change")}</Button> : null}
          {mayRelease && live ? <Button size="xs" variant="default" leftSection={<Trash2 size={14} aria-hidden />} onClick={() => setRemoving(true)} aria-label={t("guards.remove_title", { name })}>{t("guards.remove")}</Button> : null}
        </Group>
      </div>
      {live ? <InWords guard={live} /> : null}
      {live?.description ? <p className="soft">{live.description}</p> : null}
      {proposed ? <div className={classes.proposed}><Badge tone="wait">{t(PROPOSED[proposed.state])}</Badge><InWords guard={proposed.form} /></div> : null}
      <ConfirmWithReason opened={removing} onClose={() => setRemoving(false)} title={t("guards.remove_title", { name })} confirm={t("guards.remove")} danger onConfirm={remove}>
        <p>{t("guards.remove_what")}</p>
      </ConfirmWithReason>
    </li>
  );
}
