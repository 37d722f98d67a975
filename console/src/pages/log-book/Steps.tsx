/** The steps of a day: what each said, what it read and what it made, by digest. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, type Tone } from "../../kit";
import classes from "./log-book.module.css";

const TONE: Record<string, Tone> = { passed: "good", noted: "wait", refused: "bad", skipped: "neutral" };

export function Steps({ steps }: { steps: Shape<"RunStepShown">[] }) {
  const { t } = useTranslation("log-book");
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label={t("steps")}>
      <table>
        <thead><tr><th scope="col">{t("step")}</th><th scope="col">{t("verdict")}</th><th scope="col">{t("read")}</th><th scope="col">{t("made")}</th></tr></thead>
        <tbody>{steps.map((one) => (
          <tr key={one.step}>
            <th scope="row">{t(`step_${one.step}`)}</th>
            <td><Badge tone={TONE[one.verdict] ?? "neutral"}>{t(`verdict_${one.verdict}`)}</Badge></td>
            <td><Digests of={one.inputs} /></td>
            <td><Digests of={one.outputs} /></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Digests({ of }: { of: Record<string, string> }) {
  const told = Object.entries(of).filter(([, digest]) => digest !== "");
  if (told.length === 0) return <span className="soft">{"–"}</span>;
  return <ul className={classes.digests}>{told.map(([name, digest]) => <li key={name}>{name} <code title={digest}>{digest.slice(0, 8)}</code></li>)}</ul>;
}
