/** A ring in marks and figures: how it stands, how many, what is known of them, what is at stake. */
import { Ban, CircleDot, Flag, Merge, ShieldCheck, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape as Api } from "../../api";
import { Amount, Badge, Instant, number, type Tone } from "../../kit";
import classes from "./rings.module.css";

const STATES: Record<Api<"RingSummary">["state"], { tone: Tone; icon: LucideIcon }> = {
  open: { tone: "bad", icon: Flag }, listed: { tone: "good", icon: ShieldCheck }, dismissed: { tone: "neutral", icon: Ban }, ended: { tone: "neutral", icon: CircleDot },
};

export function StateBadge({ ring, large }: { ring: Api<"RingSummary">; large?: boolean }) {
  const { t } = useTranslation("rings");
  if (ring.merged_into) return <Badge icon={Merge} large={large}>{t("merged")}</Badge>;
  return <Badge {...STATES[ring.state]} large={large}>{t(`state.${ring.state}`)}</Badge>;
}

export function Figures({ ring }: { ring: Api<"RingSummary"> }) {
  const { t } = useTranslation("rings");
  return (
    <p className={classes.figures}>
      <StateBadge ring={ring} />
      {ring.case_id ? <Badge tone="accent">{t("has_case")}</Badge> : null}
      <span>{t("members", { count: ring.size, number: number(ring.size) })}</span>
      {ring.cells > 1 ? <span>{t("cells", { count: ring.cells, number: number(ring.cells) })}</span> : null}
      <span>{t("known_bad", { number: number(ring.known_bad) })}</span>
      {ring.known_good > 0 ? <span>{t("known_good", { number: number(ring.known_good) })}</span> : null}
      {ring.lift === null ? null : <span>{t("lift", { number: number(ring.lift, 1) })}</span>}
      {ring.at_stake_minor === null ? null : <strong>{t("at_stake")} <Amount minor={ring.at_stake_minor} /></strong>}
      <span className="soft">{t("last_joined")} <Instant at={ring.last_joined_at} form="minute" /></span>
    </p>
  );
}
