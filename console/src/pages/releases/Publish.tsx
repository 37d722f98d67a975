/** Put approved versions in force together: what it changes, whether it holds together, then the reason and the button. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, refresh, type Shape } from "../../api";
import { Badge, ConfirmWithReason, ErrorPanel, inWords, Loading } from "../../kit";
import { ChangesInWords } from "./ChangesInWords";
import { sinceOf, type Activated } from "./RollBack";

interface PublishProps {
  digests: readonly string[];
  onClose: () => void;
  onDone: (activated: Activated) => void;
}

export function Publish({ digests, onClose, onDone }: PublishProps) {
  const { t } = useTranslation("releases");
  const client = useQueryClient();
  const preview = useQuery({
    queryKey: ["/v1/releases/preview", digests],
    queryFn: async () => {
      const { data } = await api.POST("/v1/releases/preview", { body: { digests: [...digests], remove: [], replace_all: false } });
      return data as Shape<"ReleasePreviewed">;
    },
  });
  const publish = async (note: string): Promise<void> => {
    const { data } = await api.POST("/v1/releases", { body: { digests: [...digests], remove: [], replace_all: false, note, by: null } });
    onDone(await sinceOf((data as Shape<"Released">).release));
    await Promise.all([refresh(client, "/v1/releases"), refresh(client, "/v1/reviews")]);
  };
  return (
    <ConfirmWithReason opened onClose={onClose} title={t("publish_title")} confirm={t("publish")} onConfirm={publish}>
      {preview.error ? <ErrorPanel problem={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {preview.isPending ? <Loading lines={3} /> : null}
      {preview.data ? <Previewed preview={preview.data} /> : null}
    </ConfirmWithReason>
  );
}

function Previewed({ preview }: { preview: Shape<"ReleasePreviewed"> }) {
  const { t } = useTranslation("releases");
  return (
    <>
      <p>{preview.ready ? <Badge tone="good">{t("ready")}</Badge> : <Badge tone="bad">{t("not_ready")}</Badge>}</p>
      {preview.faults.map((fault, place) => <p key={place} role="alert">{fault.at ? <strong className="mono">{fault.at}</strong> : null} {inWords({ en: fault.detail, zh: fault.detail_zh ?? fault.detail })}</p>)}
      {preview.waiting.length ? <p role="alert">{t("still_waiting", { names: preview.waiting.join(", ") })}</p> : null}
      {preview.warnings.map((words) => <p key={words} className="soft">{words}</p>)}
      <ChangesInWords changes={preview.changes} compact />
    </>
  );
}
