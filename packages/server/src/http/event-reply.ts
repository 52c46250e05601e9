// The replies of the events endpoint, exactly as trackers written for Plausible's events API know them.
import type { ServerResponse } from "node:http";

/** Events of pages of any site carry no credentials, so nothing is opened by letting every page send them. */
const replyHeaders = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-plausible-dropped",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

const preflightHeaders = {
  ...replyHeaders,
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-allow-headers": "content-type, x-debug-request",
  "access-control-max-age": "86400",
} as const;

/** Nearly every reply is this one. */
const okHeaders = { ...replyHeaders, "content-type": "text/plain; charset=utf-8", "content-length": 2 } as const;

export type EventReply =
  | { readonly kind: "accepted"; readonly dropped: number }
  | { readonly kind: "invalid"; readonly errors: Readonly<Record<string, readonly string[]>> }
  /** The address as it was used: cut to its network. */
  | { readonly kind: "debug"; readonly address: string };

export function writeEventReply(response: ServerResponse, reply: EventReply): void {
  if (reply.kind === "accepted") {
    const { dropped } = reply;
    response.writeHead(202, dropped > 0 ? { ...okHeaders, "x-plausible-dropped": String(dropped) } : okHeaders);
    // One byte a character: head and body leave in one write.
    response.end("ok", "latin1");
    return;
  }
  const [status, type, body] = faceOf(reply);
  response.writeHead(status, { ...replyHeaders, "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

export function writePreflight(response: ServerResponse): void {
  response.writeHead(204, preflightHeaders);
  response.end();
}

function faceOf(reply: Exclude<EventReply, { kind: "accepted" }>): readonly [number, string, string] {
  switch (reply.kind) {
    case "invalid":
      return [400, "application/json; charset=utf-8", invalidBody(reply.errors)];
    case "debug":
      return [200, "text/plain; charset=utf-8", reply.address];
    default:
      return reply satisfies never;
  }
}

/** Wrong fields are told in Plausible's own way; a body that has no fields also in ours. */
function invalidBody(errors: Readonly<Record<string, readonly string[]>>): string {
  const ofBody = errors["body"]?.[0];
  return JSON.stringify(ofBody === undefined ? { errors } : { error: `the body ${ofBody}`, errors });
}
