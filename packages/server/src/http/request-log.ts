// One line per refusal, free of personal data: never a query, a body, an address or a User-Agent.
import type { RefusalCode } from "./refusal.ts";

/** Writes one line. */
export type Log = (line: string) => void;

export interface RefusedRequest {
  readonly method: string;
  /** The route's pattern, e.g. `/notices/:id`; never the path that was asked for. */
  readonly route: string;
  readonly status: number;
  readonly code: RefusalCode;
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function logRefusal(log: Log, refused: RefusedRequest): void {
  const method = methods.has(refused.method) ? refused.method : "-";
  log(`${new Date().toISOString()} refused ${method} ${refused.route} ${refused.status} ${refused.code}`);
}
