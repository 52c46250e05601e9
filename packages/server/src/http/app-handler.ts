// Hono behind the listener: the body is read here, within its limit, before a route sees the request.
import type { IncomingMessage } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { NodeHandler } from "./listener.ts";
import type { Env } from "./parts.ts";
import { BodyReader } from "./read-body.ts";

export function appHandler(app: Hono<Env>, bodyBytes: number): NodeHandler {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const bodies = new BodyReader(bodyBytes);
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      const body = await bodies.read(request);
      if (body === undefined) return;
      // The adapter's own name for a body that was read before it.
      (request as IncomingMessage & { rawBody?: Buffer }).rawBody = body;
    }
    await listener(request, response);
  };
}
