/** Who has come in: the pass in the address is exchanged once, and taken out of it before anything else. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { api, Problem, setCsrf, type Shape } from "../api";

export type Customer = Shape<"MyCustomer">;
export const CUSTOMER_KEY = ["customer"] as const;

const PASS = /^#pass=(tdp_[\w-]+)$/;

const pass = PASS.exec(window.location.hash)?.[1];
if (pass) window.history.replaceState(null, "", window.location.pathname + window.location.search);
let waiting = pass;

async function comeIn(): Promise<Customer | null> {
  const token = waiting;
  waiting = undefined; // it works once
  if (token) {
    const { data } = await api.POST("/v1/my/session", { body: { token } });
    return take(data?.customer ?? null);
  }
  const { data } = await api.GET("/v1/my/session");
  return take(data?.customer ?? null);
}

function take(customer: Customer | null): Customer | null {
  setCsrf(customer?.csrf);
  return customer;
}

export const useComeIn = () =>
  useQuery({ queryKey: CUSTOMER_KEY, queryFn: comeIn, staleTime: Infinity, retry: (count, error) => count < 2 && error instanceof Problem && error.passing });

const CustomerContext = createContext<Customer | null>(null);
export const CustomerProvider = CustomerContext;

/** The customer who has come in. */
export function useCustomer(): Customer {
  const found = useContext(CustomerContext);
  if (!found) throw new Error("useCustomer before anybody came in");
  return found;
}

export const useMayDo = (act: Customer["acts"][number]): boolean => useCustomer().acts.includes(act);

let count = 0;

/** An id of our own for something that is to be done once, however often it is sent. */
export const newId = (): string => `${Date.now().toString(36)}-${(count++).toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
