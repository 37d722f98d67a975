/** The fields of an event type; one opened shows all that is declared of it and everything that reads it. */
import { Link } from "@tanstack/react-router";
import { Fingerprint } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, DataTable, number, Pairs, SidePanel, useEntityName, useUrlState, type Column, type Tone } from "../../kit";
import type { EventType } from "./EventTypePage";
import { useDerivedWords } from "./derived";
import classes from "./event-types.module.css";

type Field = Shape<"EventFieldDetail">;

const TONES: Record<Field["data_class"], Tone> = { C1: "neutral", C2: "wait", C3: "bad" };

export function Fields({ type }: { type: EventType }) {
  const { t } = useTranslation("event-types");
  const entityName = useEntityName();
  const [opened, open] = useUrlState("field");
  const limitsOf = useLimits();
  const derivedWords = useDerivedWords();
  const presence = usePresence();
  const readers = (row: Field): number => row.policies.length + row.features.length;
  const columns: Column<Field>[] = [
    { id: "name", header: t("field"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 150 },
    { id: "type", header: t("type"), value: (row) => t(`types.${row.type}`), width: 130, grow: 0, choices: "found" },
    { id: "required", header: t("required"), value: presence, cell: (row) => (row.required ? <>{presence(row)}</> : <span className="soft">{presence(row)}</span>), width: 90, grow: 0, choices: "found" },
    { id: "entity", header: t("entity"), hint: t("entity_hint"), value: (row) => (row.entity ? entityName(row.entity) : ""), cell: (row) => (row.entity ? <Badge tone="accent" icon={Fingerprint}>{entityName(row.entity)}</Badge> : null), width: 110, grow: 0, choices: "found" },
    { id: "class", header: t("class"), hint: t("class_hint"), value: (row) => t(`classes.${row.data_class}`), cell: (row) => <DataClass of={row.data_class} />, width: 190, grow: 0, choices: "found" },
    { id: "limits", header: t("limits"), value: limitsOf, width: 140 },
    { id: "derived", header: t("derived"), hint: t("derived_hint"), value: derivedWords, width: 220, grow: 2, hidden: type.field_details.every((one) => !one.derived) },
    { id: "description", header: t("description"), value: (row) => row.description, width: 190, grow: 3 },
    { id: "readers", header: t("readers"), hint: t("readers_hint"), value: readers, cell: (row) => (readers(row) ? <>{number(readers(row))}</> : <span className="soft">{t("nobody")}</span>), width: 100, grow: 0, align: "right" },
    { id: "source", header: t("source"), value: (row) => row.source, width: 140, hidden: true },
    { id: "owner", header: t("owner"), value: (row) => row.owner, width: 120, hidden: true },
    { id: "purpose", header: t("purpose"), value: (row) => row.purpose, width: 160, hidden: true },
  ];
  const field = type.field_details.find((one) => one.name === opened);
  return (
    <>
      <DataTable name={`event-types.${type.name}`} label={t("fields")} columns={columns} rows={type.field_details} rowKey={(row) => row.name} current={opened || undefined} onOpen={(row) => open(row.name)} />
      <SidePanel opened={field !== undefined} onClose={() => open("")} title={field ? <span className="mono">{field.name}</span> : undefined} size="md">
        {field ? <Opened field={field} limits={limitsOf(field)} /> : null}
      </SidePanel>
    </>
  );
}

function Opened({ field, limits }: { field: Field; limits: string }) {
  const { t } = useTranslation("event-types");
  const entityName = useEntityName();
  const derivedWords = useDerivedWords();
  const presence = usePresence();
  return (
    <div className={classes.stack}>
      {field.description ? <p>{field.description}</p> : null}
      <Pairs of={[
        [t("type"), t(`types.${field.type}`)],
        [t("scale"), field.type === "decimal" ? number(field.scale) : null],
        [t("required"), presence(field)],
        [t("derived"), derivedWords(field)],
        [t("entity"), field.entity ? entityName(field.entity) : null],
        [t("class"), <DataClass key="c" of={field.data_class} />],
        [t("limits"), limits],
        [t("changeable"), field.changeable && !field.derived ? t(`changes.${field.changeable}`) : null],
        [t("source"), field.source],
        [t("owner"), field.owner],
        [t("purpose"), field.purpose],
      ]} />
      <section>
        <h3>{t("read_by_policies")}</h3>
        {field.policies.length ? <ul className={classes.names}>{field.policies.map((policy) => <li key={policy}><Link to={"/studio/$policy" as string} params={{ policy } as never} className="mono">{policy}</Link></li>)}</ul> : <p className="soft">{t("no_policy")}</p>}
      </section>
      <section>
        <h3>{t("read_by_features")}</h3>
        {field.features.length ? <ul className={classes.names}>{field.features.map((feature) => <li key={feature} className="mono">{feature}</li>)}</ul> : <p className="soft">{t("no_feature")}</p>}
      </section>
    </div>
  );
}

export function DataClass({ of }: { of: Field["data_class"] }) {
  const { t } = useTranslation("event-types");
  return <Badge tone={TONES[of]}>{t(`classes.${of}`)}</Badge>;
}

/** Whether a program has to send the field, may, or cannot. */
function usePresence(): (field: Field) => string {
  const { t } = useTranslation("event-types");
  return (field) => t(field.derived ? "is_derived" : field.required ? "is_required" : "is_optional");
}

/** What a value must keep within, in one line. */
function useLimits(): (field: Pick<Field, "minimum" | "maximum" | "values">) => string {
  const { t } = useTranslation("event-types");
  return ({ minimum: low, maximum: high, values }) => {
    if (values) return values.join(", ");
    const [least, most] = [low, high].map((bound) => (bound === null || bound === undefined ? null : number(bound, 6)));
    if (least !== null && most !== null) return t("between", { least, most });
    return least !== null ? t("at_least", { least }) : most !== null ? t("at_most", { most }) : "";
  };
}
