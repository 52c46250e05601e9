// What routes are given besides the house: limits, the log, and how a Hono context carries the socket.
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { House } from "../house.ts";
import type { Limits } from "./limits.ts";
import type { Log } from "./request-log.ts";

export interface Parts {
  readonly house: House;
  readonly limits: Limits;
  readonly log: Log;
  /** True when people reach this server over https. */
  readonly isHttps: boolean;
}

/** The environment of every Hono route of this server. */
export interface Env {
  Bindings: HttpBindings;
}

/** The socket's address; empty where a request came without a socket (a test calling the app itself). */
export function peerOf(context: Context<Env>): string {
  return (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress ?? "";
}

/** True when the client asked for a page rather than for data. */
export function wantsPage(context: Context<Env>): boolean {
  return (context.req.header("accept") ?? "").includes("text/html");
}
