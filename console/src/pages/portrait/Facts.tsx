import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Block, Empty, FieldValue, Instant } from "../../kit";
import classes from "./portrait.module.css";

const SHOWN_CLASS = "C1";

/** The last value of every field, with the event it came from. */
export function Facts({ portrait }: { portrait: Shape<"EntityPortrait"> }) {
  const { t } = useTranslation("portrait");
  const { facts } = portrait;
  return (
    <Block title={t("facts")} note={t("facts_note")}>
      {portrait.erased ? <p><Badge tone="wait">{t("erased")}</Badge> {t("erased_hint")}</p> : null}
      {portrait.facts_withheld > 0 ? <p className="soft">{t("withheld", { count: portrait.facts_withheld })}</p> : null}
      {facts.length === 0 ? <Empty title={t("no_facts")} hint={t("no_facts_hint")} /> : (
        <dl className={classes.facts}>
          {facts.map((one) => (
            <div key={`${one.event_type}.${one.field}`}>
              <dt title={one.description}>{one.description || one.field} {one.data_class === SHOWN_CLASS ? null : <Badge>{one.data_class}</Badge>}</dt>
              <dd>
                <strong>{typeof one.value === "boolean" ? t(one.value ? "yes" : "no") : <FieldValue name={one.field} value={one.value} />}</strong>
                <span className="soft">{t("fact_from", { type: one.event_type, event: one.event_id })} <Instant at={one.at} form="day" />{one.source ? <> {t("fact_source", { source: one.source })}</> : null}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Block>
  );
}
