// What DuckDB and its spool owe as files and as one of several users: locks, repair, a full disk, questions given up.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aDay, day, question, row } from "../contract-suite/a-day.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import { DiskFullError, StoreBusyError } from "../errors.ts";
import { failingFiles } from "../failing-files.ts";
import { DayFiles } from "./duckdb-day-files.ts";
import { openDuckdbEvents } from "./duckdb-events.ts";
import { Readers } from "./duckdb-readers.ts";
import { noteText, type StoreNote } from "./store-note.ts";

let dir: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ dir, remove } = await tempDir()));
afterEach(() => remove());

async function filled(): Promise<void> {
  const events = await openDuckdbEvents({ dir });
  for (const one of aDay) await events.append(one);
  await events.close();
}

describe("one user at a time", () => {
  it("refuses a second opening in this process and in another", async () => {
    const events = await openDuckdbEvents({ dir });
    await expect(openDuckdbEvents({ dir })).rejects.toThrow(StoreBusyError);
    const script = `
      const { openDuckdbEvents } = await import(${JSON.stringify(join(import.meta.dirname, "duckdb-events.ts"))});
      await openDuckdbEvents({ dir: ${JSON.stringify(dir)} }).catch((error) => process.stdout.write(error.name));`;
    const ran = spawnSync(process.execPath, ["--conditions=source", "--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(ran.stdout).toBe("StoreBusyError");
    await events.close();
    await (await openDuckdbEvents({ dir })).close();
  });
});

describe("files", () => {
  it("lets nobody else read them and writes nothing outside its directory", async () => {
    await filled();
    for (const name of readdirSync(join(dir, "days"))) {
      if (name.startsWith(day)) expect(statSync(join(dir, "days", name)).mode & 0o777).toBe(0o600);
    }
    for (const name of ["closed", "days", "spool"]) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir).toSorted()).toEqual(["closed", "days", "spool"]);
  });

  it("rebuilds a day file that is damaged while the store is closed, and says so", async () => {
    await filled();
    writeFileSync(join(dir, "days", `${day}.duckdb`), "not a database");
    const notes: StoreNote[] = [];
    const events = await openDuckdbEvents({ dir, report: (note) => notes.push(note) });
    expect((await events.ask(question({ metrics: ["events"] }))).rows[0]?.metrics).toEqual([6]);
    await events.close();
    expect(notes.map(({ kind }) => kind)).toEqual(["day-rebuilt"]);
    expect(notes.map(noteText)[0]).toContain(day);
    expect(readFileSync(join(dir, "days", `${day}.duckdb.damaged-1`), "utf8")).toBe("not a database");
  });

  it("finds damage inside a file that opens once a question meets it", async () => {
    await filled();
    const path = join(dir, "days", `${day}.duckdb`);
    const bytes = readFileSync(path);
    // Past the three headers, in every block: the checksums fail where a block is read.
    for (let block = 12_288; block < bytes.length; block += 16_384) bytes.fill(0x55, block + 64, block + 90);
    writeFileSync(path, bytes);
    const events = await openDuckdbEvents({ dir });
    expect((await events.ask(question({ metrics: ["events"], dimensions: ["page"] }))).total).toBe(3);
    await events.close();
  });
});

describe("a full disk", () => {
  it("rejects what does not fit, keeps what was acknowledged, and goes on by itself", async () => {
    const disk = failingFiles();
    const events = await openDuckdbEvents({ dir, files: disk });
    await events.append(row({ visit: 1 }));
    disk.room = 20;
    await expect(events.append(row({ visit: 2 }))).rejects.toThrow(DiskFullError);
    expect((await events.ask(question({ metrics: ["events"] }))).rows[0]?.metrics).toEqual([1]);
    disk.room = Number.POSITIVE_INFINITY;
    await events.append(row({ visit: 3 }));
    expect((await events.ask(question({ metrics: ["events"] }))).rows[0]?.metrics).toEqual([2]);
    await events.close();
    rmSync(join(dir, "days"), { recursive: true });
    const again = await openDuckdbEvents({ dir });
    expect((await again.ask(question({ metrics: ["events"] }))).rows[0]?.metrics).toEqual([2]);
    await again.close();
  });
});

describe("a question given up", () => {
  it("is interrupted, and its connection serves the next", async () => {
    const files = await DayFiles.open(dir);
    const readers = new Readers(() => files.connect());
    const given = new AbortController();
    const begun = performance.now();
    const endless = "SELECT sum(sin(a.range * b.range)) FROM range(1000000) a, range(1000000) b";
    const asked = readers.use((connection) => connection.run(endless), given.signal);
    setTimeout(() => given.abort(new Error("left")), 50);
    await expect(asked).rejects.toThrow("left");
    expect(performance.now() - begun).toBeLessThan(5000);
    const next = await readers.use(async (connection) => (await connection.runAndReadAll("SELECT 42")).getRows());
    expect(next).toEqual([[42]]);
    await readers.close();
    await files.close();
  });
});
