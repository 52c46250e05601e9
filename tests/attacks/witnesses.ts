// Witnesses outside a program: what reaches a TCP port, a UDP port or a pipe of this machine, whatever it speaks.
import { createSocket } from "node:dgram";
import { type Server, type Socket, createServer } from "node:net";
import type { AddressInfo } from "node:net";

export interface Witness {
  readonly port: number;
  /** Connections or datagrams so far. */
  readonly count: () => number;
  readonly forget: () => void;
  close(): Promise<void>;
}

/** Counts connections and ends each. `path`: a Unix socket instead of a port. */
export async function tcpWitness(path?: string): Promise<Witness> {
  let seen = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    seen += 1;
    open.add(socket.on("error", () => {}));
    socket.on("close", () => open.delete(socket)).end();
  });
  await new Promise<void>((done) => {
    if (path === undefined) server.listen(0, "127.0.0.1", done);
    else server.listen(path, done);
  });
  return {
    port: path === undefined ? (server.address() as AddressInfo).port : 0,
    count: () => seen,
    forget: () => void (seen = 0),
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Counts datagrams and answers none. */
export async function udpWitness(): Promise<Witness> {
  let seen = 0;
  const socket = createSocket("udp4", () => void (seen += 1));
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  return {
    port: socket.address().port,
    count: () => seen,
    forget: () => void (seen = 0),
    close: () => new Promise((done) => socket.close(() => done())),
  };
}
