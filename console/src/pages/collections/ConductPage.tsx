/** The conduct rules in force, each with where it is written and what it kept back. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, Day, Empty, ErrorPanel, Instant, Loading, number, Page, PlainTable, useMay, useUrlState } from "../../kit";
import classes from "./collections.module.css";
import { Blocks, told, useNames } from "./words";

type RuleSet = Shape<"ConductSetShown">;
type Rule = Shape<"ConductRuleShown">;

const EVERY_CHANNEL = 6;

export default function ConductPage() {
  const { t } = useTranslation("collections-conduct");
  const found = useGet("/v1/collections/conduct");
  return (
    <Page title={t("title")} lead={t("lead")} wide actions={<CopyAsApiCall path="/v1/collections/conduct" />}>
      <div className={classes.stack}>
        {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
        {!found.isError && !found.data ? <Loading lines={10} /> : null}
        {found.data?.sets.length === 0 ? <Block><Empty icon={Scale} title={t("empty")} hint={t("empty_hint")} /></Block> : null}
        {found.data?.sets.length ? <Blocked /> : null}
        {found.data?.sets.map((one) => <RuleSetBlock key={one.name} of={one} />)}
      </div>
    </Page>
  );
}

function RuleSetBlock({ of: set }: { of: RuleSet }) {
  const { t } = useTranslation("collections-conduct");
  const note = [set.strategies.length ? t("in_use", { names: set.strategies.join(", ") }) : t("not_in_use"), t("zones", { zones: set.timezones.join(", ") })].join(" · ");
  return (
    <Block title={told(set.title)} note={note}>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={told(set.title)}>
        <PlainTable label={told(set.title)} head={[t("rule"), t("says"), t("source"), t("since"), t("blocked")]}
          rows={set.rules.map((one) => [<Named key="n" of={one} />, <Says key="s" of={one} />, <div key="c" className={classes.source}>{told(one.source)}</div>, <Day key="d" on={one.since} />,
            one.blocked ? <Link key="b" to="/collections/conduct" search={{ rule: one.rule } as never} className="number">{number(one.blocked)}</Link> : number(0)])} />
      </div>
      {set.agencies.length ? (
        <div className={classes.wide}>
          <PlainTable label={t("agencies")} head={[t("agencies"), t("approved"), t("until"), t("rated"), t("score"), t("state")]}
            rows={set.agencies.map((one) => [told(one.title), one.approved, <Day key="t" on={one.until} />, one.rated_on ? <Day key="r" on={one.rated_on} /> : "–", one.score === null ? "–" : number(one.score), <Badge key="u" tone={one.usable ? "good" : "bad"}>{one.usable ? t("usable") : t("not_usable")}</Badge>])} />
        </div>
      ) : null}
    </Block>
  );
}

function Named({ of: rule }: { of: Rule }) {
  const { t } = useTranslation("collections-conduct");
  const names = useNames();
  const some = rule.channels.length < EVERY_CHANNEL ? t("only_these", { channels: rule.channels.map(names.channel).join(", ") }) : null;
  return (
    <div className={classes.rule}>
      <strong>{told(rule.title)}</strong> {rule.holds ? null : <Badge tone="neutral">{t("not_now")}</Badge>}
      {some ? <div className="soft">{some}</div> : null}
    </div>
  );
}

function Says({ of: rule }: { of: Rule }) {
  const { t } = useTranslation("collections-conduct");
  const inPlain = (text: string): string => text.split(", ").map((one) => t(`value.${one}`, { defaultValue: one })).join(", ");
  return <div className={classes.says}>{Object.entries(rule.says).map(([name, value]) => <span key={name} className={classes.clip} title={value}><span className="soft">{t(`says_of.${name}`, { defaultValue: name })}</span> {inPlain(value)}</span>)}</div>;
}

function Blocked() {
  const { t } = useTranslation("collections-conduct");
  const names = useNames();
  const mayOpen = useMay("collect");
  const [rule, setRule] = useUrlState("rule", "");
  const found = useGet("/v1/collections/blocked", { params: { query: rule ? { rule, limit: 20 } : { limit: 20 } } });
  return (
    <Block title={t("last")} note={rule ? <span className="mono">{rule}</span> : t("last_note")} actions={rule ? <Button size="compact-sm" variant="default" onClick={() => setRule("")}>{t("clear")}</Button> : null}>
      {found.isError ? <ErrorPanel problem={found.error} /> : null}
      {found.data?.blocked.length === 0 ? <Empty icon={Scale} title={t("none")} hint={t("none_hint")} /> : null}
      {found.data?.blocked.length ? (
        <div className={classes.wide} tabIndex={0} role="region" aria-label={t("last")}>
          <PlainTable label={t("last")} head={[t("at"), t("contact"), t("rule")]}
            rows={found.data.blocked.map((one) => [
              <span key="a" className="nowrap"><Instant at={one.at} form="minute" /></span>,
              mayOpen ? <Link key="c" to={"/collections/$id" as string} params={{ id: one.account_id } as never}>{names.action(one)}</Link> : <span key="c">{names.action(one)}</span>,
              <Blocks key="b" blocks={one.blocks} />,
            ])} />
        </div>
      ) : null}
    </Block>
  );
}
