// What is remembered of a day goes with its file, and when there is too much of it.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { aDay, day, fill, question } from "../contract-suite/a-day.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import type { DaySums } from "../question/answer-from-sums.ts";
import type { DayFile } from "./duckdb-day-files.ts";
import { openDuckdbEvents } from "./duckdb-events.ts";
import { KeptSums, stateOf } from "./kept-sums.ts";

function dayFile(change: Partial<DayFile> = {}): DayFile {
  const columns = ["site", "at", "page"];
  return {
    day,
    path: "",
    alias: "",
    dimensions: new Set(["page"]),
    columns,
    applied: new Map([[1, 10]]),
    first: 0,
    last: 1,
    held: new Map(),
    ...change,
  };
}

function sums(groups: number): DaySums {
  const none = {
    visitors: 1,
    visits: 1,
    pageviews: 1,
    events: 1,
    entries: 0,
    bounces: 0,
    seconds: 0,
    entryPageviews: 0,
  };
  return {
    groups: Array.from({ length: groups }, (_, n) => ({ key: `${n}`, values: [`${n}`], sums: none })),
    people: 0,
  };
}

it("answers nothing of a day whose file is gone", async () => {
  const { dir, remove } = await tempDir();
  const events = await openDuckdbEvents({ dir });
  await fill(events, aDay);
  const asked = question({ metrics: ["events"] });
  expect((await events.ask(asked)).rows[0]?.metrics).toEqual([6]);
  rmSync(join(dir, "days", `${day}.duckdb`));
  expect((await events.ask(asked)).rows[0]?.metrics).toEqual([0]);
  await events.close();
  await remove();
});

it("remembers of this file only, in this state only", () => {
  const kept = new KeptSums();
  const file = dayFile();
  const state = stateOf(file, "");
  kept.set(question(), file, state, sums(1));
  expect(kept.get(question(), file, state)).toEqual(sums(1));
  expect(kept.get(question(), dayFile(), state)).toBeUndefined();
  expect(kept.get(question({ site: "b.example" }), file, state)).toBeUndefined();
  file.applied.set(1, 20);
  expect(kept.get(question(), file, stateOf(file, ""))).toBeUndefined();
});

it("knows a new column and a new segment for another state", () => {
  const states = [
    dayFile(),
    dayFile({ columns: ["site", "at", "page", "source"] }),
    dayFile({
      applied: new Map([
        [1, 10],
        [2, 5],
      ]),
    }),
  ].map((file) => stateOf(file, ""));
  expect(new Set(states).size).toBe(3);
});

it("forgets what was asked longest ago once 100,000 groups are remembered", () => {
  const kept = new KeptSums();
  const file = dayFile();
  const state = stateOf(file, "");
  const asked = Array.from({ length: 6 }, (_, n) => question({ site: `${n}.example` }));
  for (const one of asked) {
    kept.set(one, file, state, sums(20_000));
    const first = asked[0];
    if (first !== undefined) kept.get(first, file, state);
  }
  const isKept = asked.map((one) => kept.get(one, file, state) !== undefined);
  expect(isKept).toEqual([true, false, false, true, true, true]);
});
