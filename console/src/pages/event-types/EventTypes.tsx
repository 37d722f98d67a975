/** What may arrive: every event type, who decides on it, and how much did arrive. */
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, Shapes } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, DataTable, Empty, Instant, number, useMay, type Column } from "../../kit";
import { StateBadge } from "./StateBadge";

type EventType = Shape<"EventTypeSummary">;

export function EventTypes() {
  const { t } = useTranslation("event-types");
  const navigate = useNavigate();
  const mayEdit = useMay("draft");
  const found = useGet("/v1/event-types");
  const counted = found.data?.event_types.some((one) => one.recorded !== null) ?? false;
  const columns: Column<EventType>[] = [
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 150 },
    { id: "description", header: t("description"), value: (row) => row.description, width: 180, grow: 3 },
    { id: "state", header: t("state"), value: (row) => t(`states.${row.state}`), cell: (row) => <span className="nowrap"><StateBadge state={row.state} />{row.waiting ? <> <Badge tone="wait">{t("newer")}</Badge></> : null}</span>, width: 140, grow: 0, choices: "found" },
    { id: "policies", header: t("decided_by"), hint: t("decided_by_hint"), value: (row) => row.policies.join(", "), cell: (row) => (row.policies.length ? <span className="mono">{row.policies.join(", ")}</span> : <span className="soft">{t("recorded_only")}</span>), width: 140, grow: 1 },
    { id: "fields", header: t("fields"), value: (row) => row.fields, width: 75, grow: 0, align: "right" },
    { id: "personal", header: t("personal"), hint: t("personal_hint"), value: (row) => row.personal_fields, width: 90, grow: 0, align: "right" },
    { id: "features", header: t("features"), hint: t("features_hint"), value: (row) => row.features, width: 90, grow: 0, align: "right" },
    ...(counted ? [
      { id: "recorded", header: t("recorded"), value: (row: EventType) => row.recorded ?? null, cell: (row: EventType) => <>{number(row.recorded ?? 0)}</>, width: 100, grow: 0, align: "right" as const },
      { id: "last", header: t("last"), hint: t("last_hint"), value: (row: EventType) => row.last_at ?? "", cell: (row: EventType) => (row.last_at ? <Instant at={row.last_at} form="day" /> : <span className="soft">{t("none_yet")}</span>), width: 120, grow: 0 },
    ] : []),
  ];
  const add = mayEdit ? <Button component={Link} to={"/settings/new-event-type" as string} leftSection={<Plus size={15} aria-hidden />}>{t("add")}</Button> : null;
  return (
    <Block title={t("title")} note={t("lead")} flush actions={<>{add}<CopyAsApiCall path="/v1/event-types" /></>}>
      <DataTable name="event-types" label={t("title")} columns={columns} rows={found.data?.event_types} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate({ to: "/settings/event-types/$name" as string, params: { name: row.name } as never })}
        empty={<Empty icon={Shapes} title={t("empty")} hint={t("empty_hint")}>{add}</Empty>} />
    </Block>
  );
}
