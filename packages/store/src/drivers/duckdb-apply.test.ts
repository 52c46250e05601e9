// Applying ends: rows that arrive while it runs wait for the next call.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aDay, day } from "../contract-suite/a-day.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import { writeRow } from "../event-row-text.ts";
import { Spool } from "../spool.ts";
import { applyDay } from "./duckdb-apply.ts";
import { DayFiles } from "./duckdb-day-files.ts";

let dir: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ dir, remove } = await tempDir()));
afterEach(() => remove());

it("brings over what was durable when it began, and nothing that came after", async () => {
  const files = await DayFiles.open(dir);
  const spool = await Spool.open(`${dir}/spool`);
  const first = aDay[0]!;
  for (let count = 0; count < 3; count += 1) await spool.append(day, writeRow(first));
  const file = await files.attach(day);
  const rows = async (): Promise<number> =>
    Number((await files.writer.runAndReadAll(`SELECT count(*) FROM ${file.alias}.events`)).getRows()[0]?.[0]);
  // As under load: with every transaction that ends, another row has become durable.
  const run = files.writer.run.bind(files.writer);
  let arrived = 0;
  vi.spyOn(files.writer, "run").mockImplementation(async (sql, values) => {
    const done = await run(sql, values);
    if (sql === "COMMIT" && arrived < 20) {
      arrived += 1;
      await spool.append(day, writeRow(first));
    }
    return done;
  });
  await applyDay(files, spool, file, () => undefined);
  expect([await rows(), arrived]).toEqual([3, 1]);
  await applyDay(files, spool, file, () => undefined);
  expect(await rows()).toBe(4);
  await spool.close();
  await files.close();
});
