/** Our OpenAPI document as a list of addresses, and each of them as a program would ask for it. */
import { useQuery } from "@tanstack/react-query";
import { problemOfResponse, useGet } from "../../api";

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema?: { default?: unknown };
}

interface Media {
  schema?: { $ref?: string };
  example?: unknown;
}

interface Described {
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string }>;
}

interface Schema {
  properties?: Record<string, { maxItems?: number; default?: unknown; type?: string; $ref?: string }>;
  required?: string[];
}

interface Document {
  info: { version: string };
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

/** One method of one address. */
export interface Operation {
  key: string; // "POST /v1/decisions"
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  parameters: Parameter[];
  body: unknown; // an example; undefined where nothing is taken
  statuses: { status: string; words: string }[];
}

export interface Reference {
  version: string;
  operations: Operation[];
  batchMax: number | undefined;
}

/** The document, asked once. */
export const useReference = () => useQuery({ queryKey: ["openapi"], queryFn: askReference, staleTime: Infinity });

async function askReference(): Promise<Reference> {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw await problemOfResponse(response);
  const document = (await response.json()) as Document;
  return {
    version: document.info.version,
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => operationOf(document, path, method.toUpperCase(), described))),
    batchMax: document.components.schemas["EventBatch"]?.properties?.["events"]?.maxItems,
  };
}

function operationOf(document: Document, path: string, method: string, described: Described): Operation {
  const media = described.requestBody?.content["application/json"];
  return {
    key: `${method} ${path}`,
    method,
    path,
    summary: described.summary,
    description: described.description ?? "",
    tag: described.tags?.[0] ?? "",
    parameters: (described.parameters ?? []).filter(({ in: place }) => place !== "header"),
    body: media ? (media.example ?? outlineOf(document, media.schema?.$ref)) : undefined,
    statuses: Object.entries(described.responses).map(([status, { description }]) => ({ status, words: description })),
  };
}

const OF_TYPE: Record<string, unknown> = { array: [], object: {}, boolean: true, integer: 1 };
const ofType = (type: string | undefined): unknown => OF_TYPE[type ?? ""] ?? "...";

/** What must stand in a body, by the kind of thing each field is, where the document gives no example. */
function outlineOf(document: Document, reference: string | undefined): unknown {
  const schema = document.components.schemas[reference?.split("/").at(-1) ?? ""];
  return Object.fromEntries((schema?.required ?? []).map((name) => [name, ofType(schema?.properties?.[name]?.type)]));
}

interface Field {
  name: string;
  type: string;
  minimum?: number;
  maximum?: number;
  values?: unknown[]; // those that are allowed
}

/** An event as the live definitions describe it, so that the examples run here and now; undefined until they are known. */
export function useExampleEvent(): Record<string, unknown> | undefined {
  const types = useGet("/v1/artefacts", { params: { query: { kind: "event_type" } } });
  const all = types.data?.artefacts.filter(({ state }) => state === "live") ?? [];
  const first = all.find(({ name }) => name.includes("application")) ?? all[0];
  const full = useGet("/v1/artefacts/{digest}", { params: { path: { digest: first?.digest ?? "" } } }, { enabled: first !== undefined });
  if (types.data && !first) return EVENT;
  if (!full.data || !first) return undefined;
  const fields = (full.data.body as { fields?: Field[] }).fields ?? [];
  return {
    event_id: "app-2026-000123",
    event_type: first.name,
    occurred_at: NOW,
    values: Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])),
  };
}

const NOW = new Date().toISOString().replace(/\.\d+Z$/, "Z");
const EVENT = { event_id: "app-2026-000123", event_type: "application", occurred_at: "2026-11-24T06:38:00Z", values: {} };
const WITHIN: Record<string, number> = { integer: 30, decimal: 0.5, float: 0.5 };

function valueOf({ name, type, minimum, maximum, values }: Field): unknown {
  if (values?.length) return values[0];
  if (type === "boolean") return true;
  if (type === "date") return "1990-05-17";
  if (type === "instant") return "2026-11-24T06:38:00Z";
  const usual = name.endsWith("_minor") ? (name.includes("income") ? 900_000 : 120_000) : WITHIN[type];
  return usual === undefined ? `${name}-1` : Math.min(Math.max(usual, minimum ?? usual), maximum ?? usual);
}

/** `body` with an event of this workspace in the place of the contract's. */
export function withEvent(body: unknown, event: Record<string, unknown> | undefined): unknown {
  if (!event || typeof body !== "object" || body === null) return body;
  if ("event_id" in body && "values" in body) return event;
  return "events" in body ? { ...body, events: [event] } : body;
}

const CALLS: Record<string, string> = {
  "POST /v1/decisions": "tandem.decide(event)",
  "POST /v1/events": "tandem.record(event)",
  "POST /v1/decisions/batch": "tandem.decide_batch([event])",
  "POST /v1/events/batch": "tandem.record_batch([event])",
  "GET /v1/decisions": "next(tandem.decisions())",
  "GET /v1/lists": "tandem.lists()",
  "GET /v1/status": "tandem.status()",
  "GET /v1/stream": "next(tandem.stream())",
  "GET /v1/webhooks": "tandem.webhooks()",
};

/** With the client for Python: by its own call where it has one, else by the address. */
export function pythonFor(operation: Pick<Operation, "key" | "method" | "path" | "body">, origin: string, withKey: boolean): string {
  const key = withKey ? `, api_key=os.environ["TANDEM_KEY"]` : "";
  const call = CALLS[operation.key];
  const takesEvent = call?.includes("event") ?? false;
  const batch = operation.body as { events?: unknown[] } | undefined;
  const event = takesEvent ? (batch?.events?.[0] ?? operation.body) : undefined;
  const body = operation.body === undefined ? "" : `, body=${pythonOf(operation.body)}`;
  return [
    ...(withKey ? ["import os", ""] : []),
    "from tandem_sdk import Tandem",
    "",
    ...(takesEvent ? [`event = ${pythonOf(event)}`] : []),
    `with Tandem("${origin}"${key}) as tandem:`,
    `    print(${call ?? `tandem.request("${operation.method}", "${operation.path}"${body})`})`,
  ].join("\n");
}

const pythonOf = (value: unknown): string => {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonOf).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${pythonOf(each)}`).join(", ")}}`;
  return JSON.stringify(value);
};
