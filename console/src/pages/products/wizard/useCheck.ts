/** What the server says of a draft, as one types. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../../api";
import { fixed, inWords } from "../../../kit";
import type { Draft } from "./draft";

export type Checked = Shape<"ProductChecked">;
export type Fault = Shape<"Fault">;

const PAUSE_MS = 250;
const PER_CENT = 100;

export function useCheck(draft: Draft | null, draw: { amount_minor: number; term: number }, whole: boolean) {
  const asked = draft && { name: draft.name, definition: draft.definition as never, drafts: draft.extras, quote: { ...draw, rate_bps: null, on: null }, whole };
  const [settled] = useDebouncedValue(asked, PAUSE_MS);
  const found = useQuery({
    queryKey: ["/v1/products/check", settled],
    queryFn: async ({ signal }) => {
      const { data } = await api.POST("/v1/products/check", { body: settled!, signal });
      return data as Checked;
    },
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const fresh = !found.isPlaceholderData && found.data !== undefined && JSON.stringify(settled) === JSON.stringify(asked);
  return { checked: found.data, error: found.error, fresh };
}

/** A fault in the reader's language: by its code and field where we have words, else as the server puts it. */
export function useFaultText(): (fault: Fault, checked?: Checked) => string {
  const { t } = useTranslation("launching");
  return useCallback((fault, checked) => {
    const said = inWords({ en: fault.detail, zh: fault.detail_zh ?? fault.detail });
    const field = (fault.field ?? "").replaceAll(/\[\d+\]/g, "").replaceAll(".", "_");
    const given = { value: fault.value ?? "", cost: checked?.dearest_bps ? fixed(checked.dearest_bps / PER_CENT) : "", most: checked?.cap ? fixed(checked.cap.most_bps / PER_CENT) : "" };
    const byCode = t(`faults.${fault.code}`, { ...given, defaultValue: "" });
    return t(`faults.${fault.code}_${field}`, { ...given, defaultValue: byCode || said });
  }, [t]);
}
