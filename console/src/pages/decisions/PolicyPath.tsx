import { Check, CircleHelp, Flag, Minus, X, type LucideIcon } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Badge, Block, number, OutcomeBadge, percent, plain, type Tone } from "../../kit";
import classes from "./decision.module.css";
import { comparisons, standingOf, type Condition, type Input, type Stage, type Standing, type Trace } from "./trace";

const STANDINGS: Record<Standing, { tone: Tone; icon: LucideIcon }> = {
  led: { tone: "accent", icon: Flag },
  fired: { tone: "wait", icon: Check },
  passed: { tone: "neutral", icon: Minus },
  unused: { tone: "neutral", icon: Minus },
};

/** The way through the policy, stage by stage; each condition with what it looked at and the threshold. */
export function PolicyPath({ trace, inputs, agrees }: { trace: Trace; inputs: Record<string, Input>; agrees: boolean | null }) {
  const { t } = useTranslation("decision");
  const id = useId();
  const led = new Set((trace.result?.reasons ?? []).map(({ stage }) => stage).filter((name) => trace.stages.some((stage) => stage.stage === name && stage.kind !== "model")));
  const last = trace.stages.at(-1);
  if (led.size === 0 && last) led.add(last.stage);
  return (
    <Block title={t("path")} note={t("path_note")}>
      <ol className={classes.way} aria-label={t("path")}>
        {trace.stages.map((stage) => (
          <li key={stage.at} data-standing={standingOf(stage, led)}>
            <a href={`#${id}${stage.at}`} onClick={(event) => { event.preventDefault(); open(`${id}${stage.at}`); }}>{stage.stage}</a>
          </li>
        ))}
      </ol>
      <div className={classes.stages}>
        {trace.stages.map((stage) => <StageDetails key={stage.at} id={`${id}${stage.at}`} stage={stage} inputs={inputs} standing={standingOf(stage, led)} />)}
      </div>
      {agrees === null ? null : <p className="soft">{t(agrees ? "agrees" : "disagrees")}</p>}
    </Block>
  );
}

/** Open the details of a stage and bring them into sight. */
function open(id: string): void {
  const place = document.getElementById(id);
  if (place instanceof HTMLDetailsElement) place.open = true;
  place?.scrollIntoView({ block: "nearest" });
  place?.querySelector("summary")?.focus();
}

function StageDetails({ id, stage, inputs, standing }: { id: string; stage: Stage; inputs: Record<string, Input>; standing: Standing }) {
  const { t } = useTranslation("decision");
  const { tone, icon } = STANDINGS[standing];
  const conditions = stage.conditions ?? [];
  const head = (
    <>
      <strong>{stage.stage}</strong>
      <span className="soft">{t(`kind.${stage.kind}`, { defaultValue: stage.kind })}</span>
      <Badge tone={tone} icon={icon}>{t(`standing.${standing}`)}</Badge>
      {stage.kind === "ask" && Object.keys(stage.values ?? {}).some((name) => inputs[name]?.source === "simulated") ? <Badge tone="wait">{t("source_of.simulated")}</Badge> : null}
      <span className={classes.summary}>{useSummary(stage)}</span>
    </>
  );
  if (conditions.length === 0) return <div id={id} className={classes.stage}>{head}</div>;
  return (
    <details id={id} className={classes.stage} open={standing === "led" || standing === "fired"}>
      <summary>{head}</summary>
      <div className={classes.conditions} tabIndex={0} role="region" aria-label={stage.stage}>
        <table>
          <thead><tr><th scope="col">{t("condition")}</th><th scope="col">{t("threshold")}</th><th scope="col">{t("value")}</th><th scope="col">{t("leads_to")}</th></tr></thead>
          <tbody>{conditions.map((condition) => <ConditionLine key={condition.name} condition={condition} inputs={inputs} isCard={stage.kind === "scorecard"} />)}</tbody>
        </table>
      </div>
    </details>
  );
}

function useSummary({ kind, taken, conditions = [], values = {} }: Stage): string {
  const { t } = useTranslation("decision");
  const set = Object.entries(values).map(([name, value]) => `${name} = ${plain(value)}`).join(", ");
  if (kind === "model") {
    const { probability, points } = values as { probability?: number; points?: number | null };
    if (probability === undefined) return t("not_needed");
    return [t("says_probability", { probability: percent(probability, 2) }), points === null || points === undefined ? "" : t("says_points", { points: number(points) })].filter(Boolean).join(" · ");
  }
  if (taken) return [taken === "always" ? t("always") : t("taken", { name: taken }), set].filter(Boolean).join(" · ");
  if (conditions.length > 0 && kind !== "scorecard") return t("fired_of", { fired: number(conditions.filter(({ verdict }) => verdict === "fired").length), count: number(conditions.length) });
  return set;
}

const VERDICTS: Record<Condition["verdict"], LucideIcon> = { fired: Check, not_fired: X, unknown: CircleHelp, not_tried: Minus };

function ConditionLine({ condition, inputs, isCard }: { condition: Condition; inputs: Record<string, Input>; isCard: boolean }) {
  const { t } = useTranslation("decision");
  const Icon = VERDICTS[condition.verdict] ?? CircleHelp;
  const compared = condition.verdict === "not_tried" ? [] : comparisons(condition, inputs);
  return (
    <tr data-verdict={condition.verdict}>
      <td><span className={classes.verdict}><Icon size={14} aria-hidden /> {condition.name}</span> <span className="soft">{t(`verdict.${condition.verdict}`)}</span></td>
      <td>{compared.length > 0 ? compared.map((one) => <code key={one.text} data-holds={one.holds ?? undefined}>{one.text}</code>) : <code>{condition.text === "always" ? "" : condition.text}</code>}</td>
      <td>{compared.map((one) => <code key={one.text}>{one.value}</code>)}</td>
      <td>{isCard ? <span className="number">{plain(condition.value)}</span> : condition.then ? <OutcomeBadge outcome={condition.then} /> : null}{condition.reason ? <div className="soft mono">{condition.reason}</div> : null}</td>
    </tr>
  );
}
