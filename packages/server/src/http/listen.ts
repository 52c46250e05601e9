// Opening and closing the server's socket.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { StartRefused } from "../start-refused.ts";

export interface Address {
  readonly url: string;
  readonly port: number;
}

/** @throws StartRefused when the address is taken or forbidden. */
export function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Address> {
  return new Promise((done, failed) => {
    server.once("error", (error: Error & { readonly code?: string }) => failed(refused(error, host, port)));
    server.listen({ host, port, backlog: 1024 }, () => {
      const bound = (server.address() as AddressInfo).port;
      const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
      done({ url: `http://${name}:${bound}`, port: bound });
    });
  });
}

function refused(error: Error & { readonly code?: string }, host: string, port: number): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartRefused(
        `port ${port} is in use on ${host}\n  stop what listens there, or give another with --port`,
        { cause: error },
      );
    case "EACCES":
      return new StartRefused(`port ${port} may not be opened by this user\n  give one above 1023 with --port`, {
        cause: error,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartRefused(`\`${host}\` is no address of this machine\n  give one of its own with --host`, {
        cause: error,
        isMisuse: true,
      });
    default:
      return error;
  }
}

const patienceMs = 5000;

/** Stops accepting, lets requests that were begun finish, and cuts what has not finished after five seconds. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((done) => {
    if (!server.listening) {
      done();
      return;
    }
    const impatience = setTimeout(() => server.closeAllConnections(), patienceMs);
    // A connection that was busy is kept alive once it has been answered: it is closed as it falls idle.
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(impatience);
      clearInterval(sweep);
      done();
    });
    server.closeIdleConnections();
  });
}
