import { useTranslation } from "react-i18next";
import { useQuery } from "@tanstack/react-query";
import { problemOfResponse } from "../../api";
import { Amount, Block, ErrorPanel, inWords, Loading, OutcomeBadge, plain } from "../../kit";
import classes from "./decision.module.css";

interface Found {
  found: { moves: { field: string; then: unknown; now: unknown }[]; outcome: string; limit_minor: number | null; en: string; zh: string }[];
  held: { field: string; because: string }[];
  tried: number;
  complete: boolean;
  en: string;
  zh: string;
}

async function ask(id: string, signal: AbortSignal): Promise<Found | null> {
  const response = await fetch(`/v1/decisions/${encodeURIComponent(id)}/counterfactual`, { signal });
  if (response.ok) return (await response.json()) as Found;
  const problem = await problemOfResponse(response);
  if (problem.status === 404) return null; // a server that does not search
  throw problem;
}

/** What would have changed it: each answer was decided, not estimated. */
export function Counterfactual({ id }: { id: string }) {
  const { t } = useTranslation("decision");
  const asked = useQuery({ queryKey: ["/v1/decisions/{decision_id}/counterfactual", id], queryFn: async ({ signal }) => ask(id, signal), staleTime: Infinity });
  if (asked.data === null) return null;
  return (
    <Block title={t("counterfactual")} note={t("counterfactual_note")}>
      {asked.isError ? <ErrorPanel problem={asked.error} onRetry={() => void asked.refetch()} /> : asked.data === undefined ? <Loading lines={3} /> : (
        <>
          <p>{inWords(asked.data)}</p>
          <ul className={classes.others}>
            {asked.data.found.map((other) => (
              <li key={other.en}>
                <OutcomeBadge outcome={other.outcome} />
                <div>
                  <p>{inWords(other)}</p>
                  <p className="mono soft">{other.moves.map(({ field, then, now }) => `${field}: ${plain(then)} → ${plain(now)}`).join("; ")}</p>
                  {other.limit_minor === null ? null : <p>{t("limit")} <Amount minor={other.limit_minor} /></p>}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Block>
  );
}
