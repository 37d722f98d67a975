/** From a report to a product that can be had: put before somebody, signed by another person, released together. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Rocket, Send, Signature } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../../api";
import { Badge, Block, ConfirmWithReason, noteDone, useMay, useSession, type Tone } from "../../../kit";
import { Publish } from "../../releases/Publish";
import classes from "../launching.module.css";

const TONES: Record<string, Tone> = { draft: "wait", declined: "bad", reviewed: "accent", live: "good", retired: "neutral" };

export function SignOff({ run, report, proposed }: { run: Shape<"AssessmentRunShown">; report: Shape<"AssessmentReport">; proposed: Shape<"ArtefactSummary">[] }) {
  const { t } = useTranslation(["launching", "releases"]);
  const client = useQueryClient();
  const { person, mode } = useSession();
  const [asking, setAsking] = useState<"propose" | "sign" | "publish" | null>(null);
  const mayDraft = useMay("draft");
  const mayApprove = useMay("approve");
  const mayRelease = useMay("release");
  const name = run.asked.product.name;
  const again = async (): Promise<void> => {
    await Promise.all([refresh(client, "/v1/assessments/{assessment_id}"), refresh(client, "/v1/assessments"), refresh(client, "/v1/reviews"), refresh(client, "/v1/products")]);
  };
  const propose = async (note: string): Promise<void> => {
    await api.POST("/v1/assessments/{assessment_id}/proposal", { params: { path: { assessment_id: run.assessment_id } }, body: { note, author: null } });
    noteDone(t("sign.proposed", { name }));
    await again();
  };
  const waiting = proposed.filter((one) => one.state === "draft" || one.state === "declined");
  const sign = async (note: string): Promise<void> => {
    await api.POST("/v1/reviews", { body: { digests: waiting.map((one) => one.digest), note, approver: null } });
    noteDone(t("sign.signed", { name }));
    await again();
  };
  const live = proposed.length > 0 && proposed.every((one) => one.state === "live");
  const reviewed = proposed.length > 0 && !live && waiting.length === 0;
  const own = mode === "people" && proposed.some((one) => one.author === person.name);
  const stops = report.concerns.filter((one) => one.weight === "stop").length;
  const stage = live ? "live" : reviewed ? "signed" : proposed.length ? "waiting" : "counted";
  return (
    <Block title={t("sign.title")} note={t(`sign.stage.${stage}`, { name, stops })}>
      {proposed.length ? (
        <ul className={classes.stages}>
          {proposed.map((one) => (
            <li key={one.digest}><span className="mono">{`${one.kind}/${one.name}`}</span> <Badge tone={TONES[one.state]}>{t(`sign.states.${one.state}`)}</Badge>
              <span className="soft">{t("sign.author", { author: one.author })}{one.approvers.length ? ` · ${t("sign.approver", { approvers: one.approvers.join(", ") })}` : ""}</span></li>
          ))}
        </ul>
      ) : null}
      <div className={classes.act}>
        {stage === "counted" && mayDraft ? <Button leftSection={<Send size={15} aria-hidden />} onClick={() => setAsking("propose")}>{t("sign.propose")}</Button> : null}
        {stage === "waiting" && own ? <span className="soft">{t("sign.own")}</span> : null}
        {stage === "waiting" && mayApprove ? <Button leftSection={<Signature size={15} aria-hidden />} disabled={own} onClick={() => setAsking("sign")}>{t("sign.sign")}</Button> : null}
        {stage === "signed" && mayRelease ? <Button leftSection={<Rocket size={15} aria-hidden />} onClick={() => setAsking("publish")}>{t("releases:publish")}</Button> : null}
        {live ? <Button component={Link} to={"/products/$name" as string} params={{ name } as never}>{t("sign.open")}</Button> : null}
      </div>
      <ConfirmWithReason opened={asking === "propose"} onClose={() => setAsking(null)} title={t("sign.propose")} confirm={t("sign.propose")} reason="optional" onConfirm={propose}>
        <p>{t("sign.propose_words")}</p>
      </ConfirmWithReason>
      <ConfirmWithReason opened={asking === "sign"} onClose={() => setAsking(null)} title={t("sign.sign_title", { name })} confirm={t("sign.sign")} reason={stops ? "required" : "optional"} onConfirm={sign}>
        <p>{t(stops ? "sign.sign_stops" : "sign.sign_words", { stops })}</p>
      </ConfirmWithReason>
      {asking === "publish" ? <Publish digests={proposed.filter((one) => one.state !== "live").map((one) => one.digest)} onClose={() => setAsking(null)} onDone={() => { setAsking(null); noteDone(t("sign.published", { name })); void again(); }} /> : null}
    </Block>
  );
}
