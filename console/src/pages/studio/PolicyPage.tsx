/** The studio: a policy as a drawing, as an outline and as text, with its stage beside it and what is said of it below. */
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { ErrorPanel, Loading, Page, useUrlState } from "../../kit";
import type { Doc } from "./model/paths";
import { Workbench } from "./Workbench";

export default function PolicyPage() {
  const { t } = useTranslation("studio");
  const { policy: name } = useParams({ strict: false }) as { policy: string };
  const [version] = useUrlState("version");
  const found = useGet("/v1/studio/policies/{name}", { params: { path: { name }, query: version ? { digest: version } : {} } }, { staleTime: Infinity });
  if (found.error) {
    return <Page title={name} back={{ to: "/studio", words: t("title") }}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Page>;
  }
  if (!found.data) return <Page title={name} back={{ to: "/studio", words: t("title") }} fills><Loading lines={10} /></Page>;
  const { document, text, shown } = found.data;
  // Another version asked for by its address is another document: the workbench starts anew with it.
  return <Workbench key={`${name} ${version}`} policy={found.data} start={{ document: document as Doc, text }} shown={shown} />;
}
