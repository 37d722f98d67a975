import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Empty, Instant, number, useEntityName } from "../../kit";
import classes from "./portrait.module.css";

const FIRST = 10;

/** Who and what stood in the same events. */
export function Links({ portrait }: { portrait: Shape<"EntityPortrait"> }) {
  const { t } = useTranslation("portrait");
  const entity = useEntityName();
  const [all, setAll] = useState(false);
  const links = all ? portrait.links : portrait.links.slice(0, FIRST);
  return (
    <Block title={t("links")} note={t("links_note")}>
      {links.length === 0 ? <Empty title={t("no_links")} hint={t("no_links_hint")} /> : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("links")}>
          <table className={classes.table}>
            <thead><tr><th scope="col">{t("other")}</th><th scope="col" data-right>{t("together")}</th><th scope="col">{t("first")}</th><th scope="col">{t("last")}</th></tr></thead>
            <tbody>
              {links.map((one) => (
                <tr key={`${one.kind}${one.member}`}>
                  <td><Link to={"/portrait/$kind/$key" as string} params={{ kind: one.kind, key: one.member } as never}>{entity(one.kind)} <span className="mono">{one.member.slice(0, 8)}</span></Link></td>
                  <td data-right>{number(one.count)}</td><td><Instant at={one.first_at} form="day" /></td><td><Instant at={one.last_at} form="day" /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {portrait.links.length > FIRST ? <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>{t(all ? "fewer" : "more", { count: portrait.links.length - FIRST })}</Button> : null}
      {all && portrait.links_left_out > 0 ? <p className="soft">{t("left_out", { count: portrait.links_left_out })}</p> : null}
    </Block>
  );
}
