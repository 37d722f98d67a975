import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Code, CopyAsApiCall, curlOf, DataTable, Empty, number, Page, useLiveDecisions } from "../../kit";
import { useDecisionColumns } from "./columns";
import { EXAMPLE_EVENT } from "./example";
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
  const shown = found.rows?.length ?? 0;
  return (
    <Page title={t("title")} lead={t("lead")} fills
      actions={<>
        {fresh > 0 ? <Button variant="light" onClick={showNew}>{t("new", { count: fresh })}</Button> : null}
        <CopyAsApiCall path="/v1/decisions?limit=200" />
      </>}>
      <DataTable name="decisions" label={t("label")} columns={columns} rows={found.rows} rowKey={(row) => row.answer.decision_id} height="fill"
        onOpen={(row) => void navigate({ to: "/decisions/$id" as string, params: { id: row.answer.decision_id } as never })}
        problem={found.problem} onRetry={found.again}
        end={{
          more: found.more,
          busy: found.busy,
          onMore: found.next,
          note: found.more
            ? <>{t("loaded", { shown: number(shown) })} <Button size="compact-xs" variant="default" onClick={found.all}>{t("load_all", { most: number(MOST) })}</Button></>
            : t("complete", { shown: number(shown) }),
        }}
        empty={<Empty title={t("empty")} hint={t("empty_hint")}><Code text={curlOf({ method: "POST", path: "/v1/decisions", body: EXAMPLE_EVENT })} label={t("empty_hint")} /></Empty>} />
    </Page>
  );
}
