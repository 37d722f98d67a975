import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { Empty, ErrorPanel, language, Loading } from "../../../kit";
import { useStudio } from "../model/context";
import classes from "../studio.module.css";

interface Side {
  digest?: string;
  text?: string;
}

const side = ({ digest, text }: Side) => ({ digest: digest ?? null, text: text ?? null, document: null });

/** What differs between two policies, a sentence each. */
export function Difference({ old, now }: { old: Side; now: Side }) {
  const { t } = useTranslation("studio");
  const found = useQuery({
    queryKey: ["/v1/studio/policy/diff", old, now],
    queryFn: async ({ signal }) => (await api.POST("/v1/studio/policy/diff", { body: { old: side(old), new: side(now) }, signal })).data,
    staleTime: Infinity, retry: false,
  });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={3} />;
  if (found.data.same) return <Empty title={t("changes.none")} hint={t("changes.none_hint")} />;
  return <ul className={classes.bullets}>{found.data.lines[language() === "zh-CN" ? "zh" : "en"].map((line, place) => <li key={place}>{line}</li>)}</ul>;
}

/** The draft against what is live. */
export function Changes({ live }: { live: string | null }) {
  const { t } = useTranslation("studio");
  const { draft } = useStudio();
  if (!live) return <Empty title={t("changes.no_live")} hint={t("changes.no_live_hint")} />;
  if (!draft.report?.readable || !draft.fresh) return draft.fresh ? <Empty title={t("unreadable")} hint={t("unreadable_hint")} /> : <Loading lines={3} />;
  return <Difference old={{ digest: live }} now={{ text: draft.text }} />;
}
