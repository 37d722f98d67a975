import { Select, Tabs } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { CopyAsApiCall, ErrorPanel, Loading, moment, number, Page, useUrlSearch } from "../../kit";
import { Compare } from "./Compare";
import { Inputs } from "./Inputs";
import { Lineage } from "./Lineage";
import { Performance } from "./Performance";
import { Scorecard } from "./Scorecard";
import { StateBadge } from "./ModelsPage";

const TABS = ["performance", "scorecard", "inputs", "lineage", "compare"] as const;

export default function ModelPage() {
  const { t } = useTranslation("models");
  const { name } = useParams({ strict: false }) as { name: string };
  const [search, change] = useUrlSearch();
  const version = search["version"];
  const found = useGet("/v1/models/{name}", { params: { path: { name }, query: version ? { version } : {} } });
  const model = found.data;
  const tables = model?.parts.filter(({ card }) => card.length > 0) ?? [];
  const tabs = TABS.filter((one) => one !== "scorecard" || tables.length > 0);
  const wordOf = (one: (typeof TABS)[number]) => (one === "scorecard" && tables.some(({ kind }) => kind === "additive" || kind === "linear") ? "tables" : one);
  const tab = search["tab"] ?? "performance";
  return (
    <Page title={<span className="mono">{name}</span>} back={{ to: "/models", words: t("title") }}
      lead={model ? <><StateBadge state={model.state} /> {t("summary", { kind: t(`kinds.${model.kind}`), inputs: number(model.input_details.length), rows: number(model.rows), adverse: number(model.adverse_rows), target: model.target })}</> : undefined}
      actions={<>
        {model && model.history.length > 1 ? (
          <Select aria-label={t("version")} value={model.digest} allowDeselect={false} w={260} onChange={(value) => change({ version: value ?? undefined })}
            data={model.history.map((one) => ({ value: one.digest, label: t("version_of", { state: t(`states.${one.state}`), at: moment(one.pushed_at, "short") }) }))} />
        ) : null}
        <CopyAsApiCall path={`/v1/models/${name}`} />
      </>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !model ? <Loading lines={8} /> : null}
      {model ? (
        <Tabs value={tab} onChange={(value) => change({ tab: value === "performance" ? undefined : value ?? undefined })} keepMounted={false}>
          <Tabs.List mb="md">{tabs.map((one) => <Tabs.Tab key={one} value={one}>{t(`tabs.${wordOf(one)}`)}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="performance"><Performance model={model} /></Tabs.Panel>
          <Tabs.Panel value="scorecard"><Scorecard model={model} /></Tabs.Panel>
          <Tabs.Panel value="inputs"><Inputs model={model} /></Tabs.Panel>
          <Tabs.Panel value="lineage"><Lineage model={model} /></Tabs.Panel>
          <Tabs.Panel value="compare"><Compare model={model} /></Tabs.Panel>
        </Tabs>
      ) : null}
    </Page>
  );
}

export type Model = Shape<"ModelDetail">;
