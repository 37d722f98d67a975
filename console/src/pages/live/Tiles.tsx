import { Popover, UnstyledButton } from "@mantine/core";
import { Info } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { duration, number, percent } from "../../kit";
import classes from "./live.module.css";

/** The numbers of this server since it was started, each with its definition one click away. */
export function Tiles({ rate, count }: { rate: number; count: number }) {
  const { t } = useTranslation("live");
  const { data: status } = useGet("/v1/status", {}, { refetchInterval: 5000 });
  const decided = (status?.decided ?? {}) as Record<string, number>;
  const total = Object.values(decided).reduce((sum, one) => sum + one, 0);
  const share = (outcome: string): string => (total ? percent((decided[outcome] ?? 0) / total) : "–");
  const latency = (at: string): string => {
    const us = (status?.latency_us as Record<string, number | null> | undefined)?.[at];
    return us === null || us === undefined ? "–" : duration(us);
  };
  return (
    <dl className={classes.tiles}>
      <Tile name={t("rate")} value={number(rate, 1)} more={t("since_open", { count, number: number(count) })} definition={t("rate_definition")} />
      <Tile name={t("decided")} value={number(total)} definition={t("decided_definition")} />
      <Tile name={t("approved")} value={share("approve")} definition={t("share_definition")} />
      <Tile name={t("reviewed")} value={share("review")} definition={t("share_definition")} />
      <Tile name={t("declined")} value={share("decline")} definition={t("share_definition")} />
      <Tile name={t("p50")} value={latency("p50")} more={`${t("p99")} ${latency("p99")}`} definition={t("latency_definition")} />
    </dl>
  );
}

function Tile({ name, value, more, definition }: { name: string; value: string; more?: string; definition: string }) {
  const { t } = useTranslation("live");
  return (
    <div>
      <dt>
        {name}
        <Popover position="bottom" width={280} shadow="md" trapFocus={false}>
          <Popover.Target><UnstyledButton aria-label={t("definition_of", { name })}><Info size={13} /></UnstyledButton></Popover.Target>
          <Popover.Dropdown>{definition}</Popover.Dropdown>
        </Popover>
      </dt>
      <dd><span className={classes.value}>{value}</span>{more ? <span className="soft">{more}</span> : null}</dd>
    </div>
  );
}
