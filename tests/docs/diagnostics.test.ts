// Every diagnostic code is used, and has its own heading with an example in docs/reference/diagnostics.md.
import { readFileSync, readdirSync } from "node:fs";
import { diagnosticCodes } from "@avow/policy";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/reference/diagnostics.md", import.meta.url), "utf8");
const headings = [...page.matchAll(/^### (.+)$/gm)].map((match) => match[1]);
const source = new URL("../../packages/policy/src/", import.meta.url);
const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith("diagnostic-codes.ts"))
  .map((path) => readFileSync(new URL(path, source), "utf8"))
  .join("\n");

describe("diagnostic codes", () => {
  it("are documented once each, and nothing else is", () => {
    expect(headings.toSorted()).toEqual([...diagnosticCodes].toSorted());
  });
  it.each(diagnosticCodes)("%s is explained with an example and used in source", (code) => {
    const part = page.split(`\n### ${code}\n`)[1]?.split(/\n##+ /)[0] ?? "";
    expect(part).toMatch(/^\n\S[^]*\n```yaml\n[^]+\n```\n\n\S/);
    expect(texts).toContain(`"${code}"`);
  });
});
