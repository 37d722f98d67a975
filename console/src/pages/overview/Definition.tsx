import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Code, Copyable, inWords, Pairs, SidePanel } from "../../kit";
import { shown } from "./measure";
import classes from "./overview.module.css";

const words = (both: Record<string, string>): string => inWords(both as { en: string; zh: string });

/** What a number means: its words, its SQL, who answers for it, and which version this is. */
export function Definition({ of: metric, onClose }: { of: Shape<"MetricDefinition"> | null; onClose: () => void }) {
  const { t } = useTranslation("overview");
  return (
    <SidePanel opened={metric !== null} onClose={onClose} title={metric ? words(metric.title) : ""}>
      {metric ? (
        <div className={classes.definition}>
          <p className={classes.meaning}>{words(metric.description)}</p>
          {metric.simulated ? <p><Badge tone="wait">{t("simulated")}</Badge> {t("simulated_hint")}</p> : null}
          <Pairs of={[
            [t("owner"), metric.owner],
            [t("unit"), metric.unit],
            [t("target"), metric.target ? `${metric.target.low === null ? "" : shown(metric.target.low, metric.unit)} – ${metric.target.high === null ? "" : shown(metric.target.high, metric.unit)}` : null],
            [t("better_way"), metric.better ? t(`better_${metric.better}`) : null],
            [t("time"), <code key="time">{metric.time}</code>],
            [t("dimensions"), metric.dimensions.join(", ")],
            [t("name"), <Copyable key="name" text={metric.name} />],
            [t("version"), <Copyable key="version" text={metric.digest} short={16} />],
          ]} />
          <h3>{t("sql")}</h3>
          <Code text={metric.sql} label={t("sql")} />
          <p className="soft">{t("definition_hint")}</p>
        </div>
      ) : null}
    </SidePanel>
  );
}
