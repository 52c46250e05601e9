// A clause is enforced only while something runs and was seen to work within 48 hours; everything else falls short of it.
import { describe, expect, test } from "vitest";
import { type Findings, clauseState, freshMs, stateSentence } from "./clause-state.ts";

const nowMs = Date.parse("2026-11-20T12:00:00Z");
const voucher = { says: "same protection", by: "infrastructure", on: "2024-10-04", until: "2026-11-20" };
const running = { isRunning: true } as const;

describe("the state of a clause", () => {
  test.each<[string, Omit<Findings, "nowMs">, ReturnType<typeof clauseState>]>([
    ["a running mechanism seen to work a moment ago", { mechanism: running, evidenceAtMs: nowMs }, "enforced"],
    [
      "a running mechanism that does not do all of it",
      { mechanism: { isRunning: true, isPartial: true }, evidenceAtMs: nowMs },
      "enforced in part",
    ],
    ["a partial mechanism without evidence", { mechanism: { isRunning: true, isPartial: true } }, "not shown yet"],
    ["evidence exactly 48 hours old", { mechanism: running, evidenceAtMs: nowMs - freshMs }, "enforced"],
    ["evidence older than 48 hours", { mechanism: running, evidenceAtMs: nowMs - freshMs - 1 }, "not shown yet"],
    ["a mechanism without evidence", { mechanism: running }, "not shown yet"],
    ["a mechanism with nothing to act on", { mechanism: { isRunning: false }, evidenceAtMs: nowMs }, "not shown yet"],
    [
      "evidence that cannot be read",
      { mechanism: running, evidenceAtMs: nowMs, isEvidenceUnavailable: true },
      "not shown yet",
    ],
    ["a mechanism that let through what it forbids", { mechanism: { isRunning: true, isBroken: true } }, "broken"],
    ["no mechanism", {}, "only said"],
    ["no mechanism, whatever was counted under it", { evidenceAtMs: nowMs }, "only said"],
    ["a word given, on its last day", { voucher }, "vouched for"],
    ["a word that ended yesterday", { voucher: { ...voucher, until: "2026-11-19" } }, "broken"],
    ["a word given for tomorrow", { voucher: { ...voucher, on: "2026-11-21", until: "2027-01-01" } }, "broken"],
    ["a word not given yet", { voucher: "not yet" }, "only said"],
    ["a word beside a mechanism without evidence", { voucher, mechanism: running }, "not shown yet"],
  ])("%s", (_, found, state) => {
    expect(clauseState({ ...found, nowMs })).toBe(state);
  });
});

test("the sentence counts every clause once and leaves out what there is none of", () => {
  expect(stateSentence(["enforced", "only said", "enforced", "broken"])).toBe(
    "4 clauses: 2 enforced, 1 only said, 1 broken",
  );
  expect(stateSentence(["vouched for"])).toBe("1 clause: 1 vouched for");
});
