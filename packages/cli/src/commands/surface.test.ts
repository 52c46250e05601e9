// The surface of an installation: columns and first days as its stores have them, and nothing for what they do not hold.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadNotice } from "@avow/policy";
import { openEvents, openRecords } from "@avow/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../context.ts";
import { run } from "../program.ts";

const notice = `avow: 1
notice: exam
title: Exam
controller: { name: Exam, contact: privacy@exam.example }
covers: [exam.example]
practices:
  - { id: visits, from: visitor, reads: [IP address], data: [page, referrer], form: pseudonymous, for: usage statistics, when: opt-out, basis: legitimate interest, keep: 30 days, to: nobody }
  - { id: country, from: visitor, data: country, form: pseudonymous, for: security, when: always, basis: legitimate interest, keep: 30 days, to: nobody }
page: [{ All: [visits, country] }]
`;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-surface-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Field {
  readonly data: string;
  readonly standing: string;
  readonly where?: readonly string[];
  readonly since?: string;
}

test("with a data directory each held datum names its columns and since when", async () => {
  mkdirSync(join(dir, "notices/exam"), { recursive: true });
  writeFileSync(join(dir, "notices/exam/notice.yaml"), notice);
  const { policy } = await loadNotice("exam.yaml", () => notice);
  const version = policy?.version ?? "";
  const data = join(dir, "data");
  const records = await openRecords({ dir: data });
  const canonical = `{"practices":[{"id":"country"},{"id":"visits"}]}`;
  await records.putVersion({ notice: "exam", version, canonical, seenAtMs: Date.parse("2026-11-02T10:00:00Z") });
  await records.close();
  const events = await openEvents({ dir: data });
  const at = Date.parse("2026-11-20T10:00:00Z") / 1000;
  const row = { site: "exam.example", at, visitor: 1, visit: 2, name: "pageview", interactive: true, version };
  await events.append({ ...row, day: "2026-11-20", practice: "visits", dimensions: { page: "/" } });
  await events.close();

  const printed: string[] = [];
  const context: Context = {
    terminal: { out: (text) => void printed.push(text), err: (text) => void printed.push(text), hasColour: false },
    nowMs: () => Date.parse("2026-11-21T00:00:00Z"),
    untilStopped: async () => {},
    exitCode: 0,
  };
  const words = ["surface", "--data", data, "--notice", "exam", "--notices", join(dir, "notices"), "--json"];
  expect(await run(words, context), printed.join("\n")).toBe(0);
  const told = JSON.parse(printed.join("\n")) as { notices: { fields: Field[] }[]; notes: string[] };
  const fields = new Map((told.notices[0]?.fields ?? []).map((each) => [each.data, each]));
  expect(told.notes).toEqual([]);
  expect(fields.get("page")).toMatchObject({ standing: "held", where: ["events events.page"], since: "2026-11-20" });
  // Declared, and no row has it: no column holds it.
  expect(fields.get("referrer")).toMatchObject({ standing: "held", where: [], since: "2026-11-20" });
  expect(fields.get("country")?.since).toBe("2026-11-02 (version first served; no row yet)");
  // Looked at in memory: it has no place and no day.
  expect(fields.get("IP address")).toEqual({
    data: "IP address",
    standing: "passes through, no records",
    seenBy: [],
    uses: [expect.objectContaining({ practice: "visits", keeps: [] })],
  });
  expect(fields.get("postal address")).toMatchObject({ standing: "no such records exist" });
});
