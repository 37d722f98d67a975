/** Back to an earlier release, in one step and with a reason; what that changes stands in the question. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { ConfirmWithReason, ErrorPanel, Instant, Loading } from "../../kit";
import { ChangesInWords } from "./ChangesInWords";

/** A release that has just gone live, and since when its news is on the way. */
export interface Activated {
  release: string;
  since: string;
}

/** When the news of `release` was sent out, by the server's clock. */
export async function sinceOf(release: string): Promise<Activated> {
  const { data } = await api.GET("/v1/propagation", { params: { query: { limit: 50 } } });
  const change = (data as Shape<"Propagation">).changes.find((one) => one.kind === "release" && one.name === release);
  return { release, since: change?.at ?? new Date(0).toISOString() };
}

interface RollBackProps {
  opened: boolean;
  onClose: () => void;
  to: { release: string; activated_at: string; note: string };
  onDone: (activated: Activated) => void;
}

export function RollBack({ opened, onClose, to, onDone }: RollBackProps) {
  const { t } = useTranslation("releases");
  const client = useQueryClient();
  const confirm = async (note: string): Promise<void> => {
    const { data } = await api.POST("/v1/releases/rollback", { body: { to: to.release, note, by: null } });
    onDone(await sinceOf((data as Shape<"Released">).release));
    await Promise.all([refresh(client, "/v1/releases"), refresh(client, "/v1/reviews")]);
  };
  return (
    <ConfirmWithReason opened={opened} onClose={onClose} title={t("roll_back_title")} confirm={t("roll_back")} danger onConfirm={confirm}>
      <p>{t("roll_back_to")} <span className="mono">{to.release.slice(0, 12)}</span> <Instant at={to.activated_at} form="short" /> {to.note}</p>
      {opened ? <Effect to={to.release} /> : null}
    </ConfirmWithReason>
  );
}

function Effect({ to }: { to: string }) {
  const { t } = useTranslation("releases");
  const live = useGet("/v1/releases/live");
  const found = useGet("/v1/releases/{release}", { params: { path: { release: to }, query: { against: live.data?.release } } }, { enabled: live.data !== undefined });
  const problem = live.error ?? found.error;
  if (problem) return <ErrorPanel problem={problem} />;
  if (!found.data) return <Loading lines={2} />;
  return found.data.changes.length === 0 ? <p className="soft">{t("no_changes")}</p> : <ChangesInWords changes={found.data.changes} compact />;
}
