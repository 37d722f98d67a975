/** Asking the server to change something about one account, and showing what it says. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { getOptions, problemOf, type Problem, type Shape } from "../../api";

export type Customer = Shape<"CustomerShown">;

export const customerOptions = (id: string) => getOptions("/v1/collections/accounts/{account_id}", { params: { path: { account_id: id } } });

/** An id of our own for a request; the server does what it asks once. */
export const requestId = (): string => crypto.randomUUID();

export function useChange(id: string) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = useCallback(async <T,>(ask: () => Promise<{ data?: T }>): Promise<T | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await ask();
      await client.invalidateQueries({ queryKey: customerOptions(id).queryKey });
      void client.invalidateQueries({ queryKey: ["/v1/collections/queue"] });
      return data ?? null;
    } catch (error) {
      setProblem(problemOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  }, [client, id]);
  return { busy, problem, change };
}
