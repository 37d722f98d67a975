/** An event type changed, or a new one: a draft that somebody else approves before a program may send it. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Empty, ErrorPanel, Loading, Page, useMay, useUrlSearch } from "../../kit";
import { Editor } from "./editor/Editor";

export default function EventTypeEditPage() {
  const { t } = useTranslation("event-types");
  const { name } = useParams({ strict: false }) as { name?: string };
  const [{ version }] = useUrlSearch();
  const mayEdit = useMay("draft");
  const known = useGet("/v1/event-types");
  const found = useGet("/v1/event-types/{name}", { params: { path: { name: name ?? "" }, query: version ? { version } : {} } }, { enabled: name !== undefined, staleTime: Infinity });
  const problem = known.error ?? found.error;
  const ready = known.data && (name === undefined || found.data);
  return (
    <Page wide title={name ? <>{t("change_title")} <span className="mono">{name}</span></> : t("add_title")} lead={t("edit_lead")}
      back={name ? { to: `/settings/event-types/${name}`, words: name } : { to: "/settings", search: { tab: "events" }, words: t("title") }}>
      {!mayEdit ? <Empty title={t("may_not")} hint={t("may_not_hint")} /> : null}
      {mayEdit && problem ? <ErrorPanel problem={problem} onRetry={() => void (known.error ? known : found).refetch()} /> : null}
      {mayEdit && !problem && !ready ? <Loading lines={8} /> : null}
      {mayEdit && !problem && ready ? <Editor key={found.data?.digest ?? "new"} known={known.data.event_types} type={found.data} /> : null}
    </Page>
  );
}
