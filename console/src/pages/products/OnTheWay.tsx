/** Assessments of products, the newest first: what is on its way to being sold. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, Badge, Block, Instant, number } from "../../kit";
import { RUN_TONES } from "./AssessmentPage";
import classes from "./launching.module.css";

const SHOWN = 6;

export function OnTheWay() {
  const { t } = useTranslation("launching");
  const found = useGet("/v1/assessments", undefined, { retry: false });
  const runs = (found.data?.items ?? []).slice(0, SHOWN);
  if (runs.length === 0) return null;
  return (
    <Block title={t("way.title")} note={t("way.note")}>
      <ul className={classes.rows}>
        {runs.map((run) => (
          <li key={run.assessment_id}>
            <span><Link to={"/assessments/$id" as string} params={{ id: run.assessment_id } as never}>{run.asked.product.name}</Link> <Badge tone={RUN_TONES[run.state]}>{t(`assessment.states.${run.state}`)}</Badge>
              {run.stops ? <> <Badge tone="bad">{t("way.stops", { stops: number(run.stops) })}</Badge></> : null}</span>
            <span className="soft">{run.net_minor === null ? null : <>{t("report.net")} <Amount minor={run.net_minor} currency={run.asked.product.currency} /> </>}{t("assessment.by", { by: run.by })} <Instant at={run.started_at} form="minute" /></span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
