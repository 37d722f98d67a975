/** An event type as a form holds it, and the definition it stands for: docs/reference/events.md. */
import type { Shape } from "../../../api";

export const TYPES = ["text", "integer", "decimal", "double", "boolean", "date", "timestamp"] as const;
export const CLASSES = ["C1", "C2", "C3"] as const;
export const CHANGES = ["either", "up", "down", "never"] as const;
export const DECIMAL_DIGITS = 18;
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

export const isName = (name: string): boolean => NAME.test(name);

export type FieldType = (typeof TYPES)[number];
type Entered = number | "";
type Body = Record<string, unknown>;

/** One field. What is empty is not said in the definition; `was` is what it said before, with whatever we have no control for. */
export interface FieldForm {
  key: number;
  was: Body;
  name: string;
  type: FieldType;
  scale: number;
  required: boolean;
  entity: string;
  dataClass: (typeof CLASSES)[number];
  minimum: Entered;
  maximum: Entered;
  values: string[];
  changeable: string;
  description: string;
  source: string;
  owner: string;
  purpose: string;
}

export interface TypeForm {
  name: string;
  description: string;
  subject: string;
  fields: FieldForm[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const entered = (value: unknown): Entered => (typeof value === "number" ? value : "");
const isNumber = (type: FieldType): boolean => type === "integer" || type === "decimal" || type === "double";

let keys = 0;

export function fieldOf(body: Body): FieldForm {
  const type = text(body["type"]) as FieldType;
  return {
    key: (keys += 1), was: body, name: text(body["name"]), type: TYPES.includes(type) ? type : "text", scale: typeof body["scale"] === "number" ? body["scale"] : 0,
    required: body["required"] === true, entity: text(body["entity"]), dataClass: (text(body["data_class"]) || "C1") as FieldForm["dataClass"],
    minimum: entered(body["minimum"]), maximum: entered(body["maximum"]), values: Array.isArray(body["values"]) ? body["values"].map(String) : [],
    changeable: text(body["changeable"]), description: text(body["description"]), source: text(body["source"]), owner: text(body["owner"]), purpose: text(body["purpose"]),
  };
}

/** The form of a definition; of a new one with the field that says whom it is about. */
export function formOf(name: string, body?: Body): TypeForm {
  if (!body) {
    const person = fieldOf({ name: "person", type: "text", required: true, entity: "person", data_class: "C2" });
    return { name, description: "", subject: "person", fields: [person] };
  }
  const fields = Array.isArray(body["fields"]) ? (body["fields"] as Body[]) : [];
  return { name, description: text(body["description"]), subject: text(body["subject"]), fields: fields.map(fieldOf) };
}

/** `was` with `now` in it: what is the default is written only where it was written before. */
function written(was: Body, now: Record<string, readonly [value: unknown, standard: unknown]>): Body {
  const body: Body = { ...was };
  for (const [key, [value, standard]] of Object.entries(now)) {
    if (value !== standard || (key in was && was[key] === value)) body[key] = value;
    else delete body[key];
  }
  return body;
}

function fieldBody(field: FieldForm): Body {
  const values = field.type === "text" && !field.entity && field.values.length ? field.values : undefined;
  const same = JSON.stringify(values) === JSON.stringify(field.was["values"]);
  const bound = (value: Entered): number | undefined => (value === "" || !isNumber(field.type) ? undefined : value);
  return written(field.was, {
    name: [field.name, ""], type: [field.type, ""], required: [field.required, false], entity: [field.entity || undefined, undefined], data_class: [field.dataClass, "C1"],
    scale: [field.type === "decimal" ? field.scale : 0, 0], values: [same ? field.was["values"] : values, undefined], minimum: [bound(field.minimum), undefined], maximum: [bound(field.maximum), undefined],
    changeable: [field.changeable || undefined, undefined], description: [field.description, ""], source: [field.source, ""], owner: [field.owner, ""], purpose: [field.purpose, ""],
  });
}

/** The definition that the form stands for, over the one it began with. */
export const bodyOf = (form: TypeForm, was: Body = {}): Body =>
  ({ ...written(was, { description: [form.description, ""], subject: [form.subject || undefined, undefined] }), fields: form.fields.map(fieldBody) });

/** The fields that can own the personal values: an entity, and always there. */
export const subjectsOf = (form: TypeForm): string[] => form.fields.filter((one) => one.entity && one.required && one.name).map((one) => one.name);

export type Fault = Shape<"Checked">["faults"][number];

const BESIDE = new Set(["name", "subject", "fields"]);

/** Whether a fault is the draft's own, and not of something that stands on it. */
export const isOwn = (fault: Fault): boolean => fault.at?.startsWith("event_type/") ?? false;

/** Which field of the form a fault is about; -1 where it is about the type itself or about something else. */
export function placeOf(fault: Fault): number {
  const found = isOwn(fault) ? /^fields\[(\d+)\]/.exec(fault.field ?? "") : null;
  return found ? Number(found[1]) : -1;
}

/** Whether the form shows a fault beside what it is about. */
export const isShown = (fault: Fault): boolean => isOwn(fault) && (placeOf(fault) >= 0 || BESIDE.has(fault.field ?? ""));
