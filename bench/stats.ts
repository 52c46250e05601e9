// The bulletin's questions, warm, over 200,000 events of thirty days: how long each takes, and what a row costs on disk.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Events, type Filter, openEvents, type Question, type QuestionDimension } from "@avow/store";
import { median, quantile } from "./median.ts";
import type { Line } from "./run.ts";
import { fill, from, pages, site, timeZone, until } from "./stats-rows.ts";

const rounds = 20;
const warmUpRounds = 3;

const whole: Question = {
  site,
  from,
  until,
  timeZone,
  metrics: ["visitors", "visits", "pageviews", "bounce_rate", "visit_duration"],
  dimensions: [],
  orderBy: [],
  limit: 1,
  offset: 0,
};
const filter: Filter = { op: "is", dimension: "page", values: [pages[3] ?? ""], caseSensitive: true };

function byDay(question: Question): Question {
  const orderBy = [{ by: "time:day", direction: "asc" }] as const;
  return { ...question, metrics: ["visitors"], dimensions: ["time:day"], orderBy, limit: 400 };
}

function topTen(dimension: QuestionDimension): Question {
  const orderBy = [{ by: "visitors", direction: "desc" }] as const;
  return { ...whole, metrics: ["visitors", "percentage"], dimensions: [dimension], orderBy, limit: 10 };
}

export const questions: Readonly<Record<string, Question>> = {
  "five figures": whole,
  "visitors by day": byDay(whole),
  "top pages": topTen("page"),
  "top sources": topTen("source"),
  "top countries": topTen("country"),
  "top browsers": topTen("browser"),
  "five figures by page": { ...topTen("page"), metrics: whole.metrics },
  "five figures of one page": { ...whole, filter },
  "visitors by day of one page": { ...byDay(whole), filter },
  "top sources of one page": { ...topTen("source"), filter },
};

interface Taken {
  readonly ms: number;
  readonly processorMs: number;
}

export async function run(): Promise<readonly Line[]> {
  const dir = mkdtempSync(join(tmpdir(), "avow-bench-"));
  try {
    const filling = await openEvents({ dir });
    const rows = await fill(filling).finally(() => filling.close());
    const store = await openEvents({ dir });
    try {
      return [...(await speeds(store)), ...(await sizes(store, rows, join(dir, "spool")))];
    } finally {
      await store.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Every kind in turn, so that what else the machine does falls on all of them alike. */
async function speeds(store: Events): Promise<readonly Line[]> {
  const taken = new Map<string, Taken[]>(Object.keys(questions).map((kind) => [kind, []]));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const [kind, question] of Object.entries(questions)) {
      const [began, processor] = [performance.now(), process.cpuUsage()];
      const answer = await store.ask(question);
      const { user, system } = process.cpuUsage(processor);
      if (answer.rows.length === 0) throw new Error(`no answer to \`${kind}\``);
      if (round >= 0) taken.get(kind)?.push({ ms: performance.now() - began, processorMs: (user + system) / 1000 });
    }
  }
  const lines = [...taken].map(([kind, each]) => ({ what: `${kind}: p50, p95, processor`, figure: spread(each) }));
  const all = [...taken.values()].flat();
  const p95 = quantile(
    all.map(({ ms }) => ms),
    0.95,
  );
  const what = `all ${all.length} questions: p50, p95, processor`;
  return [...lines, { what, figure: spread(all), bar: "p95 ≤ 50 ms", holds: p95 <= 50 }];
}

function spread(taken: readonly Taken[]): string {
  const ms = taken.map((one) => one.ms);
  const processor = median(taken.map((one) => one.processorMs));
  return `${quantile(ms, 0.5).toFixed(0)}, ${quantile(ms, 0.95).toFixed(0)}, ${processor.toFixed(0)} ms`;
}

async function sizes(store: Events, rows: number, spool: string): Promise<readonly Line[]> {
  const ofDays = (await store.days()).reduce((sum, { bytes }) => sum + bytes, 0) / rows;
  const segments = readdirSync(spool, { recursive: true, encoding: "utf8" }).map((name) => statSync(join(spool, name)));
  const ofSpool = segments.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0) / rows;
  return [
    { what: `day files, ${rows} rows`, figure: `${ofDays.toFixed(1)} B a row`, bar: "≤ 40 B", holds: ofDays <= 40 },
    { what: "spool, until the day closes", figure: `${ofSpool.toFixed(0)} B a row` },
  ];
}
