// Closing: a day of a million page views by a hundred shapes, in a process of its own; then what counts of many such days answer.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Filter, openEvents, type Question } from "@avow/store";
import { dayOf, site, timeZone } from "./close-rows.ts";
import { quantile } from "./median.ts";
import type { Line } from "./run.ts";

const views = 1_000_000;
/** `AVOW_BENCH_DAYS=10`: ten million page views are made, closed and asked. */
const days = Number(process.env["AVOW_BENCH_DAYS"] ?? 1);

interface Said {
  readonly ms: number;
  readonly peak: number;
  readonly shapes: number;
  readonly cells: number;
}

export function worker(what: "fill" | "close", dir: string, first: number, count: number, of = 0): Said {
  const script = join(import.meta.dirname, "close-worker.ts");
  // As `npm start` has it.
  const flags = ["--conditions=source", "--max-semi-space-size=8"];
  const args = [...flags, script, what, dir, String(first), String(count), String(of)];
  const said: Said = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1e6 }));
  return said;
}

export function bytesBelow(dir: string): number {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" });
  return names.reduce(
    (sum, name) => sum + (statSync(join(dir, name)).isFile() ? statSync(join(dir, name)).size : 0),
    0,
  );
}

export async function run(): Promise<readonly Line[]> {
  const dir = mkdtempSync(join(tmpdir(), "avow-bench-"));
  try {
    const each: Said[] = [];
    for (let number = 0; number < days; number += 1) {
      worker("fill", dir, number, 1, views);
      each.push(worker("close", dir, number, 1));
    }
    const seconds = Math.max(...each.map(({ ms }) => ms)) / 1000;
    const peak = Math.max(...each.map((one) => one.peak)) / 2 ** 20;
    const bytes = bytesBelow(join(dir, "closed")) / (days * views);
    const what = `${days} × ${views / 1e6} M page views, ${each[0]?.shapes} shapes`;
    return [
      { what: `${what}, slowest`, figure: `${seconds.toFixed(1)} s`, bar: "≤ 20 s", holds: seconds <= 20 },
      {
        what: "resident memory at its highest",
        figure: `${peak.toFixed(0)} MiB`,
        bar: "≤ 600 MiB",
        holds: peak <= 600,
      },
      { what: "closed", figure: `${bytes.toFixed(2)} B a page view`, bar: "≤ 10 B", holds: bytes <= 10 },
      { what: "groups kept of a day", figure: String(each[0]?.cells) },
      ...(await answers(dir)),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function only(dimension: "page" | "source", value: string): Filter {
  return { op: "is", dimension, values: [value], caseSensitive: true };
}

/** First asked since the start, and again. */
async function answers(dir: string): Promise<readonly Line[]> {
  const store = await openEvents({ dir });
  const whole: Question = {
    site,
    permits: () => ({ allowed: true }),
    from: dayOf(0).from,
    until: dayOf(days - 1).until,
    timeZone,
    metrics: ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration"],
    dimensions: [],
    orderBy: [],
    limit: 10,
    offset: 0,
  };
  const questions: readonly Question[] = [
    whole,
    { ...whole, dimensions: ["time:day"] },
    { ...whole, dimensions: ["time:hour"] },
    { ...whole, dimensions: ["page"] },
    { ...whole, dimensions: ["country"] },
    { ...whole, dimensions: ["page"], filter: only("source", "source-1.example") },
    { ...whole, dimensions: ["country"], filter: only("page", "/docs/section-0/page-0") },
  ];
  try {
    const taken: number[][] = [[], []];
    for (const times of taken) {
      for (const question of questions) {
        const began = performance.now();
        const { rows, notKept } = await store.ask(question);
        times.push(performance.now() - began);
        if (rows.length === 0 || notKept !== undefined) throw new Error("a question without an answer");
      }
    }
    return taken.map((times, again) => ({
      what: `${questions.length} questions of ${days} closed days, ${again === 0 ? "first asked" : "asked again"}`,
      figure: `p50 ${quantile(times, 0.5).toFixed(1)} p95 ${quantile(times, 0.95).toFixed(1)} ms`,
      ...(again === 1 ? { bar: "p95 ≤ 300 ms", holds: quantile(times, 0.95) <= 300 } : {}),
    }));
  } finally {
    await store.close();
  }
}
