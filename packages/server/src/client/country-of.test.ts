// Countries come from the shipped table or from a CSV, longest prefix first.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCountryTable } from "./country-of.ts";

const dir = mkdtempSync(join(tmpdir(), "avow-country-"));
afterAll(() => rmSync(dir, { recursive: true }));

function csv(text: string): string {
  const path = join(dir, "table.csv");
  writeFileSync(path, text);
  return path;
}

test("the packaged table knows the country of a truncated address", async () => {
  const countryOf = await openCountryTable();
  expect(countryOf("8.8.8.0")).toBe("US");
  expect(countryOf("2001:4860:4860::")).toBe("US");
  expect(countryOf("8.8.8.0/24")).toBe("US");
  expect(countryOf("192.0.2.0")).toBeUndefined();
  expect(countryOf("not an address")).toBeUndefined();
});

test("a table of one's own replaces it: the longest network wins", async () => {
  const countryOf = await openCountryTable(
    csv("cidr,country\n203.0.0.0/8,de\n203.0.113.0/24,NL\r\n2001:db8::/32,FR\n8.0.0.0/8,ZZ\n"),
  );
  expect(countryOf("203.0.113.0")).toBe("NL");
  expect(countryOf("203.0.114.0")).toBe("DE");
  expect(countryOf("2001:db8:1::")).toBe("FR");
  expect(countryOf("8.8.8.0")).toBeUndefined();
  expect(countryOf("9.9.9.0")).toBeUndefined();
});

test("a table that cannot be read names file, line and remedy", async () => {
  await expect(openCountryTable(csv("203.0.113.0/24,NL\nnonsense\n"))).rejects.toThrow(
    /table\.csv:2: `nonsense`.*\n.*203\.0\.113\.0\/24,NL/,
  );
  await expect(openCountryTable(join(dir, "absent.csv"))).rejects.toThrow(/cannot be read/);
});
