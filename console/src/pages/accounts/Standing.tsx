/** What decisions on what the owner did have said of the account: its grade of risk, and flags of misuse. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Block, Instant, Pairs } from "../../kit";

type Found = NonNullable<Shape<"MonitoredAccount">["standing"]>;

export function Standing({ of }: { of: Found }) {
  const { t } = useTranslation("accounts");
  return (
    <Block title={t("monitoring.title")} note={t("monitoring.note")}>
      <Pairs of={[
        [t("monitoring.grade"), of.grade === null ? t("monitoring.no_grade") : <Badge key="g" tone="accent">{of.grade}</Badge>],
        [t("monitoring.before"), of.before === null ? null : <span key="b" className="mono">{of.before}</span>],
        [t("monitoring.flags"), of.flags.length === 0 ? t("monitoring.no_flags") : <span key="f">{of.flags.map((flag) => <span key={flag}><Badge tone="bad">{flag}</Badge> </span>)}</span>],
        [t("monitoring.since"), <Instant key="s" at={of.since} form="minute" />],
        [t("monitoring.decision"), <Link key="d" to={"/decisions/$id" as string} params={{ id: of.decision_id } as never} className="mono">{of.decision_id}</Link>],
        [t("monitoring.policy"), <Link key="p" to={"/studio/$policy" as string} params={{ policy: of.policy } as never} className="mono">{of.policy}</Link>],
      ]} />
    </Block>
  );
}
