/** A guard rail as a form holds it, and what may stand in each of its fields: the limits of docs/reference/guards.md. */

export interface GuardBody {
  policy: string;
  window_minutes?: number;
  minimum?: number;
  approval_rate?: { min?: number; max?: number } | null;
  latency_ms_p99?: number | null;
  error_share?: number | null;
  description?: string;
}

type Entered = number | "";

/** Shares in per cent, as people say them; what is empty is no limit. */
export interface GuardForm {
  name: string;
  policy: string;
  window: Entered;
  minimum: Entered;
  approvalMin: Entered;
  approvalMax: Entered;
  latency: Entered;
  errors: Entered;
  description: string;
}

export type GuardField = keyof GuardForm;

const NAME = /^[a-z][a-z0-9_]{0,62}$/;
const WINDOW: readonly [number, number] = [1, 10_080];
const MINIMUM: readonly [number, number] = [20, 10_000];
const DEFAULTS = { window: 60, minimum: 200 };

const exact = (value: number): number => Number(value.toFixed(6));
const shown = (share: number | null | undefined): Entered => (share === null || share === undefined ? "" : exact(share * 100));
const share = (entered: number): number => exact(entered / 100);

export const newGuard = (policy: string): GuardForm =>
  ({ name: "", policy, ...DEFAULTS, approvalMin: "", approvalMax: "", latency: "", errors: "", description: "" });

export const formOf = (name: string, body: GuardBody): GuardForm => ({
  name, policy: body.policy, window: body.window_minutes ?? DEFAULTS.window, minimum: body.minimum ?? DEFAULTS.minimum,
  approvalMin: shown(body.approval_rate?.min), approvalMax: shown(body.approval_rate?.max),
  latency: body.latency_ms_p99 ?? "", errors: shown(body.error_share), description: body.description ?? "",
});

/** The definition, with no key for what is not limited. */
export function bodyOf(form: GuardForm): GuardBody {
  const band = { ...(form.approvalMin === "" ? {} : { min: share(form.approvalMin) }), ...(form.approvalMax === "" ? {} : { max: share(form.approvalMax) }) };
  return {
    policy: form.policy,
    ...(form.window === "" ? {} : { window_minutes: form.window }),
    ...(form.minimum === "" ? {} : { minimum: form.minimum }),
    ...(Object.keys(band).length ? { approval_rate: band } : {}),
    ...(form.latency === "" ? {} : { latency_ms_p99: form.latency }),
    ...(form.errors === "" ? {} : { error_share: share(form.errors) }),
    ...(form.description.trim() ? { description: form.description.trim() } : {}),
  };
}

const outside = (value: Entered, [least, most]: readonly [number, number]): boolean => value === "" || value < least || value > most || !Number.isInteger(value);
const noShare = (value: Entered): boolean => value !== "" && (value < 0 || value > 100);

/** What is wrong with each field, by the key of its words; empty where it may be saved. */
export function faultsOf(form: GuardForm, taken: readonly string[]): Partial<Record<GuardField, string>> {
  const found: Partial<Record<GuardField, string>> = {};
  if (!NAME.test(form.name)) found.name = "name";
  else if (taken.includes(form.name)) found.name = "name_taken";
  if (!form.policy) found.policy = "policy";
  if (outside(form.window, WINDOW)) found.window = "window";
  if (outside(form.minimum, MINIMUM)) found.minimum = "minimum";
  if (noShare(form.approvalMin)) found.approvalMin = "share";
  if (noShare(form.approvalMax)) found.approvalMax = "share";
  else if (form.approvalMin !== "" && form.approvalMax !== "" && form.approvalMin > form.approvalMax) found.approvalMax = "band";
  if (form.latency !== "" && form.latency <= 0) found.latency = "latency";
  if (noShare(form.errors)) found.errors = "share";
  if ([form.approvalMin, form.approvalMax, form.latency, form.errors].every((one) => one === "")) found.approvalMin = "no_limit";
  return found;
}
