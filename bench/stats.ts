// The bulletin's questions, warm, over 200,000 events of thirty days: how long each takes, and what a row costs on disk.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Events, type Filter, openEvents, type Question, type QuestionDimension } from "@avow/store";
import { median, quantile } from "./median.ts";
import type { Line } from "./run.ts";
import { fill, from, lateRows, pages, site, timeZone, until } from "./stats-rows.ts";

const rounds = 20;
const warmUpRounds = 3;
const openings = 3;

const whole: Question = {
  site,
  permits: () => ({ allowed: true }),
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
  return { ...whole, metrics: ["visitors"], dimensions: [dimension], orderBy, limit: 10 };
}

const questions: Readonly<Record<string, Question>> = {
  "five figures": whole,
  "visitors by day": byDay(whole),
  "top pages": topTen("page"),
  "top sources": topTen("source"),
  "top countries": topTen("country"),
  "top browsers": topTen("browser"),
  "top pages with five figures": { ...topTen("page"), metrics: whole.metrics },
  "five figures of one page": { ...whole, filter },
  "visitors by day of one page": { ...byDay(whole), filter },
  "top sources of one page, with shares": { ...topTen("source"), metrics: ["visitors", "percentage"], filter },
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
    const first: Taken[] = [];
    for (let opening = 0; opening < openings; opening += 1) first.push(...(await withStore(dir, firstAsked)));
    const [warm, onDisk] = await withStore(dir, async (store) => [
      await speeds(store),
      await sizes(store, rows, join(dir, "spool")),
    ]);
    const what = `first asked since the start, ${first.length} questions`;
    return [...warm, { what, figure: spread(first) }, ...onDisk];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function withStore<Result>(dir: string, act: (store: Events) => Promise<Result>): Promise<Result> {
  const store = await openEvents({ dir });
  return act(store).finally(() => store.close());
}

async function timed(store: Events, question: Question): Promise<Taken> {
  const [began, processor] = [performance.now(), process.cpuUsage()];
  const answer = await store.ask(question);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(processor);
  if (answer.rows.length === 0) throw new Error("a question without an answer");
  return { ms, processorMs: (user + system) / 1000 };
}

/** Each kind once, when the files have been read but nothing is remembered of them. */
async function firstAsked(store: Events): Promise<readonly Taken[]> {
  const every = ["page", "source", "country", "browser"] as const;
  await store.ask({ ...whole, dimensions: every, limit: 1 });
  const taken: Taken[] = [];
  for (const question of Object.values(questions)) taken.push(await timed(store, question));
  return taken;
}

/** Every kind in turn, so that what else the machine does falls on all alike; page views keep arriving. */
async function speeds(store: Events): Promise<readonly Line[]> {
  const taken = new Map<string, Taken[]>(Object.keys(questions).map((kind) => [kind, []]));
  const arriving = lateRows().values();
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const [kind, question] of Object.entries(questions)) {
      const { value } = arriving.next();
      if (value !== undefined) await store.append(value);
      const one = await timed(store, question);
      if (round >= 0) taken.get(kind)?.push(one);
    }
  }
  const lines = [...taken].map(([kind, each]) => ({ what: kind, figure: spread(each) }));
  const all = [...taken.values()].flat();
  const p95 = quantile(
    all.map(({ ms }) => ms),
    0.95,
  );
  const what = `all ${all.length} questions, page views arriving`;
  return [...lines, { what, figure: spread(all), bar: "p95 ≤ 50 ms", holds: p95 <= 50 }];
}

/** Wall time of the middle and the slowest twentieth, and the processor's median. */
function spread(taken: readonly Taken[]): string {
  const ms = taken.map((one) => one.ms);
  const processor = median(taken.map((one) => one.processorMs));
  return `p50 ${quantile(ms, 0.5).toFixed(0)} p95 ${quantile(ms, 0.95).toFixed(0)} cpu ${processor.toFixed(0)} ms`;
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
