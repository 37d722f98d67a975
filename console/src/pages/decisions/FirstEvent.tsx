/** How the first decision is asked for; where people sign in, with a key and where to have one. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Code, curlOf, useMay, useSession } from "../../kit";

/** An event of the first type that a policy decides on, made up from its fields; nothing while there is none. */
export function FirstEvent({ label }: { label: string }) {
  const { t } = useTranslation("decisions");
  const keyed = useSession().mode === "people";
  const manages = useMay("manage");
  const types = useGet("/v1/event-types");
  const name = types.data?.event_types.find((one) => one.policies.length > 0)?.name ?? "";
  const { data: type } = useGet("/v1/event-types/{name}", { params: { path: { name } } }, { enabled: name !== "" });
  if (!type) return null;
  return (
    <>
      <Code text={curlOf({ method: "POST", path: "/v1/decisions", body: type.example }, keyed)} label={label} />
      {keyed ? <p>{t("key_needed")} {manages ? <Link to={"/settings" as string} search={{ tab: "keys" } as never}>{t("key_make")}</Link> : null}</p> : null}
    </>
  );
}
