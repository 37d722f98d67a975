/** The log book of daily iterations: what each day came to, newest first, and one day as it was written. */
import { Select } from "@mantine/core";
import { NotebookText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, CopyAsApiCall, Empty, ErrorPanel, inWords, Loading, Page, Pairs, useUrlSearch, type Tone } from "../../kit";
import { Acceptance } from "./Acceptance";
import { PageText } from "./PageText";
import { Steps } from "./Steps";
import classes from "./log-book.module.css";

type Plan = Shape<"IterationShown">;
type Day = Shape<"RunShown">;

const GATE: Record<string, Tone> = { passed: "good", noted: "wait", refused: "bad", skipped: "neutral" };
const MOVE: Record<string, Tone> = { stay: "neutral", shadow: "accent", draft: "wait", canary: "accent", promote: "good", abort: "bad", roll_back: "bad" };

export default function LogBookPage() {
  const { t } = useTranslation("log-book");
  const [search, change] = useUrlSearch();
  const found = useGet("/v1/iterations", {});
  const plans = found.data?.iterations ?? [];
  const plan = plans.find((one) => one.name === search["plan"]) ?? plans[0];
  return (
    <Page title={t("title")} wide lead={t("lead")} actions={<CopyAsApiCall path={plan ? `/v1/iterations/${plan.name}/runs` : "/v1/iterations"} />}>
      {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading lines={8} /> : null}
      {found.data && !plan ? <Block><Empty icon={NotebookText} title={t("no_plan")} hint={t("no_plan_hint")} /></Block> : null}
      {plan ? (
        <div className={classes.book}>
          {plans.length > 1 ? (
            <Select className={classes.choice} size="xs" label={t("plan")} data={plans.map((one) => one.name)} value={plan.name}
              onChange={(name) => change({ plan: name ?? undefined, day: undefined })} allowDeselect={false} />
          ) : null}
          <About plan={plan} />
          <Days plan={plan} day={search["day"]} onDay={(day) => change({ plan: plan.name, day })} />
        </div>
      ) : null}
    </Page>
  );
}

function About({ plan }: { plan: Plan }) {
  const { t } = useTranslation("log-book");
  return (
    <Block title={plan.name} note={plan.live ? undefined : t("not_live")}>
      <Pairs of={[
        [t("model"), plan.model || "–"], [t("policy"), plan.policy || "–"], [t("owner"), plan.owner || "–"],
        [t("schedule"), plan.cron ? `${plan.cron} (${plan.time_zone})` : "–"], [t("days_run"), String(plan.runs)],
      ]} />
    </Block>
  );
}

function Days({ plan, day, onDay }: { plan: Plan; day: string | undefined; onDay: (day: string) => void }) {
  const { t } = useTranslation("log-book");
  const found = useGet("/v1/iterations/{name}/runs", { params: { path: { name: plan.name }, query: { last: 400 } } });
  if (found.isError) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={8} />;
  const days = found.data.runs;
  if (days.length === 0) return <Block><Empty icon={NotebookText} title={t("no_day")} hint={t("no_day_hint")} /></Block>;
  const open = days.find((one) => one.day === day) ?? days[0];
  return (
    <div className={classes.columns}>
      <Block title={t("days")} note={t("proved", { count: plan.runs })} flush>
        <ol className={classes.days}>{days.map((one) => <DayLine key={one.day} day={one} isOpen={one === open} onOpen={() => onDay(one.day)} />)}</ol>
      </Block>
      {open ? <DayOf plan={plan.name} day={open.day} /> : null}
    </div>
  );
}

function DayLine({ day, isOpen, onOpen }: { day: Day; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation("log-book");
  return (
    <li>
      <button type="button" className={classes.day} aria-current={isOpen ? "true" : undefined} onClick={onOpen}>
        <span className={classes.date}>{day.day}</span>
        <span>{inWords(day.headline)}</span>
        <span className={classes.marks}>
          {day.gate === "passed" ? null : <Badge tone={GATE[day.gate] ?? "neutral"}>{t(`gate_${day.gate}`)}</Badge>}
          {day.move === "stay" ? null : <Badge tone={MOVE[day.move] ?? "neutral"}>{t(`move_${day.move}`)}</Badge>}
        </span>
      </button>
    </li>
  );
}

function DayOf({ plan, day }: { plan: string; day: string }) {
  const { t } = useTranslation("log-book");
  const found = useGet("/v1/iterations/{name}/runs/{day}", { params: { path: { name: plan, day } } }, { placeholderData: (before) => before });
  if (found.isError) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={8} />;
  return (
    <div className={classes.one} aria-busy={found.isPlaceholderData || undefined}>
      <Block title={`${found.data.shown.day} · ${inWords(found.data.shown.headline)}`}><PageText text={inWords(found.data.page)} /></Block>
      <Acceptance one={found.data} key={found.data.shown.day} />
      <Block title={t("steps")} note={t("steps_note")} flush><Steps steps={found.data.steps} /></Block>
    </div>
  );
}
