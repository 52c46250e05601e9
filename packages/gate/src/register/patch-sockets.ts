// The seam of sockets: every TCP and TLS connection that JavaScript opens.
import { Socket } from "node:net";
import type { Destination } from "./guard.ts";
import type { Refuse } from "./patch-requests.ts";

interface SocketSeam {
  connect(this: Socket, ...args: unknown[]): Socket;
}

export function patchSockets(refuse: Refuse): void {
  const prototype = Socket.prototype as unknown as SocketSeam;
  const { connect } = prototype;
  prototype.connect = function guarded(...args) {
    const destination = destinationOf(args);
    const error = destination === undefined ? undefined : refuse(destination);
    if (error === undefined) return connect.apply(this, args);
    process.nextTick(() => this.destroy(error));
    return this;
  };
}

/** Undefined for what stays in the file system: Unix sockets and pipes pass. */
export function destinationOf(args: readonly unknown[]): Destination | undefined {
  // `net.connect` hands over its arguments in one list; the runtime reads them as it stands here.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as readonly unknown[]) : args;
  if (typeof first === "object" && first !== null) {
    const { path, host, port } = first as { path?: unknown; host?: unknown; port?: unknown };
    if (path !== undefined && path !== null && path !== "") return undefined;
    return socketTo(host, port);
  }
  const isPort = typeof first === "number" || (typeof first === "string" && /^\d+$/.test(first));
  return isPort ? socketTo(typeof second === "string" ? second : undefined, first) : undefined;
}

function socketTo(host: unknown, port: unknown): Destination {
  return { seam: "socket", host: typeof host === "string" && host !== "" ? host : "localhost", port: Number(port) };
}
