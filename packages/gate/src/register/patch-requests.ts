// The seam of requests: what fetch, http, https and http2 ask for, also on connections that are open already.
import http, { type ClientRequest, type RequestOptions } from "node:http";
import http2, { type ClientHttp2Session } from "node:http2";
import type { Destination } from "./guard.ts";

/** Throws what the program is to get instead. */
export type Refuse = (destination: Destination) => Error | undefined;

export function patchRequests(refuse: Refuse): void {
  patchDispatchers(refuse);
  patchAgent(refuse);
  patchHttp2(refuse);
}

interface Dispatcher {
  dispatch(options: { readonly origin?: unknown }, handler: Handler): boolean;
}

interface Handler {
  onResponseError?(controller: unknown, error: Error): void;
  onError?(error: Error): void;
}

/** `fetch`, WebSocket and EventSource of Node, and undici from npm while it keeps to the global dispatcher. */
function patchDispatchers(refuse: Refuse): void {
  void globalThis.Headers;
  const global = globalThis as unknown as Record<symbol, Dispatcher | undefined>;
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    const dispatcher = symbol.description?.startsWith("undici.globalDispatcher.") === true ? global[symbol] : undefined;
    if (dispatcher === undefined) continue;
    global[symbol] = new Proxy(dispatcher, {
      get(target, key) {
        if (key === "dispatch") return guarded;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const guarded: Dispatcher["dispatch"] = (options, handler) => {
      const error = refuse(originOf(options.origin));
      if (error === undefined) return dispatcher.dispatch(options, handler);
      // Which of the two a handler has depends on the version that made it.
      if (handler.onResponseError === undefined) handler.onError?.(error);
      else handler.onResponseError(null, error);
      return true;
    };
  }
}

function originOf(origin: unknown): Destination {
  const url = URL.parse(String(origin));
  if (url === null) return { seam: "request", host: "" };
  const { hostname, protocol, port } = url;
  return { seam: "request", host: hostname, protocol: plainly(protocol), port: portOf(port, plainly(protocol)) };
}

const plainly = (protocol: string): string => ({ "ws:": "http:", "wss:": "https:" })[protocol] ?? protocol;
const portOf = (port: unknown, protocol: string): number =>
  port === undefined || port === null || port === "" ? (protocol === "http:" ? 80 : 443) : Number(port);

/** Every request of http and https goes through an agent; one that brings its own connection meets the sockets' seam. */
function patchAgent(refuse: Refuse): void {
  const { prototype } = http.Agent as unknown as { prototype: AgentSeam };
  const { addRequest } = prototype;
  prototype.addRequest = function guarded(request, options, ...rest) {
    const { protocol } = request;
    const host = options.hostname ?? options.host ?? "localhost";
    const isUnix = typeof options.socketPath === "string";
    const error = isUnix
      ? undefined
      : refuse({ seam: "request", host, protocol, port: portOf(options.port, protocol) });
    if (error === undefined) return addRequest.call(this, request, options, ...rest);
    // As an agent says that there is no connection to be had.
    request.onSocket(null, error);
    return undefined;
  };
}

type Refusable = Omit<ClientRequest, "onSocket"> & { onSocket(socket: null, error: Error): void };

interface AgentSeam {
  addRequest(this: unknown, request: Refusable, options: RequestOptions, ...rest: readonly unknown[]): unknown;
}

/** A session may stay open for hours: each of its requests is looked at. */
function patchHttp2(refuse: Refuse): void {
  const { connect } = http2;
  const guarded = (...args: Parameters<typeof connect>): ClientHttp2Session => {
    const session = connect(...args);
    const [authority] = args;
    const url = URL.parse(authority instanceof URL ? authority.href : authority);
    const destination: Destination = url === null ? { seam: "request", host: "" } : originOf(url.origin);
    const { request } = session;
    session.request = (...given) => {
      const error = refuse(destination);
      if (error === undefined) return request.apply(session, given);
      session.destroy(error);
      throw error;
    };
    return session;
  };
  http2.connect = guarded as typeof connect;
}
