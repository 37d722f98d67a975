/** Everything known of one person, device, card, merchant ...: facts with their source, links, timeline, features, risk. */
import { useParams } from "@tanstack/react-router";
import { UserSearch } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Badge, Block, CopyAsApiCall, Copyable, Empty, ErrorPanel, Instant, number, Page, PageLoading, Pairs, useEntityName } from "../../kit";
import { ToGraph } from "../graph/ToGraph";
import { ToRings } from "../rings/ToRings";
import { Cases } from "./Cases";
import { Facts } from "./Facts";
import { Features } from "./Features";
import { Links } from "./Links";
import classes from "./portrait.module.css";
import { Risk } from "./Risk";
import { Timeline } from "./Timeline";

const TONES: Record<string, "bad" | "wait" | "good"> = { block: "bad", watch: "wait", allow: "good" };

export default function PortraitPage() {
  const { t } = useTranslation("portrait");
  const entity = useEntityName();
  const { kind, key } = useParams({ strict: false }) as { kind: string; key: string };
  const found = useGet("/v1/entities/{kind}/{identifier}/portrait", { params: { path: { kind, identifier: key } } }, { refetchInterval: 30_000 });
  const named = entity(kind);
  const back = { to: "/portrait", words: t("find_title") };
  if (found.isPending) return <PageLoading />;
  if (found.isError && !found.data) return <Page title={named} back={back}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  const portrait = found.data;
  const path = `/v1/entities/${kind}/${portrait.member}/portrait`;
  return (
    <Page back={back} wide actions={<><ToGraph entities={{ [kind]: portrait.member }} /><ToRings entities={{ [kind]: portrait.member }} /><CopyAsApiCall path={path} /></>}
      title={<span className={classes.title}><span>{named}</span> <Copyable text={portrait.member} short={12} /></span>}
      lead={portrait.events === 0 ? t("never_seen") : <>{t("seen", { count: portrait.events, number: number(portrait.events) })} <Instant at={portrait.first_at} form="day" /> {t("until")} <Instant at={portrait.last_at} form="day" /></>}>
      {portrait.lists.length > 0 ? (
        <Block title={t("lists")}>
          <ul className={classes.lists}>
            {portrait.lists.map((one) => (
              <li key={one.name}>
                <Badge tone={TONES[one.kind] ?? "neutral"}>{t(`list_${one.kind}`, { defaultValue: one.kind })}</Badge> <strong>{one.name}</strong> <span>{one.reason}</span>
                <span className="soft">{t("listed", { by: one.added_by, source: one.source })} <Instant at={one.added_at} form="day" /></span>
                {one.expires_at ? <span className="soft">{t("expires")} <Instant at={one.expires_at} form="day" /></span> : null}
              </li>
            ))}
          </ul>
        </Block>
      ) : null}
      {portrait.events === 0 ? <Block><Empty icon={UserSearch} title={t("never_seen")} hint={t("never_seen_hint", { place: number(portrait.known_to) })} /></Block> : (
        <Timeline kind={kind} member={portrait.member} />
      )}
      {portrait.events === 0 ? null : (
        <div className={classes.columns}>
          <div className={classes.main}>
            <Facts portrait={portrait} />
            <Features kind={kind} member={portrait.member} words={portrait.feature_words} />
            <Links portrait={portrait} />
          </div>
          <aside className={classes.aside} aria-label={t("beside")}>
            <Block title={t("decisions")}>
              <Pairs of={[...(["approve", "review", "decline"] as const).map((one) => [t(`kit:outcome.${one}`), number(portrait.outcomes[one] ?? 0)] as const), [t("known_to"), number(portrait.known_to)], [t("as_of"), <Instant key="as" at={portrait.as_of} />]]} />
            </Block>
            <Risk points={portrait.risk} />
            <Cases member={portrait.member} />
          </aside>
        </div>
      )}
    </Page>
  );
}
