/** The supervisor's view: contacts, what the rules kept back, promises, recovery for each contact, people and agencies. */
import { NumberInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChartNoAxesColumn } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Block, CopyAsApiCall, Empty, ErrorPanel, Loading, number, Page, percent, PlainTable, useUrlState } from "../../kit";
import classes from "./collections.module.css";
import { told, useNames } from "./words";

const DAYS = 30;

export default function ReportPage() {
  const { t } = useTranslation("collections-report");
  const [asked, setAsked] = useUrlState("days", String(DAYS));
  const days = Math.min(Math.max(Number(asked) || DAYS, 1), 366);
  const found = useGet("/v1/collections/report", { params: { query: { days } } }, { placeholderData: (before) => before });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path={`/v1/collections/report?days=${days}`} />}>
      <div className={classes.stack}>
        <div className={classes.row}><NumberInput size="xs" label={t("days")} min={1} max={366} value={days} onChange={(value) => setAsked(String(Number(value) || DAYS))} /></div>
        {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
        {!found.isError && !found.data ? <Loading lines={6} /> : null}
        {found.data && !found.isError ? <Shown report={found.data} /> : null}
      </div>
    </Page>
  );
}

function Shown({ report }: { report: Shape<"ReportShown"> }) {
  const { t } = useTranslation("collections-report");
  const names = useNames();
  const over = report.promises.kept + report.promises.partly + report.promises.broken;
  const blocked = report.blocked.reduce((sum, one) => sum + one.count, 0);
  return (
    <>
      <div className={classes.figures}>
        <Figure name={t("accounts")}>{number(report.accounts)}</Figure>
        <Figure name={t("left_paid")}>{number(report.left_paid)}</Figure>
        <Figure name={t("contacts")}>{number(report.contacts)}</Figure>
        <Figure name={t("blocked")}>{number(blocked)}</Figure>
        <Figure name={t("kept_share")}>{over ? `${percent(report.promises.kept / over, 0)} (${number(report.promises.kept)}/${number(over)})` : "–"}</Figure>
        {report.money.map((one) => [
          <Figure key={`r${one.currency}`} name={t("recovered")}><Amount minor={one.recovered_minor} currency={one.currency} /></Figure>,
          <Figure key={`p${one.currency}`} name={t("per_contact")}>{one.per_contact_minor === null ? "–" : <Amount minor={one.per_contact_minor} currency={one.currency} />}</Figure>,
        ])}
      </div>
      <div className={classes.pair}>
        <Block title={t("by_channel")}>
          {report.channels.length ? <div className={classes.wide}><PlainTable label={t("by_channel")} head={[t("channel"), t("made"), t("reached"), t("failed"), t("unclear")]}
            rows={report.channels.map((one) => [names.channel(one.channel), number(one.made), number(one.reached), number(one.failed), number(one.unclear)])} /></div>
            : <Empty icon={ChartNoAxesColumn} title={t("none")} hint={t("none_hint")} />}
        </Block>
        <Block title={t("by_rule")}>
          {report.blocked.length ? <div className={classes.wide}><PlainTable label={t("by_rule")} head={[t("rule"), t("count")]}
            rows={report.blocked.map((one) => [<Link key={one.rule} to="/collections/conduct" search={{ rule: one.rule } as never}>{told(one.title)}</Link>, number(one.count)])} /></div>
            : <p className="soft">{t("nothing_blocked")}</p>}
        </Block>
      </div>
      <Block title={t("people")}>
        {report.people.length ? <div className={classes.wide}><PlainTable label={t("people")} head={[t("person"), t("made"), t("reached"), t("minutes"), t("promises"), t("kept_share")]}
          rows={report.people.map((one) => [one.person, number(one.contacts), number(one.reached), number(one.minutes), number(one.promises), one.over ? `${number(one.kept)}/${number(one.over)}` : "–"])} /></div>
          : <p className="soft">{t("no_people")}</p>}
      </Block>
      <Block title={t("agencies")}>
        {report.agencies.length ? <div className={classes.wide}><PlainTable label={t("agencies")} head={[t("agencies"), t("agency_accounts"), t("placed"), t("paid_share"), t("contacts"), t("blocked")]}
          rows={report.agencies.map((one) => [one.agency, number(one.accounts), <Amount key="placed" minor={one.placed_minor} currency={one.currency} />, <Amount key="paid" minor={one.paid_minor} currency={one.currency} />, number(one.contacts), number(one.blocked)])} /></div>
          : <p className="soft">{t("no_agencies")}</p>}
      </Block>
    </>
  );
}

const Figure = ({ name, children }: { name: string; children: ReactNode }) => <div className={classes.figure}><span className="soft">{name}</span><strong className="number">{children}</strong></div>;
