/** What the server, or the way to it, has against a request: an RFC 9457 problem document as an error. */
export class Problem extends Error {
  readonly status: number; // 0: the server was not reached
  readonly code: string;
  readonly title: string;
  readonly field: string | undefined;
  readonly value: unknown;
  readonly hint: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;
  readonly document: Readonly<Record<string, unknown>>;

  constructor(status: number, document: Record<string, unknown>, retryAfterS?: number) {
    const text = (key: string): string | undefined => {
      const found = document[key];
      return typeof found === "string" && found ? found : undefined;
    };
    super(text("detail") ?? text("title") ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = text("code") ?? (status === 0 ? "unreachable" : `http_${status}`);
    this.title = text("title") ?? "";
    this.field = text("field");
    this.value = document["value"];
    this.hint = text("hint");
    this.requestId = text("request_id");
    this.retryAfterS = retryAfterS;
    this.document = document;
  }

  /** Whether the same request may succeed later without being changed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Any error as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem(0, { code: "console_error", title: "", detail });
}

/** The problem of an answer that is not good. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  const wait = Number(response.headers.get("retry-after"));
  const requestId = response.headers.get("x-request-id") ?? undefined;
  let document: Record<string, unknown> = {};
  try {
    const found: unknown = await response.json();
    if (found && typeof found === "object") document = found as Record<string, unknown>;
  } catch {
    // not ours: a proxy in between answered
  }
  return new Problem(response.status, { request_id: requestId, ...document }, wait > 0 ? wait : undefined);
}
