// A refused request: its status, a short code for the log, and the sentence the client reads. Never personal data.

/** Every reason a request is turned away before its route's own answer; the log names them. */
export const refusalCodes = [
  "malformed-request",
  "header-too-large",
  "url-too-long",
  "slow-client",
  "body-too-large",
  "bad-json",
  "bad-test-clock",
  "bad-event",
  "bad-telemetry",
  "bad-query",
  "no-key",
  "unknown-key",
  "other-site",
  "not-permitted",
  "stores-nothing",
  "too-many-requests",
  "query-too-slow",
  "client-gone",
  "cross-site",
  "bad-form",
  "not-owner",
  "bad-sign-in",
  "bad-token",
  "already-claimed",
  "method-not-allowed",
  "not-found",
  "not-covered",
  "not-built",
  "disk-full",
  "internal-fault",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** `error` is shown to the client; `detail` adds keys beside it (clause, contact). */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: RefusalCode,
    error: string,
    detail: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(error);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }

  /** The JSON body. */
  body(): string {
    return JSON.stringify({ error: this.message, ...this.detail });
  }
}
