// The one HTTP server: limits and malformed requests here, events on the short way, everything else through the app.
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { Duplex } from "node:stream";
import { readInstant, testClockHeader } from "../clock.ts";
import type { Limits } from "./limits.ts";
import { drain } from "./read-body.ts";
import { Refusal, type RefusalCode } from "./refusal.ts";
import { faultLine, refusalOf } from "./refusal-of.ts";
import { type Log, logRefusal } from "./request-log.ts";

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface Listener {
  /** `POST /api/event` and its preflight, without a framework. */
  readonly event: NodeHandler;
  readonly app: NodeHandler;
  readonly limits: Limits;
  readonly testClock: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly log: Log;
}

export const eventPath = "/api/event";

export function createListener(listener: Listener): Server {
  const { limits } = listener;
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
      keepAliveTimeout: limits.idleTimeoutMs,
      noDelay: true,
      // Refused below in our own words, with a line in the log.
      requireHostHeader: false,
    },
    (request, response) => {
      request.on("error", ignore);
      response.on("error", ignore);
      void serve(listener, request, response);
    },
  );
  server.maxConnections = limits.connections;
  server.timeout = limits.idleTimeoutMs;
  // A client that closes its half of the socket after sending still gets its answer.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    refuse(
      listener,
      request,
      response,
      new Refusal(417, "malformed-request", "this server expects nothing but 100-continue"),
    );
  });
  server.on("connect", (_request, socket: Duplex) => answerRaw(listener, "CONNECT", socket));
  server.on("clientError", (error: Error & { readonly code?: string }, socket) => {
    answerRaw(listener, error.code ?? "", socket);
  });
  return server;
}

async function serve(listener: Listener, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? "/";
  try {
    checkRequest(listener, request, url);
    const end = url.indexOf("?");
    const path = end === -1 ? url : url.slice(0, end);
    await (path === eventPath ? listener.event(request, response) : listener.app(request, response));
  } catch (error) {
    refuse(listener, request, response, error);
  }
}

function checkRequest(listener: Listener, request: IncomingMessage, url: string): void {
  if (url.length > listener.limits.urlLength) {
    throw new Refusal(414, "url-too-long", `the address is longer than ${listener.limits.urlLength} characters`);
  }
  if (request.headers.host === undefined) {
    throw new Refusal(400, "malformed-request", "a request names the host it is for");
  }
  if (!listener.testClock) return;
  const named = request.headers[testClockHeader];
  if (named !== undefined && (typeof named !== "string" || readInstant(named) === undefined)) {
    throw new Refusal(
      400,
      "bad-test-clock",
      "X-Avow-Now must be an ISO date-time with a zone, like 2026-01-31T12:00:00Z",
    );
  }
}

function refuse(listener: Listener, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const { refusal, isFault } = refusalOf(error);
  if (isFault) listener.log(faultLine(error));
  const route = (request.url ?? "").startsWith(eventPath) ? eventPath : "*";
  logRefusal(listener.log, { method: request.method ?? "-", route, status: refusal.status, code: refusal.code });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  drain(request);
  response.writeHead(refusal.status, {
    ...listener.headers,
    ...refusal.headers,
    "content-type": "application/json; charset=utf-8",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(refusal.body());
}

const answered = new WeakSet<Duplex>();

/** What the parser could not read never becomes a request: the answer is written on the socket itself. */
function answerRaw(listener: Listener, code: string, socket: Duplex): void {
  if (answered.has(socket)) return;
  answered.add(socket);
  if (code === "ECONNRESET" || !socket.writable || socket.destroyed) {
    socket.destroy();
    return;
  }
  const [status, phrase, reason, error] = rawAnswer(code);
  logRefusal(listener.log, { method: "-", route: "-", status, code: reason });
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "x-content-type-options: nosniff",
    "cache-control: no-store",
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  // Closing with unread input resets the connection, and the client would never read why.
  socket.resume();
  setTimeout(() => socket.destroy(), 1000).unref();
}

function rawAnswer(code: string): readonly [number, string, RefusalCode, string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return [431, "Request Header Fields Too Large", "header-too-large", "the address or the headers are too long"];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [408, "Request Timeout", "slow-client", "the request took too long to arrive"];
    case "CONNECT":
      return [405, "Method Not Allowed", "method-not-allowed", "this server is no proxy"];
    default:
      return [400, "Bad Request", "malformed-request", "this is not an HTTP request that can be read"];
  }
}

function ignore(): void {
  // A socket that broke has nobody left to tell; "close" ends what was waiting on it.
}
