/**
 * Money: minor units in, an amount out, in the currency of the workspace unless another is named.
 *
 * An amount is known by its name: a field, an input or a lever that ends in `_minor` is one.
 */
import { useCallback, type ReactNode } from "react";
import { useSession } from "../app/session";
import { amount, amountRange, plain } from "./format";

/** A column in which eight digits and a currency stand on one line. */
export const AMOUNT_PX = 148;

interface AmountProps {
  minor: number | null | undefined;
  currency?: string; // where it is not the workspace's, such as the price of somebody else's answer
}

export function Amount({ minor, currency }: AmountProps) {
  const money = useMoney(currency);
  return minor === null || minor === undefined ? null : <span className="number nowrap" data-amount>{money(minor)}</span>;
}

/** `money(minor)` as text, for sentences; `<Amount>` stands in cells and figures. */
export function useMoney(currency?: string): (minor: number) => string {
  const own = useSession().workspace.currency;
  return useCallback((minor: number) => amount(minor, currency || own), [currency, own]);
}

const isAmount = (name: string, value: unknown): value is number => name.endsWith("_minor") && typeof value === "number";

/** The value of a named field as text: an amount where its name says so. */
export function useFieldText(): (name: string, value: unknown) => string {
  const money = useMoney();
  return useCallback((name: string, value: unknown) => (isAmount(name, value) ? money(value) : plain(value)), [money]);
}

/** The value of a named field, on one line where it is an amount. */
export function FieldValue({ name, value }: { name: string; value: unknown }): ReactNode {
  return isAmount(name, value) ? <Amount minor={value} /> : <span className="number">{plain(value)}</span>;
}

interface Range {
  label: string;
  low: number | null;
  high: number | null; // not in it, but where it is `low`
}

/** A range of a named field as text: in amounts where its name says so, else as it is labelled. */
export function useRangeText(): (name: string, range: Range) => string {
  const { currency } = useSession().workspace;
  return useCallback(
    (name: string, { label, low, high }: Range) => {
      if (!name.endsWith("_minor") || (low === null && high === null)) return label;
      if (low === null) return `<\u00a0${amount(high!, currency)}`;
      if (high === null) return `>=\u00a0${amount(low, currency)}`;
      return low === high ? `=\u00a0${amount(low, currency)}` : amountRange(low, high, currency);
    },
    [currency],
  );
}
