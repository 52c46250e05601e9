// From the command to the first answered request, and what it costs in memory, on an empty data directory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, residentMb, startProgram, stop } from "./child.ts";
import { median } from "./median.ts";
import type { Line } from "./run.ts";

export async function run(): Promise<readonly Line[]> {
  const ready: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const data = mkdtempSync(join(tmpdir(), "avow-bench-"));
    const port = await freePort();
    const server = await startProgram("packages/cli/avow.mjs", ["serve", "--port", String(port), "--data", data], port);
    ready.push(server.readyMs);
    await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
    memory.push(residentMb(server.process));
    await stop(server);
    rmSync(data, { recursive: true, force: true });
  }
  const [readyMs, mb] = [median(ready), median(memory)];
  return [
    {
      what: "first start to first answered request (median of 5)",
      figure: `${readyMs.toFixed(0)} ms`,
      bar: "≤ 2000 ms",
      holds: readyMs <= 2000,
    },
    { what: "resident memory after the first page", figure: `${mb.toFixed(0)} MB`, bar: "≤ 200 MB", holds: mb <= 200 },
  ];
}
