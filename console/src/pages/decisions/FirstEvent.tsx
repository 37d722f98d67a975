/** How the first decision is asked for; where people sign in, with a key and where to have one. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Code, curlOf, useMay, useSession } from "../../kit";

/** An event to try a fresh workspace with, as the starter's event types describe it. */
const EVENT = {
  event_id: "app-1",
  event_type: "application",
  occurred_at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  values: { person: "p-1", device: "d-1", amount_minor: 120_000, term_months: 12, income_minor: 900_000, age: 34 },
};

export function FirstEvent({ label }: { label: string }) {
  const { t } = useTranslation("decisions");
  const keyed = useSession().mode === "people";
  const manages = useMay("manage");
  return (
    <>
      <Code text={curlOf({ method: "POST", path: "/v1/decisions", body: EVENT }, keyed)} label={label} />
      {keyed ? <p>{t("key_needed")} {manages ? <Link to={"/settings" as string} search={{ tab: "keys" } as never}>{t("key_make")}</Link> : null}</p> : null}
    </>
  );
}
