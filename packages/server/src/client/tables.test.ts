// Tables an operator supplies: what they answer, what they leave open, and what is wrong with a file.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { StartRefused } from "../start-refused.ts";
import { readCidr } from "./address.ts";
import { datacentresIn } from "./datacentres.ts";
import { openTables } from "./open-tables.ts";
import { placeFrom } from "./place-of.ts";

const dir = mkdtempSync(join(tmpdir(), "avow-tables-"));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (text: string, name = "list.txt"): string => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const inRanges = (...cidrs: readonly string[]) => datacentresIn(cidrs.map((text) => readCidr(text)!));

describe("datacentres, by what is left of an address", () => {
  test.each<[readonly string[], string, boolean]>([
    [["203.0.113.0/24"], "203.0.113.0", true],
    [["203.0.0.0/16"], "203.0.113.0", true],
    [["203.0.113.0/25"], "203.0.113.0", false],
    [["203.0.113.0/25", "203.0.113.128/25"], "203.0.113.0", true],
    [["203.0.113.0/25", "203.0.113.129/32"], "203.0.113.0", false],
    [["203.0.112.0/24", "203.0.114.0/24"], "203.0.113.0", false],
    [["203.0.112.0/22", "203.0.113.7/32"], "203.0.113.0", true],
    [["255.255.255.0/24"], "255.255.255.0", true],
    [["0.0.0.0/0"], "198.51.100.0", true],
    [["2001:db8::/32"], "2001:db8:7::", true],
    [["2001:db8:7::/48"], "2001:db8:7::", true],
    [["2001:db8:7::/48"], "2001:db8:8::", false],
    [["2001:db8:7::/64"], "2001:db8:7::", false],
    [["::/0"], "203.0.113.0", false],
    [[], "203.0.113.0", false],
    [["203.0.113.0/24"], "", false],
  ])("%j: %s is one: %s", (cidrs, address, is) => expect(inRanges(...cidrs)(address)).toBe(is));

  test("a list of 100,000 answers 100,000 times in under a second", () => {
    const cidrs = Array.from({ length: 100_000 }, (_, at) => `${1 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.0/24`);
    const isOne = inRanges(...cidrs);
    const start = performance.now();
    let found = 0;
    for (const cidr of cidrs) if (isOne(cidr.slice(0, -3))) found += 1;
    expect(found).toBe(100_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

test("regions and cities from a CSV, the longest network first", async () => {
  const text = "cidr,region,city\n203.0.0.0/16,NL-NH,Amsterdam\n203.0.113.0/24,NL-UT,Utrecht\n2001:db8::/32,,Oslo\n";
  const { placeOf } = await openTables({ regionTable: file(text) });
  expect(placeOf?.("203.0.113.0")).toEqual({ region: "NL-UT", city: "Utrecht" });
  expect(placeOf?.("203.0.7.0")).toEqual({ region: "NL-NH", city: "Amsterdam" });
  expect(placeOf?.("2001:db8:1::")).toEqual({ city: "Oslo" });
  expect(placeOf?.("198.51.100.0")).toBeUndefined();
});

test("entries of both kinds of public tables", () => {
  const subdivisions = [{ iso_code: "UT", names: { en: "Utrecht" } }];
  const city = { names: { en: "Utrecht" } };
  expect(placeFrom({ country: { iso_code: "NL" }, subdivisions, city })).toEqual({ region: "NL-UT", city: "Utrecht" });
  expect(placeFrom({ state1: "Utrecht", city: "Zeist" })).toEqual({ region: "Utrecht", city: "Zeist" });
  expect(placeFrom({ country: { iso_code: "NL" } })).toEqual({});
});

test("lists may have comments and blank lines", async () => {
  const { spamHosts } = await openTables({ spamReferrers: file("# ours\n\nwww.Spam.example # since May\n") });
  expect([...(spamHosts ?? [])]).toEqual(["spam.example"]);
  const { isDatacentre } = await openTables({ datacentres: file("203.0.113.0/24 # machines\n") });
  expect(isDatacentre?.("203.0.113.0")).toBe(true);
});

test.each<[Parameters<typeof openTables>[0], RegExp]>([
  [{ datacentres: file("203.0.113.0/24\nnonsense\n", "a") }, /a:2: `nonsense` is not a network\n {2}give a file/],
  [{ regionTable: file("203.0.113.0/24,,\n", "b") }, /b:1: .* is not a network with a region or a city/],
  [{ regionTable: file("no table", "c.mmdb") }, /region table .*c\.mmdb` cannot be read\n {2}give an \.mmdb/],
  [{ spamReferrers: file("https://spam.example/\n", "d") }, /d:1: .* is not a host/],
  [{ spamReferrers: join(dir, "missing") }, /missing` cannot be read/],
])("a wrong file refuses the start: %j", async (settings, message) => {
  const refused = await openTables(settings).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartRefused);
  expect(String(refused)).toMatch(message);
});
