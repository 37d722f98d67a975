import { Button, Kbd, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { CopyAsApiCall, DataTable, Empty, number, Page, useKeys, useMay, useUrlSearch } from "../../kit";
import classes from "./cases.module.css";
import { useCaseColumns } from "./columns";
import { Queues } from "./Queues";
import { useCaseActions, prefetchNext } from "./useCaseActions";
import { useCases, VIEWS, type View } from "./useCases";

// What may stand in an address, and so in a history: numbers, ids and codes, and never somebody's real identifier.
const SHAREABLE = /^(#?\d{1,9}|(case|dec)_[0-9a-f]{8,}|[A-Z][A-Z0-9]*_[A-Z0-9_]+)$/;

export default function CasesPage() {
  const { t } = useTranslation("cases");
  const [search, change] = useUrlSearch();
  const { queue } = search;
  const view = VIEWS.includes(search["view"] as View) ? (search["view"] as View) : "working";
  const [typed, setTyped] = useState(search["find"] ?? "");
  const [text] = useDebouncedValue(typed.trim(), 300);
  const shared = SHAREABLE.test(text) ? text : undefined;
  useEffect(() => { if (search["find"] !== shared) change({ find: shared }); }, [shared, search, change]);
  const queues = useGet("/v1/cases/queues");
  const { found, rows, total } = useCases({ queue, view, text });
  const columns = useCaseColumns(queues.data?.queues ?? [], queues.data?.dispositions ?? []);
  const { next, open, undo } = useCaseActions();
  const may = useMay("work_cases");
  const client = useQueryClient();
  useEffect(() => { if (may) prefetchNext(client, queue).catch(() => undefined); }, [client, queue, may]);
  useKeys(t("title"), may ? [
    { keys: "]", words: t("key.next"), act: () => void next() },
    { keys: "u", words: t("key.undo"), act: () => void undo() },
  ] : []);
  const narrow = useMediaQuery("(max-width: 62em)");
  const views = VIEWS.map((value) => ({ value, label: t(`view.${value}`) }));
  const isFirst = queues.data?.queues.every((one) => one.open + one.assigned + one.snoozed + one.waiting + one.resolved_today === 0) ?? false;
  return (
    <Page title={t("title")} lead={t("lead")} fills
      actions={<>
        <CopyAsApiCall path={`/v1/cases?state=working${queue ? `&queue=${queue}` : ""}`} />
        {may ? <Button onClick={() => void next()} rightSection={<ArrowRight size={16} />} leftSection={<Kbd size="xs">{"]"}</Kbd>}>{t("take_next")}</Button> : null}
      </>}>
      <div className={classes.desk}>
        <Queues queues={queues.data?.queues ?? []} chosen={queue} onChoose={(chosen) => change({ queue: chosen })} />
        <div className={classes.list}>
          <div className={classes.views}>
            {narrow
              ? <Select aria-label={t("views")} data={views} value={view} allowDeselect={false} onChange={(value) => change({ view: value && value !== "working" ? value : undefined })} />
              : <SegmentedControl aria-label={t("views")} data={views} value={view} onChange={(value) => change({ view: value === "working" ? undefined : value })} />}
            <TextInput className={classes.find} aria-label={t("find")} placeholder={t("find_hint")} leftSection={<Search size={15} />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          </div>
          <DataTable name="cases" label={t("title")} columns={columns} rows={rows} rowKey={(row) => row.case_id} height="fill"
            onOpen={(row) => open(row.case_id)}
            problem={found.error ?? undefined} onRetry={() => void found.refetch()}
            end={{
              more: found.hasNextPage,
              busy: found.isFetching,
              onMore: () => { if (!found.isFetchingNextPage) void found.fetchNextPage(); },
              total,
              note: t("shown", { shown: number(rows?.length ?? 0), total: number(total) }),
            }}
            empty={text ? <Empty title={t("not_found")} hint={t("not_found_hint")} />
              : isFirst ? <Empty title={t("empty_first")} hint={t("empty_first_hint")} />
              : <Empty title={t(`empty.${view}`)} hint={t("empty_hint")} />} />
        </div>
      </div>
    </Page>
  );
}
