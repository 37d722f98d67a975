export { api, getOptions, refresh, setCsrf, useGet, whenSignedOut, type Answer } from "./client";
export { Problem, problemOf, problemOfResponse } from "./problem";
export type { components, paths } from "./schema";

import type { components } from "./schema";

/** A shape of the API by its name: `Shape<"DecisionRecord">`. */
export type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];
