/** What the newest event says, as it was sent: the first thing an analyst reads. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { PAGES } from "../../app/pages";
import { Block, FieldValue, Pairs, plain, useEntityName } from "../../kit";

const hasPortraits = (): boolean => PAGES.some((page) => page.path === "/portrait/$kind/$key");

export function Facts({ facts, event }: { facts: readonly Shape<"CaseFact">[]; event: string }) {
  const { t } = useTranslation("cases");
  const entity = useEntityName();
  const erased = facts.length > 0 && facts.every((fact) => fact.value === null || fact.value === undefined);
  return (
    <Block title={t("facts")} note={event}>
      {erased ? <p className="soft">{t("facts_erased")}</p> : <Pairs of={facts.map((fact) => [<span key={fact.name} title={fact.description || undefined}>{fact.name === fact.kind ? entity(fact.name) : fact.name}</span>, <Value key={fact.name} of={fact} />] as const)} />}
    </Block>
  );
}

function Value({ of: fact }: { of: Shape<"CaseFact"> }) {
  if (fact.kind && fact.entity) {
    const shown = plain(fact.value) || fact.entity.slice(0, 12);
    if (!hasPortraits()) return <span className="mono">{shown}</span>;
    return <Link to={"/portrait/$kind/$key" as string} params={{ kind: fact.kind, key: fact.entity } as never} className="mono">{shown}</Link>;
  }
  return <FieldValue name={fact.name} value={fact.value} />;
}
