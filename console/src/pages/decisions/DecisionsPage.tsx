import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyAsApiCall, DataTable, Empty, number, Page, useLiveDecisions } from "../../kit";
import { useDecisionColumns } from "./columns";
import { FirstEvent } from "./FirstEvent";
import { MOST, useDecisions } from "./useDecisions";

export default function DecisionsPage() {
  const { t } = useTranslation("decisions");
  const navigate = useNavigate();
  const found = useDecisions();
  const columns = useDecisionColumns();
  const [fresh, setFresh] = useState(0);
  useLiveDecisions((batch) => setFresh((count) => count + batch.decisions.length + batch.left_out));
  const showNew = (): void => {
    setFresh(0);
    found.again();
  };
  return (
    <Page title={t("title")} lead={t("lead")} fills
      actions={<>
        {fresh > 0 ? <Button variant="light" onClick={showNew}>{t("new", { count: fresh })}</Button> : null}
        <CopyAsApiCall path="/v1/decisions?limit=200" />
      </>}>
      <DataTable name="decisions" label={t("label")} columns={columns} rows={found.rows} rowKey={(row) => row.id} height="fill"
        onOpen={(row) => void navigate({ to: "/decisions/$id" as string, params: { id: row.id } as never })}
        problem={found.problem} onRetry={found.again}
        end={{
          more: found.more,
          busy: found.busy,
          onMore: found.next,
          note: <Note found={found} />,
        }}
        empty={<Empty title={t("empty")} hint={t("empty_hint")}><FirstEvent label={t("empty_hint")} /></Empty>} />
    </Page>
  );
}

/** How far the list reaches, and how to have more of it or enough. */
function Note({ found }: { found: ReturnType<typeof useDecisions> }) {
  const { t } = useTranslation("decisions");
  const shown = number(found.rows?.length ?? 0);
  if (found.busy) return <>{t("loading", { shown })} <Button size="compact-xs" variant="default" onClick={found.stop}>{t("stop")}</Button></>;
  if (!found.more) return <>{t("complete", { shown })}</>;
  return <>{t("loaded", { shown })} <Button size="compact-xs" variant="default" onClick={found.all}>{t("load_all", { most: number(MOST) })}</Button></>;
}
