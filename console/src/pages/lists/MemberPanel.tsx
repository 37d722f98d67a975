/** One member: its entry, and everything that happened to it. */
import { Button, Group, Stack, Timeline } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Copyable, ErrorPanel, Instant, Loading, Pairs, SidePanel } from "../../kit";

interface MemberProps {
  name: string;
  member: string; // empty: closed
  onClose: () => void;
  onTakeOff?: (member: string) => void;
}

export function MemberPanel({ name, member, onClose, onTakeOff }: MemberProps) {
  const { t } = useTranslation("lists");
  return (
    <SidePanel opened={member !== ""} onClose={onClose} title={t("member_title")}>
      {member ? <Member name={name} member={member} onTakeOff={onTakeOff} /> : null}
    </SidePanel>
  );
}

function Member({ name, member, onTakeOff }: Omit<MemberProps, "onClose">) {
  const { t } = useTranslation("lists");
  const found = useGet("/v1/lists/{name}/entries/{member}", { params: { path: { name, member } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { entry, history } = found.data;
  return (
    <Stack>
      <Copyable text={member} />
      {entry ? (
        <>
          <div>{entry.in_force ? <Badge tone="accent">{t("on_list")}</Badge> : <Badge>{t("expired")}</Badge>}</div>
          <Pairs of={[
            [t("reason"), entry.reason],
            [t("source"), entry.source],
            [t("by"), entry.added_by],
            [t("added"), <Instant key="added" at={entry.added_at} />],
            [t("expires"), entry.expires_at ? <Instant key="expires" at={entry.expires_at} /> : t("never")],
          ]} />
          {onTakeOff ? <Group><Button variant="default" onClick={() => onTakeOff(member)}>{t("take_off")}</Button></Group> : null}
        </>
      ) : <div><Badge>{t("not_on_list")}</Badge></div>}
      <h2>{t("history")}</h2>
      {history.length === 0 ? <p className="soft">{t("no_history")}</p> : (
        <Timeline bulletSize={14} lineWidth={2} active={history.length}>
          {history.toReversed().map((one) => (
            <Timeline.Item key={one.seq} title={t(`what.${one.what}`, { by: one.by })}>
              <Happened one={one} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
    </Stack>
  );
}

function Happened({ one }: { one: Shape<"ListEntryChange"> }) {
  const { t } = useTranslation("lists");
  return (
    <>
      <p className="soft"><Instant at={one.at} /></p>
      {one.reason ? <p>{one.reason} <span className="soft">{t("from", { source: one.source })}</span></p> : null}
      {one.expires_at ? <p className="soft">{t("until")} <Instant at={one.expires_at} /></p> : null}
    </>
  );
}
