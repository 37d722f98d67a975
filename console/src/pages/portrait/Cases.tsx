import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Badge, Block, Instant, number, OutcomeBadge } from "../../kit";
import classes from "./portrait.module.css";

const SHOWN = 5;

/** Cases about the entity. A server without cases, or a reader who may not see them, has no such block. */
export function Cases({ member }: { member: string }) {
  const { t } = useTranslation("portrait");
  const found = useGet("/v1/cases", { params: { query: { text: member, state: "all", order: "opened", limit: SHOWN } } }, { retry: false });
  if (!found.data || found.data.total === 0) return null;
  return (
    <Block title={t("cases")}>
      <ul className={classes.cases}>
        {found.data.cases.map((one) => (
          <li key={one.case_id}>
            <Link to={"/cases/$id" as string} params={{ id: one.case_id } as never}>{t("case_number", { number: number(one.number) })}</Link>
            <OutcomeBadge outcome={one.outcome} /> <Badge>{t(`case_${one.state}`, { defaultValue: one.state })}</Badge> <Instant at={one.opened_at} form="day" />
          </li>
        ))}
      </ul>
      {found.data.total > SHOWN ? <p><Link to={"/cases" as string} search={{ q: member, state: "all" } as never}>{t("all_cases", { number: number(found.data.total) })}</Link></p> : null}
    </Block>
  );
}
