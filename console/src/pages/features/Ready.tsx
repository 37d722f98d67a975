/** What the library has for this workspace's own event types; one press makes a draft of a set. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Library, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Code, CopyAsApiCall, DataTable, Empty, inWords, noteDone, noteProblem, number, PlainTable, SidePanel, useEntityName, useMay, type Column } from "../../kit";
import classes from "./features.module.css";

type ReadySet = Shape<"ReadySetDetail">;

export function Ready() {
  const { t } = useTranslation("features");
  const entityName = useEntityName();
  const [opened, open] = useState<ReadySet | null>(null);
  const found = useGet("/v1/ready-features", {}, { staleTime: 60_000 });
  const columns: Column<ReadySet>[] = [
    { id: "name", header: t("set"), value: (row) => row.name, cell: (row) => <span className="mono">{row.name}</span>, width: 210, grow: 1 },
    { id: "description", header: t("meaning"), value: (row) => inWords(row.description), width: 210, grow: 2 },
    { id: "entity", header: t("entity"), value: (row) => row.entity.map(entityName).join(" + "), width: 130, grow: 0, choices: "found" },
    { id: "events", header: t("events"), value: (row) => row.events.join(", "), cell: (row) => <span className="mono">{row.events.join(", ")}</span>, width: 150 },
    { id: "features", header: t("new"), hint: t("new_hint"), value: (row) => row.features.length, width: 75, grow: 0, align: "right" },
    { id: "taken", header: t("taken"), hint: t("taken_hint"), value: (row) => row.taken.length, width: 75, grow: 0, align: "right" },
    { id: "missing", header: t("missing"), hint: t("missing_hint"), value: (row) => lackingOf(row).join(", "), width: 100 },
  ];
  return (
    <>
      {found.data ? <p className={classes.count} role="status">{t("ready_count", { count: found.data.features, number: number(found.data.features) })}</p> : null}
      <DataTable name="features.ready" label={t("tabs.ready")} columns={columns} rows={found.data?.sets} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={open} empty={<Empty icon={Library} title={t("nothing_ready")} hint={t("nothing_ready_hint")} />} />
      <SidePanel opened={opened !== null} onClose={() => open(null)} title={opened?.name ?? ""}>
        {opened ? <One set={opened} onDone={() => open(null)} /> : null}
      </SidePanel>
    </>
  );
}

function One({ set, onDone }: { set: ReadySet; onDone: () => void }) {
  const { t } = useTranslation("features");
  const client = useQueryClient();
  const mayDraft = useMay("draft");
  const [busy, setBusy] = useState(false);
  const body = { artefacts: [{ kind: "feature_set", name: set.name, body: set.body }], author: null, note: t("draft_note", { template: set.template }) };
  const push = async () => {
    setBusy(true);
    try {
      await api.POST("/v1/artefacts", { body: body as never });
      await Promise.all([refresh(client, "/v1/ready-features"), refresh(client, "/v1/artefacts"), refresh(client, "/v1/reviews")]);
      noteDone(t("drafted", { name: set.name }));
      onDone();
    } catch (error) {
      noteProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.stack}>
      <p>{inWords(set.description)}</p>
      <div className={classes.row}>
        {mayDraft ? <Button leftSection={<Plus size={15} aria-hidden />} loading={busy} onClick={() => void push()}>{t("make_draft")}</Button> : null}
        <CopyAsApiCall method="POST" path="/v1/artefacts" body={body} />
      </div>
      <p className="soft">{t("draft_hint")}</p>
      <div className={classes.wide}><PlainTable label={t("new")} head={[t("name"), t("meaning")]} rows={set.features.map((one) => [<span key="n" className="mono">{one.name}</span>, inWords(one.words)])} /></div>
      {Object.keys(set.missing).length ? <p className="soft">{t("left_out", { names: lackingOf(set).join(", ") || Object.keys(set.missing).join(", ") })}</p> : null}
      <h3>{t("definition")}</h3>
      <Code text={set.yaml} label={t("definition")} />
    </div>
  );
}

const lackingOf = (set: ReadySet): string[] => [...new Set(Object.values(set.missing).flat())].toSorted();
