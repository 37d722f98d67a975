import { useTranslation } from "react-i18next";
import { Block, duration } from "../../kit";
import classes from "./decision.module.css";

/** Where the time went. */
export function Timings({ timings }: { timings: Record<string, number> }) {
  const { t } = useTranslation("decision");
  const parts = Object.entries(timings).sort((a, b) => b[1] - a[1]);
  const most = Math.max(...parts.map(([, us]) => us), 1);
  if (parts.length === 0) return null;
  return (
    <Block title={t("timings")} note={t("timings_note")}>
      <dl className={classes.timings}>
        {parts.map(([name, us]) => (
          <div key={name}>
            <dt>{t(`timing.${name}`, { defaultValue: name })}</dt>
            <dd><span aria-hidden className={classes.time} style={{ width: `${(us / most) * 100}%` }} /><span className="number">{duration(us)}</span></dd>
          </div>
        ))}
      </dl>
    </Block>
  );
}
