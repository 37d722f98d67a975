import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../../api";
import { ConfirmWithReason, Copyable, Dialog, Instant, noteDone, useMay, useSession, useUrlSearch } from "../../../kit";
import { useStudio } from "../model/context";
import { Difference } from "./Changes";
import { StateBadge } from "./StateBadge";
import classes from "../studio.module.css";

type Version = Shape<"StudioVersion">;
type Step = "approve" | "publish" | "roll_back";

/** Every version from draft to live, and the steps between them. */
export function Versions({ policy, shown }: { policy: Shape<"StudioPolicy">; shown: string }) {
  const { t } = useTranslation("studio");
  const { draft } = useStudio();
  const { mode, person } = useSession();
  const mayApprove = useMay("approve");
  const mayRelease = useMay("release");
  const mayDraft = useMay("draft");
  const client = useQueryClient();
  const [, change] = useUrlSearch();
  const [asked, setAsked] = useState<{ step: Step; version: Version } | null>(null);
  const [compared, setCompared] = useState<Version | null>(null);

  const done = async (words: string): Promise<void> => {
    await Promise.all([refresh(client, "/v1/studio/policies"), refresh(client, "/v1/studio/policies/{name}"), refresh(client, "/v1/releases")]);
    noteDone(words);
  };
  const act = async (step: Step, version: Version, note: string): Promise<void> => {
    if (step === "approve") await api.POST("/v1/reviews", { body: { digests: [version.digest], note, approver: null } });
    else await api.POST("/v1/releases", { body: { digests: [version.digest], note, by: null, remove: [], replace_all: false } });
    await done(t(`versions.${step}_done`));
  };
  const own = (version: Version): boolean => mode === "people" && version.author === person.name;

  return (
    <>
      <p className={classes.steps}><StateBadge state="draft" /><ArrowRight size={14} aria-hidden /><StateBadge state="reviewed" /><ArrowRight size={14} aria-hidden /><StateBadge state="live" /> <span>{t("versions.way")}</span></p>
      <div style={{ overflowX: "auto" }}>
        <table className={classes.versions}>
          <thead><tr><th scope="col">{t("versions.version")}</th><th scope="col">{t("newest")}</th><th scope="col">{t("author")}</th><th scope="col">{t("changed")}</th><th scope="col">{t("versions.approved_by")}</th><th scope="col">{t("versions.note")}</th><th scope="col"><span className="visually-hidden">{t("versions.steps")}</span></th></tr></thead>
          <tbody>
            {policy.versions.map((version) => (
              <tr key={version.digest} aria-current={version.digest === shown || undefined}>
                <td><Copyable text={version.digest} short={8} /></td>
                <td><StateBadge state={version.state} /></td>
                <td>{version.author}</td>
                <td><Instant at={version.pushed_at} form="short" /></td>
                <td>{version.reviews.map((one) => one.approver).join(", ") || "–"}</td>
                <td>{version.note || "–"}{version.declined ? <p className="soft">{t("versions.sent_back", version.declined)}</p> : null}</td>
                <td>
                  <div className={classes.addLine} style={{ justifyContent: "flex-end" }}>
                    {version.digest === shown ? null : <Button size="compact-sm" variant="default" disabled={draft.dirty} title={draft.dirty ? t("versions.save_first") : undefined} onClick={() => change({ version: version.digest, stage: undefined })}>{t("versions.open")}</Button>}
                    {policy.live && version.digest !== policy.live ? <Button size="compact-sm" variant="default" onClick={() => setCompared(version)}>{t("versions.compare")}</Button> : null}
                    {policy.live && version.state !== "live" && mayDraft ? <Button size="compact-sm" variant="default" component={Link} to={"/experiments" as string} search={{ new: "1", kind: "policy", of: policy.name, with: version.digest } as never}>{t("versions.try_it")}</Button> : null}
                    {(version.state === "draft" || version.state === "declined") && mayApprove ? <Button size="compact-sm" variant="light" disabled={own(version)} title={own(version) ? t("versions.four_eyes") : undefined} onClick={() => setAsked({ step: "approve", version })}>{t("versions.approve")}</Button> : null}
                    {version.state === "draft" && !mayApprove ? <span className="soft">{t("versions.waits")}</span> : null}
                    {version.state === "reviewed" && mayRelease ? <Button size="compact-sm" onClick={() => setAsked({ step: "publish", version })}>{t("versions.publish")}</Button> : null}
                    {version.state === "retired" && mayRelease ? <Button size="compact-sm" variant="default" onClick={() => setAsked({ step: "roll_back", version })}>{t("versions.roll_back")}</Button> : null}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ConfirmWithReason opened={asked !== null} onClose={() => setAsked(null)} title={asked ? t(`versions.${asked.step}_title`, { name: policy.name }) : ""} confirm={asked ? t(`versions.${asked.step}`) : ""}
        danger={asked?.step === "roll_back"} reason={asked?.step === "publish" ? "optional" : "required"}
        onConfirm={async (reason) => { if (asked) await act(asked.step, asked.version, reason); }}>
        {asked && policy.live && asked.version.digest !== policy.live ? <div style={{ maxHeight: "16rem", overflow: "auto" }}><Difference old={{ digest: policy.live }} now={{ digest: asked.version.digest }} /></div> : null}
      </ConfirmWithReason>
      <Dialog opened={compared !== null} onClose={() => setCompared(null)} title={t("versions.compare_title")} size="lg">
        {compared && policy.live ? <Difference old={{ digest: policy.live }} now={{ digest: compared.digest }} /> : null}
      </Dialog>
    </>
  );
}
