// A load generator cheap enough to share two cores with what it measures: raw sockets, one request in flight on each.
import { connect, type Socket } from "node:net";

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** The n-th request, as bytes on the wire. */
export type RequestAt = (n: number) => Buffer;

import { quantile } from "./median.ts";

/** Drives `connections` sockets for `seconds` and reports answered requests per second and latency. */
export async function drive(
  port: number,
  connections: number,
  seconds: number,
  requestAt: RequestAt,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const startedAt = performance.now();
  const endAt = startedAt + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, () => loop()));
  const elapsed = (performance.now() - startedAt) / 1000;
  return {
    perSecond: latencies.length / elapsed,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    statuses,
  };

  function loop(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let sentAt = 0;
      let pending = "";
      const send = (): void => {
        if (performance.now() >= endAt) {
          socket.destroy();
          resolve();
          return;
        }
        sentAt = performance.now();
        next += 1;
        socket.write(requestAt(next));
      };
      socket.setEncoding("latin1");
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("data", (chunk: string) => {
        pending += chunk;
        const headEnd = pending.indexOf("\r\n\r\n");
        if (headEnd < 0) return;
        const length = /content-length: (\d+)/i.exec(pending.slice(0, headEnd));
        if (length === null ? !pending.endsWith("0\r\n\r\n") : pending.length < headEnd + 4 + Number(length[1])) return;
        const status = pending.slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        pending = "";
        latencies.push(performance.now() - sentAt);
        send();
      });
    });
  }
}
