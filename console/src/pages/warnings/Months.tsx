/** The months of what a warning is about: what its events said, an amount that came several times in a month added up. */
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Block, Chart, Empty, ErrorPanel, Loading, minorDigits, PlainTable, useSession } from "../../kit";
import classes from "./warnings.module.css";

type Item = Shape<"TimelineItem">;
interface Month { name: string; values: Record<string, number | boolean> }

const EVENTS = 200;

export function Months({ kind, entity, warnedAt }: { kind: string; entity: string; warnedAt: string }) {
  const { t } = useTranslation("warnings");
  const found = useGet("/v1/entities/{kind}/{identifier}/timeline", { params: { path: { kind, identifier: entity }, query: { limit: EVENTS } } });
  const months = useMemo(() => monthsOf(found.data?.items ?? []), [found.data]);
  const fields = useMemo(() => [...new Set(months.flatMap((month) => Object.keys(month.values)))].sort(), [months]);
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={5} />;
  const warned = warnedAt.slice(0, 7);
  return (
    <Block title={t("months")} note={t("months_note")}>
      {months.length === 0 ? <Empty title={t("months_none")} hint={t("months_none_hint")} /> : (
        <>
          <Drawn months={months} fields={fields.filter((field) => field.endsWith("_minor"))} />
          <div className={classes.wide} tabIndex={0} role="region" aria-label={t("months")}>
            <PlainTable label={t("months")} head={[t("month"), ...fields]}
              rows={months.toReversed().map((month) => [
                <span key="m" className="nowrap">{month.name}{month.name === warned ? <strong>{` · ${t("warned_here")}`}</strong> : null}</span>,
                ...fields.map((field) => cellOf(field, month.values[field])),
              ])} />
          </div>
        </>
      )}
    </Block>
  );
}

function Drawn({ months, fields }: { months: readonly Month[]; fields: readonly string[] }) {
  const { t } = useTranslation("warnings");
  const unit = 10 ** minorDigits(useSession().workspace.currency);
  if (fields.length === 0 || months.length < 2) return null;
  const data = (field: string) => months.map((month) => (typeof month.values[field] === "number" ? (month.values[field] as number) / unit : null));
  return (
    <Chart label={t("months_chart")} height={200}
      option={{ xAxis: { type: "category", data: months.map((month) => month.name) }, yAxis: { type: "value" }, tooltip: { trigger: "axis" }, legend: { top: 0 }, series: fields.map((field) => ({ name: field, type: field.startsWith("limit") ? "line" : "bar", data: data(field) })) }}
      table={{ head: [t("month"), ...fields], rows: months.map((month) => [month.name, ...fields.map((field) => cellOf(field, month.values[field]))]) }} />
  );
}

/** An amount as one, so that it stands to the right as every figure does. */
function cellOf(field: string, value: number | boolean | undefined): ReactNode {
  if (typeof value === "number") return field.endsWith("_minor") ? <Amount key={field} minor={value} /> : value;
  return value === undefined ? "" : String(value);
}

/** By month, oldest first. What counts as an amount of a movement adds up; of everything else the last word of the month stands. */
function monthsOf(items: readonly Item[]): Month[] {
  const found = new Map<string, Month>();
  for (const item of items.toReversed()) {
    if (item.event_id.startsWith("label.")) continue; // what we recorded of it ourselves is in the story below
    const name = item.at.slice(0, 7);
    const month = found.get(name) ?? { name, values: {} };
    for (const [field, value] of Object.entries(item.values)) {
      if (typeof value === "boolean") month.values[field] = value;
      if (typeof value !== "number") continue;
      const before = month.values[field];
      month.values[field] = field === "amount_minor" && typeof before === "number" ? before + value : value;
    }
    found.set(name, month);
  }
  return [...found.values()];
}
