/** Third parties that policies ask: how they do, what they cost, what leaves the house for them. */
import { Plug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Badge, Block, CopyAsApiCall, DataTable, Empty, ErrorPanel, Instant, Loading, Pairs, PlainTable, SidePanel, useUrlState, type Column, type Tone } from "../../kit";

type Summary = Shape<"ConnectorSummary">;
type Detail = Shape<"ConnectorDetail">;

const TONES: Record<Summary["breaker"], Tone> = { closed: "good", half_open: "wait", open: "bad" };

export function Connectors() {
  const { t } = useTranslation("settings");
  const found = useGet("/v1/connectors");
  const [name, setName] = useUrlState("connector");
  const columns: Column<Summary>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, width: 150, grow: 2 },
    { id: "mode", header: t("connectors.mode"), value: (row) => t(`connectors.modes.${row.mode}`), cell: (row) => <Mode mode={row.mode} />, width: 130, grow: 0, choices: "found" },
    { id: "breaker", header: t("connectors.breaker"), value: (row) => t(`connectors.breakers.${row.breaker}`), cell: (row) => <Breaker breaker={row.breaker} />, width: 130, grow: 0, choices: "found" },
    { id: "asked", header: t("connectors.asked"), value: asked, width: 100, grow: 0, align: "right" },
    { id: "cache", header: t("connectors.cache"), value: (row) => row.asked["cache"] ?? 0, width: 110, grow: 0, align: "right" },
    { id: "faults", header: t("connectors.faults"), value: faults, width: 110, grow: 0, align: "right" },
    { id: "p99", header: t("connectors.p99"), value: (row) => row.latency_ms_p99 ?? null, cell: (row) => <Milliseconds of={row.latency_ms_p99} />, width: 110, grow: 0, align: "right" },
    { id: "spent", header: t("connectors.spent"), value: (row) => row.spent_minor, cell: (row) => <Amount minor={row.spent_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "policies", header: t("connectors.policies"), value: (row) => row.policies.join(", "), width: 160, grow: 2 },
  ];
  const since = found.data?.connectors[0]?.since;
  return (
    <Block title={t("tab.connectors")} note={since ? <>{t("connectors.note")} <Instant at={since} form="short" /></> : t("connectors.note_none")} flush
      actions={<CopyAsApiCall path="/v1/connectors" />}>
      <DataTable name="connectors" label={t("tab.connectors")} columns={columns} rows={found.data?.connectors} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        current={name || undefined} onOpen={(row) => setName(row.name)}
        empty={<Empty icon={Plug} title={t("connectors.empty")} hint={t("connectors.empty_hint")} />} />
      <SidePanel opened={name !== ""} onClose={() => setName("")} title={name} size="lg">
        {name ? <One name={name} /> : null}
      </SidePanel>
    </Block>
  );
}

function One({ name }: { name: string }) {
  const { t } = useTranslation("settings");
  const found = useGet("/v1/connectors/{name}", { params: { path: { name } } });
  if (found.error) return <ErrorPanel problem={found.error} />;
  if (!found.data) return <Loading />;
  const one: Detail = found.data;
  return (
    <>
      {one.description ? <p>{one.description}</p> : null}
      <Pairs of={[
        [t("connectors.url"), <span key="url" className="mono">{one.url}</span>],
        [t("connectors.purpose"), one.purpose],
        [t("connectors.mode"), <Mode key="mode" mode={one.mode} />],
        [t("connectors.policies"), one.policies.join(", ") || t("connectors.nobody")],
        [t("connectors.breaker"), <Breaker key="breaker" breaker={one.breaker} />],
        [t("connectors.open_until"), one.open_until ? <Instant key="until" at={one.open_until} /> : null],
        [t("connectors.budget"), `${one.budget_ms} ms`],
        [t("connectors.attempt"), t("connectors.attempts_of", { ms: one.attempt_ms, count: one.retries })],
        [t("connectors.valid"), one.valid_for_s ? `${one.valid_for_s} s` : t("connectors.not_kept")],
        [t("connectors.price"), <Amount key="price" minor={one.price_minor} currency={one.currency} />],
        [t("connectors.spent"), <Amount key="spent" minor={one.spent_minor} currency={one.currency} />],
        [t("connectors.unsure"), <Amount key="unsure" minor={one.unsure_minor} currency={one.currency} />],
        [t("connectors.saved"), <Amount key="saved" minor={one.saved_minor} currency={one.currency} />],
        [t("connectors.latency"), <span key="latency"><Milliseconds of={one.latency_ms_p50} />{" / "}<Milliseconds of={one.latency_ms_p99} /></span>],
      ]} />
      <Counts title={t("connectors.asked")} counts={one.asked} words={(key) => t(`connectors.sources.${key}`, { defaultValue: key })} />
      <Counts title={t("connectors.faults")} counts={one.faults} words={(key) => t(`connectors.fault.${key}`, { defaultValue: key })} />
      <h3>{t("connectors.leaves")}</h3>
      <PlainTable {...{
        head: [t("connectors.sent_as"), t("connectors.field"), t("connectors.class")],
        rows: one.send.map((sent) => [sent.name, sent.field ?? t("connectors.constant"), sent.data_class ?? ""]),
      }} label={t("connectors.leaves")} />
      <h3>{t("connectors.returns")}</h3>
      <PlainTable {...{
        head: [t("connectors.fact"), t("connectors.type"), t("connectors.at")],
        rows: one.answer.map((fact) => [fact.name, fact.type, fact.at]),
      }} label={t("connectors.returns")} />
    </>
  );
}

function Counts({ title, counts, words }: { title: string; counts: Record<string, number>; words: (key: string) => string }) {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Pairs of={rows.map(([key, count]) => [words(key), count] as const)} />
    </>
  );
}

function Mode({ mode }: { mode: Summary["mode"] }) {
  const { t } = useTranslation("settings");
  return <Badge tone={mode === "live" ? "good" : mode === "off" ? "bad" : "wait"}>{t(`connectors.modes.${mode}`)}</Badge>;
}

function Breaker({ breaker }: { breaker: Summary["breaker"] }) {
  const { t } = useTranslation("settings");
  return <Badge tone={TONES[breaker]}>{t(`connectors.breakers.${breaker}`)}</Badge>;
}

function Milliseconds({ of }: { of: number | null | undefined }) {
  return of === null || of === undefined ? <span className="soft">{"–"}</span> : <span>{`${Math.round(of)} ms`}</span>;
}

const asked = (row: Summary): number => Object.values(row.asked).reduce((sum, one) => sum + one, 0);
const faults = (row: Summary): number => Object.values(row.faults).reduce((sum, one) => sum + one, 0);
