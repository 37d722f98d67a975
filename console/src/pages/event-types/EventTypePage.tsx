/** One event type: what a program sends, what is personal in it, and what stands on each of its fields. */
import { Button, Select } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, Code, CopyAsApiCall, curlOf, ErrorPanel, Instant, Loading, moment, number, Page, Pairs, PlainTable, useEntityName, useMay, useSession, useUrlSearch } from "../../kit";
import { Fields } from "./Fields";
import { StateBadge } from "./StateBadge";
import classes from "./event-types.module.css";

export type EventType = Shape<"EventTypeDetail">;

export default function EventTypePage() {
  const { t } = useTranslation("event-types");
  const { name } = useParams({ strict: false }) as { name: string };
  const [search, change] = useUrlSearch();
  const mayEdit = useMay("draft");
  const version = search["version"];
  const found = useGet("/v1/event-types/{name}", { params: { path: { name }, query: version ? { version } : {} } });
  const type = found.data;
  return (
    <Page title={<span className="mono">{name}</span>} back={{ to: "/settings", search: { tab: "events" }, words: t("title") }}
      lead={type ? <><StateBadge state={type.state} /> {type.description}</> : undefined}
      actions={<>
        {type && type.history.length > 1 ? (
          <Select aria-label={t("version")} value={type.digest} allowDeselect={false} w={260} onChange={(value) => change({ version: value ?? undefined })}
            data={type.history.map((one) => ({ value: one.digest, label: t("version_of", { state: t(`states.${one.state}`), at: moment(one.pushed_at, "short") }) }))} />
        ) : null}
        {type && mayEdit ? <Button component={Link} to={"/settings/event-types/$name/change" as string} params={{ name } as never} search={(version ? { version } : {}) as never} variant="default" leftSection={<Pencil size={15} aria-hidden />}>{t("change")}</Button> : null}
        <CopyAsApiCall path={`/v1/event-types/${name}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !type ? <Loading lines={8} /> : null}
      {type ? <Shown type={type} /> : null}
    </Page>
  );
}

function Shown({ type }: { type: EventType }) {
  const { t } = useTranslation("event-types");
  const entityName = useEntityName();
  const keyed = useSession().mode === "people";
  const decided = type.policies.length > 0;
  return (
    <div className={classes.stack}>
      {type.waiting && type.state === "live" ? (
        <div className={classes.notice} role="status">
          <span>{t("waits")}</span>
          <Button component={Link} to={"/releases" as string} size="compact-sm" variant="default">{t("to_releases")}</Button>
        </div>
      ) : null}
      <Block title={t("fields")} note={t("fields_note")} flush><Fields type={type} /></Block>
      <div className={classes.pair}>
        <Block title={t("reading")}>
          <Pairs of={[
            [t("decided_by"), decided ? type.policies.map((policy) => <p key={policy}><Link to={"/studio/$policy" as string} params={{ policy } as never} className="mono">{policy}</Link></p>) : t("recorded_only_long")],
            [t("features"), t("features_of", { count: type.features, number: number(type.features) })],
            [t("names"), type.entities.map(entityName).join(", ")],
            [t("subject"), type.subject ? <span key="s"><span className="mono">{type.subject}</span> <span className="soft">{t("subject_hint")}</span></span> : t("no_subject")],
            [t("recorded"), type.recorded === null || type.recorded === undefined ? null : number(type.recorded)],
            [t("last"), type.last_at ? <Instant key="l" at={type.last_at} /> : null],
          ]} />
        </Block>
        <Block title={t("example")} note={t(decided ? "example_note" : "example_recorded")}>
          <Code text={curlOf({ method: "POST", path: decided ? "/v1/decisions" : "/v1/events", body: type.example }, keyed)} label={t("example")} />
        </Block>
      </div>
      <Block title={t("versions")} flush>
        <div className={classes.wide}>
          <PlainTable label={t("versions")} head={[t("state"), t("author"), t("pushed"), t("note"), t("approved")]}
            rows={type.history.map((one) => [<StateBadge key="s" state={one.state} />, one.author, <Instant key="p" at={one.pushed_at} form="short" />, one.note, one.approvers.join(", ")])} />
        </div>
      </Block>
    </div>
  );
}
