// SQLite under the contract of records, and what it owes as a file: its mode, its version, its other processes.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { recordsContract } from "../contract-suite.ts";
import { driverSuite } from "../contract-suite/suite.ts";
import { tempDir } from "../contract-suite/temp-dir.ts";
import { StoreDamagedError, StoreTooNewError } from "../errors.ts";
import { migrations } from "./sqlite-migrations.ts";
import { openSqliteRecords } from "./sqlite-records.ts";

driverSuite("records in SQLite", undefined, () =>
  recordsContract(async () => {
    const { dir, remove } = await tempDir();
    return {
      store: openSqliteRecords({ dir, nowMs: 0 }),
      remove,
      again: async () => openSqliteRecords({ dir, nowMs: 0 }),
    };
  }),
);

describe("records in SQLite, as files", () => {
  it.each([
    ["no database at all", (bytes: Buffer) => bytes.fill(0x41, 0, 100)],
    ["cut short", (bytes: Buffer) => bytes.subarray(0, 5000)],
    ["overwritten in its first page", (bytes: Buffer) => bytes.fill(0x41, 100, 4096)],
  ])("names a file that is %s, and leaves it as it is", async (_, bend) => {
    const { dir, remove } = await tempDir();
    const records = openSqliteRecords({ dir });
    await records.setSetting("a", "b");
    await records.close();
    const path = join(dir, "records.sqlite");
    const bent = Buffer.from(bend(readFileSync(path)));
    writeFileSync(path, bent);
    expect(() => openSqliteRecords({ dir })).toThrow(StoreDamagedError);
    expect(() => openSqliteRecords({ dir })).toThrow(path);
    expect(readFileSync(path).equals(bent)).toBe(true);
    await remove();
  });

  it("lets nobody else read them", async () => {
    const { dir, remove } = await tempDir();
    const records = openSqliteRecords({ dir: join(dir, "data") });
    await records.setSetting("a", "b");
    expect(statSync(join(dir, "data")).mode & 0o777).toBe(0o700);
    const names = readdirSync(join(dir, "data"));
    expect(names.length).toBeGreaterThan(1);
    for (const name of names) expect([name, statSync(join(dir, "data", name)).mode & 0o777]).toEqual([name, 0o600]);
    await records.close();
    await remove();
  });

  it("syncs every commit", async () => {
    const { dir, remove } = await tempDir();
    const records = openSqliteRecords({ dir });
    await records.close();
    const database = new DatabaseSync(join(dir, "records.sqlite"));
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: migrations.length });
    database.close();
    await remove();
  });

  it("leaves a store of a later version alone", async () => {
    const { dir, remove } = await tempDir();
    const database = new DatabaseSync(join(dir, "records.sqlite"));
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    expect(() => openSqliteRecords({ dir })).toThrow(StoreTooNewError);
    await remove();
  });

  it("forgets ended sessions and links on opening", async () => {
    const { dir, remove } = await tempDir();
    const first = openSqliteRecords({ dir, nowMs: 0 });
    await first.addSession({ hash: "s", expiresAtMs: 10 });
    await first.addToken({ hash: "t", grants: "g", expiresAtMs: 10 });
    await first.close();
    const second = openSqliteRecords({ dir, nowMs: 10 });
    expect(await second.hasSession("s", 0)).toBe(false);
    expect(await second.takeToken("t", "g", 0)).toBe(false);
    await second.close();
    await remove();
  });

  it("shares them between processes: what one writes the other reads, none is lost", async () => {
    const { dir, remove } = await tempDir();
    const records = openSqliteRecords({ dir });
    const count = { notice: "n", clause: "c", outcome: "permitted", reason: "r", count: 1, lastAtMs: 1 };
    const script = `
      const { openSqliteRecords } = await import(${JSON.stringify(join(import.meta.dirname, "sqlite-records.ts"))});
      const records = openSqliteRecords({ dir: ${JSON.stringify(dir)} });
      for (let i = 0; i < 50; i += 1) await records.addEvidence([${JSON.stringify(count)}]);
      await records.setSetting("from", "the other");
      await records.close();`;
    const node = [
      process.execPath,
      ["--conditions=source", "--input-type=module", "-e", script],
      { encoding: "utf8" },
    ] as const;
    const ours = Promise.all(
      Array.from({ length: 20 }, () => records.addEvidence([{ ...count, outcome: "permitted" as const }])),
    );
    const ran = spawnSync(...node);
    await ours;
    expect(ran.stderr.replaceAll(/.*ExperimentalWarning.*\n.*\n/g, "")).toBe("");
    expect((await records.evidence("n"))[0]?.count).toBe(70);
    expect(await records.setting("from")).toBe("the other");
    await records.close();
    await remove();
  });
});
