// The reference is whole: every route and every setting has a heading of its own, and no heading is of something gone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routesOf } from "./compose.ts";
import { settingNames } from "./settings.ts";
import { type TestServer, startTestServer } from "./test-server.ts";

const headings = (file: string, level: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, "../../../docs/reference", file), "utf8")
    .split("\n")
    .filter((line) => line.startsWith(`${level} `))
    .map((line) => line.slice(level.length + 1));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());

test("every HTTP route is documented under its own heading, and nothing else is", () => {
  expect(headings("http-api.md", "###").toSorted()).toEqual([...routesOf(server.house)].toSorted());
});

test("every setting is documented under its own heading, in order, and nothing else is", () => {
  expect(headings("settings.md", "##")).toEqual(settingNames);
});
