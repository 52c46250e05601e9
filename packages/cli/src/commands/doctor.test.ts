// `avow doctor` reads notices in the words they are written in.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Finding } from "../doctor/finding.ts";
import { run } from "../program.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-doctor-"));
  mkdirSync(join(dir, "notices/doors"), { recursive: true });
  writeFileSync(
    join(dir, "notices/doors/notice.yaml"),
    `avow: 1
notice: doors
title: Doors
controller: { name: Doors, contact: doors@exam.example }
practices:
  - { id: doors, from: visitor, data: badge number, form: raw, for: opening secure areas, when: necessary, basis: contract, keep: 30 days, to: nobody }
page: [{ Doors: [doors] }]
`,
  );
  writeFileSync(
    join(dir, "terms.yaml"),
    "avow terms: 1\nterms:\n  badge number: { kind: data, is: identity data, means: Number on a badge. }\n",
  );
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function noticesLook(...extra: readonly string[]): Promise<Finding | undefined> {
  const lines: string[] = [];
  const print = (text: string): unknown => lines.push(text);
  await run(["doctor", "--json", "--data", dir, "--notices", join(dir, "notices"), ...extra], {
    terminal: { out: print, err: print, hasColour: false },
    nowMs: () => Date.now(),
    untilStopped: async () => {},
    exitCode: 0,
  });
  const { looks } = JSON.parse(lines.join("\n")) as { readonly looks: readonly Finding[] };
  return looks.find(({ look }) => look === "notices");
}

test("words of one's own are known with --terms, and named as errors without", async () => {
  expect(await noticesLook()).toMatchObject({ state: "finding" });
  expect(await noticesLook("--terms", join(dir, "terms.yaml"))).toMatchObject({ state: "ok" });
});
