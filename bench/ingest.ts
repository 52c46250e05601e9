// Durable page views against the bare ceiling, interleaved: Avow with store and fsync, and node:http + JSON.parse.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, residentMb, startProgram, stop } from "./child.ts";
import { drive, type LoadResult } from "./load.ts";
import { median } from "./median.ts";
import type { Line } from "./run.ts";

const connections = 64;
const seconds = 5;
const rounds = 5;
const root = join(import.meta.dirname, "..");
const browsers = [
  "Chrome/141.0.0.0 Safari/537.36",
  "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
  "Chrome/139.0.0.0 Safari/537.36",
];

/** A page view from one of 20,000 visitors on one of 500 pages. */
function pageView(port: number, n: number): Buffer {
  const visitor = (n * 7919) % 20_000;
  const body = JSON.stringify({
    n: "pageview",
    u: `https://bench.example/articles/${(n * 31) % 500}?utm_source=${n % 7 === 0 ? "newsletter" : ""}`,
    d: "bench.example",
    r: n % 3 === 0 ? "https://www.google.com/" : "",
  });
  const agent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${browsers[visitor % browsers.length]}`;
  return Buffer.from(
    `POST /api/event HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: ${agent}\r\nx-forwarded-for: 10.${visitor % 200}.${Math.floor(visitor / 200)}.7\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function avow(...args: string[]): string {
  return execFileSync(process.execPath, ["--conditions=source", join(root, "packages/cli/avow.mjs"), ...args], {
    encoding: "utf8",
  });
}

export async function run(): Promise<readonly Line[]> {
  const data = mkdtempSync(join(tmpdir(), "avow-bench-"));
  const notices = join(data, "notices");
  avow("init", "bench.example", "--id", "bench", "--notices", notices);
  avow("site", "add", "bench.example", "--notice", "bench", "--data", data, "--notices", notices);
  const [ours, bare] = [await freePort(), await freePort()];
  const server = await startProgram(
    "packages/cli/avow.mjs",
    ["serve", "--port", String(ours), "--data", data, "--notices", notices],
    ours,
  );
  const ceiling = await startProgram("bench/bare-server.ts", [String(bare)], bare);
  try {
    await drive(ours, connections, 2, (n) => pageView(ours, n));
    await drive(bare, connections, 2, (n) => pageView(bare, n));
    const results: { ours: LoadResult; bare: LoadResult }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      results.push({
        ours: await drive(ours, connections, seconds, (n) => pageView(ours, n + round * 1_000_000)),
        bare: await drive(bare, connections, seconds, (n) => pageView(bare, n)),
      });
    }
    const refused = results
      .flatMap(({ ours: each }) => Object.keys(each.statuses))
      .filter((status) => status !== "202");
    if (refused.length > 0) throw new Error(`answers other than 202: ${refused.join(", ")}`);
    const ratio = median(results.map((each) => each.ours.perSecond / each.bare.perSecond));
    const p99 = median(results.map((each) => each.ours.p99Ms));
    return [
      {
        what: "page views per second, durable, 64 connections",
        figure: median(results.map((each) => each.ours.perSecond)).toFixed(0),
      },
      {
        what: "bare node:http + JSON.parse, same run",
        figure: median(results.map((each) => each.bare.perSecond)).toFixed(0),
      },
      { what: "ratio (median of 5, interleaved)", figure: ratio.toFixed(2), bar: "≥ 0.35", holds: ratio >= 0.35 },
      { what: "p99 latency", figure: `${p99.toFixed(1)} ms`, bar: "≤ 50 ms", holds: p99 <= 50 },
      { what: "resident memory after the run", figure: `${residentMb(server.process).toFixed(0)} MB` },
    ];
  } finally {
    await stop(server);
    await stop(ceiling);
    rmSync(data, { recursive: true, force: true });
  }
}
