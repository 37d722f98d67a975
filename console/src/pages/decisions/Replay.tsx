import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Block, ErrorPanel, PlainTable, plain, useKeys } from "../../kit";

/** Take the decision again from its record, and say what came out otherwise and through what. */
export function Replay({ id, erased }: { id: string; erased: boolean }) {
  const { t } = useTranslation("decision");
  const replay = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/v1/decisions/{decision_id}/replay", { params: { path: { decision_id: id } }, body: {} });
      return data as Shape<"Replayed">;
    },
  });
  useKeys(t("title"), erased ? [] : [{ keys: "r", words: t("replay"), act: () => replay.mutate() }]);
  return (
    <Block title={t("replay_title")} note={t("replay_note")}>
      {erased ? <p className="soft">{t("replay_erased")}</p> : (
        <Button variant="default" fullWidth leftSection={<RotateCcw size={15} />} loading={replay.isPending} onClick={() => replay.mutate()}>{t("replay")}</Button>
      )}
      <div role="status" aria-live="polite">
        {replay.data ? <p style={{ marginTop: "0.625rem" }}>{t(replay.data.erased ? "replay_erased" : replay.data.same ? "replay_same" : "replay_differs")}</p> : null}
      </div>
      {replay.data && replay.data.differences.length > 0 ? (
        <PlainTable label={t("replay_differs")} head={[t("what"), t("then"), t("now")]} rows={replay.data.differences.map(({ what, then, now }) => [what, plain(then), plain(now)])} />
      ) : null}
      {replay.isError ? <ErrorPanel problem={replay.error} onRetry={() => replay.mutate()} /> : null}
    </Block>
  );
}
