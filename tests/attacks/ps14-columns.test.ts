// PS14: every stored column names its practice; one that nobody declared refuses the start, in either store.
import { DatabaseSync } from "node:sqlite";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, expect, test } from "vitest";
import { type Installation, install, sendEvent } from "../installation.ts";

let installation: Installation;
afterEach(() => installation.remove());

const filesNamed = (ending: RegExp): string[] =>
  readdirSync(installation.data, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(installation.data, name));

test("PS14 a column added to the records by hand refuses the start, by name; without it the server starts", async () => {
  installation = await install();
  await installation.stop();
  const [path] = filesNamed(/\.(sqlite|db)$/);
  const change = (sql: string): void => {
    const database = new DatabaseSync(path ?? "");
    database.exec(sql);
    database.close();
  };
  change("ALTER TABLE sites ADD COLUMN visitor_email TEXT");
  await expect(installation.start()).rejects.toThrow(/visitor_email/);
  expect(installation.log()).toMatch(/sites/);
  change("ALTER TABLE sites DROP COLUMN visitor_email");
  await installation.start();
});

test("PS14 a column added to a day's events by hand refuses the start, by name; without it the server starts", async () => {
  installation = await install();
  await (await sendEvent(installation, { u: "https://exam.example/a" })).arrayBuffer();
  await installation.stop();
  const [path] = filesNamed(/\d{4}-\d\d-\d\d\.duckdb$/);
  const change = async (sql: (table: string) => string): Promise<void> => {
    const instance = await DuckDBInstance.create(path ?? "");
    const connection = await instance.connect();
    const tables = await connection.runAndReadAll(
      "SELECT table_name FROM duckdb_columns() WHERE column_name = 'visitor'",
    );
    await connection.run(sql(String(tables.getRows()[0]?.[0])));
    connection.closeSync();
    instance.closeSync();
  };
  await change((table) => `ALTER TABLE ${table} ADD COLUMN city VARCHAR`);
  await expect(installation.start()).rejects.toThrow(/city/);
  await change((table) => `ALTER TABLE ${table} DROP COLUMN city`);
  await installation.start();
});
