import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { problemOf, useGet } from "../../api";
import { Badge, Block, ErrorPanel, inWords, Loading, number } from "../../kit";
import classes from "./overview.module.css";

/** What waits for a person. A server without cases has no such block. */
export function Queue() {
  const { t } = useTranslation("overview");
  const found = useGet("/v1/cases/queues", {}, { refetchInterval: 30_000, retry: false });
  if (found.isError && [404, 403].includes(problemOf(found.error).status)) return null;
  return (
    <Block title={t("queue")} note={t("queue_note")}>
      {found.isError ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : found.data === undefined ? <Loading lines={3} /> : (
        <ul className={classes.queues}>
          {found.data.queues.map((one) => (
            <li key={one.queue}>
              <Link to={"/cases" as string} search={{ queue: one.queue } as never}>{inWords(one.title)}</Link>
              <span className="number">{t("open_cases", { count: one.open, number: number(one.open) })}</span>
              <span className={classes.marks}>
                {one.mine > 0 ? <Badge tone="accent">{t("mine", { number: number(one.mine) })}</Badge> : null}
                {one.breached > 0 ? <Badge tone="bad">{t("late", { number: number(one.breached) })}</Badge> : null}
                {one.due_soon > 0 ? <Badge tone="wait">{t("due_soon", { number: number(one.due_soon) })}</Badge> : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Block>
  );
}
