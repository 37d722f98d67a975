/** A person's word on what a day refused: what was given already, and a way to give it for those who may. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../api";
import { Block, ConfirmWithReason, Instant, noteDone, useMay } from "../../kit";
import classes from "./log-book.module.css";

type Detail = Shape<"RunDetail">;
type What = Detail["may_accept"][number];

export function Acceptance({ one }: { one: Detail }) {
  const { t } = useTranslation("log-book");
  const client = useQueryClient();
  const may = useMay("approve");
  const [asked, setAsked] = useState<What | null>(null);
  if (one.acceptances.length === 0 && one.may_accept.length === 0) return null;
  const path = { name: one.name, day: one.shown.day };
  const accept = async (reason: string): Promise<void> => {
    if (asked === null) return;
    await api.POST("/v1/iterations/{name}/runs/{day}/acceptance", { params: { path }, body: { what: asked, reason, by: null } });
    await refresh(client, "/v1/iterations/{name}/runs/{day}");
    noteDone(t("accepted", { day: path.day }));
  };
  return (
    <Block title={t("accept")}>
      <ul className={classes.words}>
        {one.acceptances.map((word) => (
          <li key={word.of}>
            <p>{t(`accepted_${word.of}`, { by: word.by })} <span className="soft"><Instant at={word.at} /></span></p>
            <blockquote>{word.reason}</blockquote>
          </li>
        ))}
        {one.may_accept.map((what) => (
          <li key={what}>
            <p>{t(`accept_${what}_words`)}</p>
            {may
              ? <Button variant="default" size="xs" leftSection={<ShieldCheck size={14} aria-hidden />} onClick={() => setAsked(what)}>{t(`accept_${what}`)}</Button>
              : <p className="soft">{t("accept_by_approver")}</p>}
          </li>
        ))}
      </ul>
      <ConfirmWithReason opened={asked !== null} onClose={() => setAsked(null)} title={t(`accept_${asked ?? "rows"}_title`, { day: path.day })} confirm={t("accept_do")} onConfirm={accept}>
        <p>{t(`accept_${asked ?? "rows"}_effect`)}</p>
      </ConfirmWithReason>
    </Block>
  );
}
