// What closing owes as files: other sites' rows in both copies whatever happens meanwhile, nothing set aside, a disk that is full.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { aDay, allMetrics, day, fill, midnight, question, row, shown } from "../contract-suite/a-day.ts";
import { order } from "../contract-suite/events-closing.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import type { Events } from "../contract.ts";
import { DiskFullError } from "../errors.ts";
import { openDuckdbEvents } from "./duckdb-events.ts";
import type { StoreNote } from "./store-note.ts";

let dir: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ dir, remove } = await tempDir()));
afterEach(() => remove());

const ofOther = question({ site: "b.example", metrics: ["visitors", "events"], until: midnight + 2 * 86_400 });

/** Rows of another site, from several callers, until told to stop. @returns how many */
function arriving(events: Events): () => Promise<number> {
  const over = new AbortController();
  let stored = 0;
  const caller = async (from: number): Promise<void> => {
    for (let number = from; !over.signal.aborted; number += 4) {
      await events.append(
        row({ site: "b.example", visitor: number, visit: number, dimensions: { page: `/${number}` } }),
      );
      stored += 1;
    }
  };
  const callers = Promise.all([1000, 1001, 1002, 1003].map(caller));
  return async () => {
    over.abort();
    await callers;
    return stored;
  };
}

it("loses and doubles no row of another site that arrives while a day is closed, in either copy", async () => {
  const events = await openDuckdbEvents({ dir });
  await fill(events, aDay);
  const stop = arriving(events);
  const asked = question({ metrics: allMetrics });
  const before = await events.ask(asked);
  const closed = new AbortController();
  const closing = events.closeDay(order()).then(() => closed.abort());
  // Whoever asks meanwhile is answered from rows or from counts, never from neither.
  const answers = [];
  while (!closed.signal.aborted) answers.push(await events.ask(asked));
  await closing;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stored = (await stop()) + 1;
  for (const answer of answers) expect(answer).toEqual(before);
  expect(shown(await events.ask(ofOther))).toEqual([`: ${stored}, ${stored}`]);
  await events.close();
  const again = await openDuckdbEvents({ dir });
  expect(shown(await again.ask(ofOther))).toEqual([`: ${stored}, ${stored}`]);
  await again.close();
  rmSync(join(dir, "days", `${day}.duckdb`));
  const rebuilt = await openDuckdbEvents({ dir });
  expect(shown(await rebuilt.ask(ofOther))).toEqual([`: ${stored}, ${stored}`]);
  expect(await rebuilt.ask(asked)).toEqual(before);
  await rebuilt.close();
});

it("leaves nothing that was set aside, no folder, no file of the day", async () => {
  const first = await openDuckdbEvents({ dir });
  await fill(first, aDay);
  await first.close();
  writeFileSync(join(dir, "days", `${day}.duckdb`), "not a database");
  writeFileSync(join(dir, "spool", day, "00000001.seg.rest-12"), "rest");
  const events = await openDuckdbEvents({ dir });
  expect(readdirSync(join(dir, "days"))).toContain(`${day}.duckdb.damaged-1`);
  await events.closeDay(order());
  expect(readdirSync(join(dir, "spool", day)).filter((name) => name.includes("rest"))).toEqual([]);
  expect(readdirSync(join(dir, "days")).filter((name) => name.includes("damaged"))).toEqual([]);
  await events.closeDay(order({ site: "b.example" }));
  expect(existsSync(join(dir, "spool", day))).toBe(false);
  expect(readdirSync(join(dir, "days"))).toEqual(["in-use.duckdb"]);
  await events.close();
});

it("says which counts are damaged, and answers for the other days", async () => {
  const events = await openDuckdbEvents({ dir });
  await fill(events, [...aDay, row({ day: "2026-11-21", at: midnight + 90_000 })]);
  await events.closeDay(order());
  await events.close();
  const [name = ""] = readdirSync(join(dir, "closed"));
  writeFileSync(join(dir, "closed", name), "no counts");
  const notes: StoreNote[] = [];
  const again = await openDuckdbEvents({ dir, report: (note) => notes.push(note) });
  expect(notes.map(({ kind }) => kind)).toEqual(["cells-damaged"]);
  expect(shown(await again.ask(question({ until: midnight + 2 * 86_400 })))).toEqual([": 1"]);
  await again.close();
});

const canMount = spawnSync("mount", ["--version"]).status === 0 && process.getuid?.() === 0;

it.skipIf(!canMount)("loses nothing on a full disk, and closes once there is room", async () => {
  const volume = join(dir, "small");
  mkdirSync(volume);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", volume]).status !== 0) return;
  try {
    const events = await openDuckdbEvents({ dir: join(volume, "data") });
    await fill(events);
    const asked = question({ metrics: allMetrics, dimensions: ["page"] });
    const before = await events.ask(asked);
    const other = await events.ask(ofOther);
    const free = statfsSync(volume);
    writeFileSync(join(volume, "filler"), Buffer.alloc(free.bavail * free.bsize));
    await expect(events.closeDay(order())).rejects.toThrow(DiskFullError);
    expect(await events.ask(asked)).toEqual(before);
    rmSync(join(volume, "filler"));
    await events.closeDay(order());
    expect(await events.ask(asked)).toEqual(before);
    expect(await events.ask(ofOther)).toEqual(other);
    await events.close();
  } finally {
    execFileSync("umount", [volume]);
  }
});
