/** What a person does to a case: asks the server, tells of conflicts, keeps what is shown up to date, goes on to the next. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api, getOptions, problemOf, refresh, type Shape } from "../../api";
import { noteDone, noteProblem, useUrlSearch } from "../../kit";
import { lastDone, remember } from "./recent";

export type Case = Shape<"CaseSummary">;
export type Detail = Shape<"CaseDetail">;

export const detailOptions = (id: string) => getOptions("/v1/cases/{case_id}", { params: { path: { case_id: id } } });

/** Load what the next case will show before it is asked for. */
export async function prefetchNext(client: QueryClient, queue: string | undefined): Promise<void> {
  const { data } = await api.GET("/v1/cases/next", { params: { query: queue ? { queue } : {} } });
  const coming = (data as Shape<"CaseTaken"> | undefined)?.case;
  if (!coming) return;
  const detail = await client.fetchQuery({ ...detailOptions(coming.case_id), staleTime: 30_000 });
  const newest = detail.decisions[0];
  if (newest) await client.prefetchQuery({ ...explanationOptions(newest.answer.decision_id), staleTime: 60_000 });
}

export const explanationOptions = (id: string) =>
  getOptions("/v1/decisions/{decision_id}/explanation", { params: { path: { decision_id: id } } });

/** Put what the server said of a case to where it is shown; an answer still on its way was asked before, so it is older: dropped. */
export async function keep(client: QueryClient, said: Case): Promise<void> {
  const { queryKey } = detailOptions(said.case_id);
  await client.cancelQueries({ queryKey });
  client.setQueryData<Detail>(queryKey, (before) => (before ? { ...before, case: said } : before));
}

export function useCaseActions() {
  const { t } = useTranslation("cases");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [{ queue }] = useUrlSearch();

  const open = useCallback((id: string) => {
    void navigate({ to: "/cases/$id" as string, params: { id } as never, search: (queue ? { queue } : {}) as never });
  }, [navigate, queue]);

  const next = useCallback(async (): Promise<void> => {
    try {
      const { data } = await api.POST("/v1/cases/next", { body: { queue: queue ?? null, by: null } });
      const taken = (data as Shape<"CaseTaken">).case;
      void refresh(client, "/v1/cases/queues");
      if (!taken) {
        noteDone(t("none_free"));
        void navigate({ to: "/cases" as string, search: (queue ? { queue } : {}) as never });
        return;
      }
      await keep(client, taken);
      open(taken.case_id);
      void client.invalidateQueries({ queryKey: detailOptions(taken.case_id).queryKey });
    } catch (error) {
      noteProblem(error);
    }
  }, [client, navigate, open, queue, t]);

  /** Do one thing; what it rejects with has been told already. */
  const act = useCallback(async (send: () => Promise<{ data?: unknown }>): Promise<Case | null> => {
    try {
      const { data } = await send();
      const done = data as Case;
      await keep(client, done);
      void client.invalidateQueries({ queryKey: detailOptions(done.case_id).queryKey });
      void refresh(client, "/v1/cases/queues");
      return done;
    } catch (error) {
      const problem = problemOf(error);
      const now = problem.document["case"] as Case | undefined;
      if (now) {
        await keep(client, now);
        void client.invalidateQueries({ queryKey: detailOptions(now.case_id).queryKey });
      }
      noteProblem(error);
      return null;
    }
  }, [client]);

  const undo = useCallback(async (): Promise<void> => {
    const last = lastDone();
    if (!last) {
      noteDone(t("nothing_to_undo"));
      return;
    }
    remember(null);
    const path = { case_id: last.case.case_id };
    const done = await act(() => api.POST("/v1/cases/{case_id}/undo", { params: { path }, body: { version: last.case.version, by: null } }));
    if (done) {
      noteDone(t("undone", { number: done.number }));
      open(done.case_id);
    }
  }, [act, open, t]);

  return useMemo(() => ({ act, next, open, undo }), [act, next, open, undo]);
}
