/** Every address of this server, from its own OpenAPI document, each with code to copy. */
import { Stack } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Badge, DataTable, Pairs, SidePanel, useUrlState, type Column, type Tone } from "../../kit";
import { CodeChoice } from "./CodeChoice";
import { useExampleEvent, useReference, withEvent, type Operation } from "./examples";

const TONES: Record<string, Tone> = { GET: "neutral", DELETE: "bad" };
const toneOf = (method: string): Tone => TONES[method] ?? "accent";

export function Reference() {
  const { t } = useTranslation("developers");
  const found = useReference();
  const [open, setOpen] = useUrlState("open");
  const event = useExampleEvent();
  const chosen = found.data?.operations.find(({ key }) => key === open);
  const shown = chosen && { ...chosen, body: withEvent(chosen.body, event) };
  const columns = useMemo<Column<Operation>[]>(() => [
    { id: "method", header: t("reference.method"), value: (row) => row.method, cell: (row) => <Badge tone={toneOf(row.method)}>{row.method}</Badge>, width: 100, grow: 0, choices: "found" },
    { id: "path", header: t("reference.path"), value: (row) => row.path, cell: (row) => <span className="mono">{row.path}</span>, width: 280, grow: 2 },
    { id: "summary", header: t("reference.summary"), value: (row) => row.summary, width: 260, grow: 2 },
    { id: "tag", header: t("reference.tag"), value: (row) => row.tag, width: 120, grow: 0, choices: "found" },
  ], [t]);
  return (
    <>
      <DataTable name="reference" label={t("tab.reference")} columns={columns} rows={found.data?.operations} rowKey={(row) => row.key} current={open || undefined}
        onOpen={(row) => setOpen(row.key)} problem={found.error} onRetry={() => void found.refetch()} />
      <SidePanel opened={shown !== undefined} onClose={() => setOpen("")} title={shown?.summary}>
        {shown ? <OneOperation operation={shown} /> : null}
      </SidePanel>
    </>
  );
}

function OneOperation({ operation }: { operation: Operation }) {
  const { t } = useTranslation("developers");
  return (
    <Stack>
      <p><Badge tone={toneOf(operation.method)}>{operation.method}</Badge> <code>{operation.path}</code></p>
      {operation.description ? <p>{operation.description}</p> : null}
      <CodeChoice operation={operation} />
      {operation.parameters.length > 0 ? (
        <section>
          <h3>{t("reference.parameters")}</h3>
          <Pairs of={operation.parameters.map((one) => [<code key={one.name}>{one.name}</code>, [t(one.required ? "reference.required" : "reference.optional"), one.description].filter(Boolean).join(" · ")] as const)} />
        </section>
      ) : null}
      <section>
        <h3>{t("reference.answers")}</h3>
        <Pairs of={operation.statuses.map(({ status, words }) => [<code key={status}>{status}</code>, words] as const)} />
      </section>
    </Stack>
  );
}
