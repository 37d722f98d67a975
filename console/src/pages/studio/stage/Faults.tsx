import type { Shape } from "../../../api";
import { inWords } from "../../../kit";
import classes from "../studio.module.css";

/** What is wrong here, and what to do about it. */
export function Faults({ findings }: { findings: readonly Shape<"DraftFinding">[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={classes.faults}>
      {findings.map((one, place) => <li key={place} data-severity={one.severity}>{inWords(one.message)} {inWords(one.hint)}</li>)}
    </ul>
  );
}
