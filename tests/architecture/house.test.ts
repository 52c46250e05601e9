// The house is as ARCHITECTURE.md draws it: its diagram, the manifests, the project references and every import agree.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const rooms = readdirSync(join(root, "packages")).toSorted();

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter(
      (name) => name.endsWith(".ts") && !name.split(sep).includes("dist") && !name.split(sep).includes("node_modules"),
    )
    .map((name) => join(folder, name));
}

/** Every module named by an import, export-from, dynamic import or import type of a file. */
function importsOf(path: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)["']([^"']+)["']/gm;
  return [...read(path).matchAll(pattern)].map((match) => match[1] ?? "");
}

const drawn = new Set(
  [...read("ARCHITECTURE.md").matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map((m) => `${m[1]} -> ${m[2]}`),
);
const importsByRoom = new Map(rooms.map((room) => [room, sourceFiles(`packages/${room}/src`)] as const));
const isTest = (path: string): boolean => /\.test\.ts$|\.test-d\.ts$/.test(path);

function found(room: string, keep: (path: string) => boolean): Set<string> {
  const names = (importsByRoom.get(room) ?? []).filter(keep).flatMap(importsOf);
  return new Set(names.filter((name) => name.startsWith("@avow/")).map((name) => name.split("/")[1] ?? ""));
}

describe("the house", () => {
  test("has at most eight rooms, each drawn and described", () => {
    expect(rooms.length).toBeLessThanOrEqual(8);
    for (const room of rooms) expect(read("ARCHITECTURE.md")).toContain(`\`packages/${room}\``);
  });

  test.each(rooms)("%s imports only what the diagram allows", (room) => {
    for (const target of found(room, () => true)) {
      if (target !== room) expect(drawn, `${room} imports ${target}`).toContain(`${room} -> ${target}`);
    }
  });

  test("every arrow drawn is a dependency of the manifest and the other way round", () => {
    const declared = new Set<string>();
    for (const room of rooms) {
      const manifest = JSON.parse(read(`packages/${room}/package.json`)) as { dependencies?: Record<string, string> };
      for (const name of Object.keys(manifest.dependencies ?? {})) {
        if (name.startsWith("@avow/")) declared.add(`${room} -> ${name.split("/")[1]}`);
      }
    }
    expect([...declared].toSorted()).toEqual([...drawn].toSorted());
  });

  test("every arrow drawn is a project reference and the other way round", () => {
    const referenced = rooms.flatMap((room) => {
      const config = JSON.parse(read(`packages/${room}/tsconfig.json`)) as { references?: { path: string }[] };
      // An adapter has a project of its own beside its room's.
      const targets = (config.references ?? []).map(({ path }) => path.replace("../", "").split("/")[0] ?? "");
      return [...new Set(targets)].map((target) => `${room} -> ${target}`);
    });
    expect(referenced.toSorted()).toEqual([...drawn].toSorted());
  });

  test.each(["policy", "gate", "collect"])("%s is pure: no node module and no type of Node reaches it", (room) => {
    const config = JSON.parse(read(`packages/${room}/tsconfig.json`)) as {
      compilerOptions: { lib?: string[]; types?: string[] };
    };
    expect(config.compilerOptions).toMatchObject({ lib: ["es2023"], types: [] });
    const adapter = new RegExp(`^packages/gate/src/(?:web|node|browser|register|gateway)/`);
    for (const path of (importsByRoom.get(room) ?? []).filter((name) => !isTest(name) && !adapter.test(name))) {
      expect(
        importsOf(path).filter((name) => name.startsWith("node:")),
        path,
      ).toEqual([]);
    }
  });

  test("only store/src/drivers names a database client", () => {
    const clients = ["node:sqlite", "@duckdb/node-api", "kysely", "pg", "redis", "@clickhouse/client"];
    for (const path of rooms.flatMap((room) => importsByRoom.get(room) ?? [])) {
      if (path.startsWith(join("packages", "store", "src", "drivers")) || isTest(path)) continue;
      expect(
        importsOf(path).filter((name) => clients.includes(name)),
        path,
      ).toEqual([]);
    }
  });

  test("relative imports stay in their room", () => {
    for (const room of rooms) {
      for (const path of (importsByRoom.get(room) ?? []).filter((name) => !isTest(name))) {
        for (const name of importsOf(path).filter((each) => each.startsWith("."))) {
          const target = relative(join("packages", room), join(path, "..", name));
          expect(target.startsWith(".."), `${path} imports ${name}`).toBe(false);
        }
      }
    }
  });

  test("no source file is longer than 400 code lines, and the median is at most 120", () => {
    const lengths = rooms
      .flatMap((room) => importsByRoom.get(room) ?? [])
      .filter((path) => !isTest(path))
      .map((path) => ({
        path,
        lines: read(path)
          .split("\n")
          .filter((line) => !/^\s*(\/\/|\*|\/\*|$)/.test(line)).length,
      }));
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(120);
  });

  test("every source file says in its first line what it is", () => {
    for (const path of rooms.flatMap((room) => importsByRoom.get(room) ?? [])) {
      expect(read(path).replace(/^#!.*\n/, ""), path).toMatch(/^(\/\/|\/\*)/);
    }
  });
});
