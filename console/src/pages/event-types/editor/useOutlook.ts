/** What the draft would be, asked again a moment after the last change: what is new in it, and what would not hold. */
import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { api, type Shape } from "../../../api";

const PAUSE_MS = 350;

export interface Outlook {
  found: Shape<"Checked"> | undefined;
  fresh: boolean; // it speaks of what is shown now
  problem: Error | null;
}

/** `name`: of the type; nothing is asked while there is none. */
export function useOutlook(name: string, body: Record<string, unknown>): Outlook {
  const now = JSON.stringify({ name, body });
  const [asked] = useDebouncedValue(now, PAUSE_MS);
  const draft = useMemo(() => JSON.parse(asked) as { name: string; body: Record<string, never> }, [asked]);
  const checked = useQuery<Shape<"Checked">, Error>({
    queryKey: ["event-type-draft", asked],
    enabled: name !== "" && draft.name !== "",
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const { data } = await api.POST("/v1/artefacts/check", { body: { artefact: { kind: "event_type", ...draft } }, signal });
      return data as Shape<"Checked">;
    },
  });
  return { found: name ? checked.data : undefined, fresh: asked === now && checked.isSuccess && !checked.isPlaceholderData, problem: checked.error };
}
