// The seam of datagrams: UDP, sent or connected.
import { Socket } from "node:dgram";
import type { Destination } from "./guard.ts";
import type { Refuse } from "./patch-requests.ts";

type Done = (error: Error | null) => void;

interface DatagramSeam {
  send(this: Socket, ...args: unknown[]): void;
  connect(this: Socket, ...args: unknown[]): void;
}

export function patchDatagrams(refuse: Refuse): void {
  const prototype = Socket.prototype as unknown as DatagramSeam;
  const { send, connect } = prototype;
  prototype.send = function guarded(...args) {
    const destination = isConnected(this) ? undefined : sentTo(args);
    const error = destination === undefined ? undefined : refuse(destination);
    if (error === undefined) send.apply(this, args);
    else fail(this, args, error);
  };
  prototype.connect = function guarded(...args) {
    const [port, address] = args;
    const error = refuse(datagramTo(port, address));
    if (error === undefined) connect.apply(this, args);
    else fail(this, args, error);
  };
}

function isConnected(socket: Socket): boolean {
  try {
    return socket.remoteAddress().port > 0;
  } catch {
    return false;
  }
}

/** `send(msg, port, address?, done?)` or `send(msg, offset, length, port, address?, done?)`, told apart as the runtime does. */
export function sentTo(args: readonly unknown[]): Destination {
  const [, first, second, third, fourth] = args;
  const isSliced = truthy(fourth) || (truthy(third) && typeof third !== "function");
  return isSliced ? datagramTo(third, fourth) : datagramTo(first, second);
}

const truthy = (value: unknown): boolean => value !== undefined && value !== null && value !== "" && value !== 0;

function datagramTo(port: unknown, address: unknown): Destination {
  const host = typeof address === "string" && address !== "" ? address : "localhost";
  return { seam: "datagram", host, port: Number(port) };
}

function fail(socket: Socket, args: readonly unknown[], error: Error): void {
  const done = args.findLast((each): each is Done => typeof each === "function");
  process.nextTick(() => (done === undefined ? socket.emit("error", error) : done(error)));
}
