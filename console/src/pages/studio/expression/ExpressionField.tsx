import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

const Editor = lazy(() => import("./ExpressionEditor"));

export interface ExpressionFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
  want?: "condition" | "value";
}

/** A place for an SQL expression: completion, type, words in the reader's language and values of real decisions. */
export function ExpressionField(props: ExpressionFieldProps) {
  return <Suspense fallback={<Skeleton height={34} />}><Editor {...props} /></Suspense>;
}
