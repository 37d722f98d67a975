/** What happened to a case, newest first, as sentences. */
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Instant, inWords } from "../../kit";
import classes from "./cases.module.css";

export function Timeline({ events }: { events: readonly Shape<"CaseEvent">[] }) {
  const { t } = useTranslation("cases");
  return (
    <Block title={t("timeline")}>
      <ol className={classes.timeline}>
        {events.toReversed().map((event) => (
          <li key={event.seq} data-change={event.change}>
            <p>{inWords(event)}</p>
            {event.text ? <blockquote>{event.text}</blockquote> : null}
            {event.erased && (event.change === "noted" || event.change === "resolved") ? <p className="soft">{t("words_erased")}</p> : null}
            <p className="soft"><Instant at={event.at} form="short" /></p>
          </li>
        ))}
      </ol>
    </Block>
  );
}
