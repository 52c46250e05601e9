// The collector keeps what the compiled telemetry and the notice both permit, and says of everything else why not.
import { createGate } from "@avow/gate/server";
import { type Policy, loadNotice } from "@avow/policy";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type CollectedBatch, createTelemetryCollector } from "./create-telemetry.ts";
import { batchDrops, eventDrops } from "./steps.ts";
import { compiled, notice, oldId, savedId } from "./test-compiled.ts";

let policy: Policy;
beforeAll(async () => {
  const loaded = await loadNotice("lab.yaml", async () => notice);
  policy = loaded.policy!;
});

const collector = (served: readonly Policy[] = [policy]) =>
  createTelemetryCollector({
    gate: createGate(served, { nowMs: () => 0 }),
    compiledOf: (id) => (id === "lab" ? compiled : undefined),
  });
const event = (data: object, id = savedId, version: unknown = "1"): object => ({
  __timestamp__: "2026-11-20T00:00:00Z",
  __schema__: id,
  __schema_version__: version,
  __metadata_version__: 1,
  ...data,
});
const batch = (events: readonly unknown[], rest: object = {}): string =>
  JSON.stringify({ avow: 1, telemetry: "lab", batch: "a".repeat(64), day: "2026-11-20", events, ...rest });
const collect = (body: string, rest: object = {}): CollectedBatch => {
  const collected = collector().collect({ body, signal: false, today: "2026-11-20", ...rest });
  if ("invalid" in collected) throw new Error(collected.invalid);
  return collected;
};

test("what is declared is kept, under its practice and version, without time and envelope", () => {
  const { stored, events, fields } = collect(batch([event({ action: "save", ms: 1.5, parts: [{ kind: "a" }] })]));
  expect(stored).toEqual({
    practice: "counting-use",
    version: policy.version,
    events: [{ event: savedId, data: { action: "save", ms: 1.5, parts: [{ kind: "a" }] } }],
  });
  expect([events, fields]).toEqual([[], []]);
});

describe("batches that are dropped", () => {
  test.each<[string, object, object, string]>([
    ["of a telemetry nobody declared", { telemetry: "else" }, {}, "unknown telemetry"],
    ["with a refusal signal", {}, { signal: true }, "refusal signal"],
    ["of a day that is closed", { day: "2026-11-10" }, {}, "day closed"],
    ["of a day to come", { day: "2026-11-22" }, {}, "day to come"],
  ])("%s", (_name, rest, input, reason) => {
    expect(collect(batch([event({ action: "save" })], rest), input)).toMatchObject({ refused: reason });
  });

  test("under a notice that is not served", () => {
    const body = batch([event({ action: "save" })]);
    expect(collector([]).collect({ body, signal: false, today: "2026-11-20" })).toMatchObject({
      refused: "outside the notice",
    });
  });

  test.each([
    "",
    "[]",
    "{}",
    batch([]),
    batch([event({})], { avow: 2 }),
    batch([event({})], { batch: "A".repeat(64) }),
    batch([event({})], { day: "2026-02-30" }),
    batch(Array.from({ length: 501 }, () => event({}))),
    "x".repeat(131_073),
  ])("that are none (%#)", (body) => {
    expect(collector().collect({ body, signal: false, today: "2026-11-20" })).toHaveProperty("invalid");
  });
});

describe("events and fields that die here", () => {
  test.each<[string, unknown, string]>([
    ["undeclared", event({}, "https://else.example/v1"), "undeclared event"],
    ["a name of every object", event({}, "constructor"), "undeclared event"],
    ["of another version", event({}, savedId, "2"), "another version"],
    ["past its end", event({}, oldId), "expired event"],
    ["no envelope", { action: "save" }, "not an event"],
    [
      "`__proto__`",
      JSON.parse(`{"__schema__":"${savedId}","__schema_version__":"1","__proto__":{"x":1}}`),
      "not an event",
    ],
    ["a field the notice does not permit", event({ where: "192.0.2.1" }), "not declared"],
  ])("%s", (_name, given, reason) => {
    const { refused, events, stored } = collect(batch([given]));
    expect([refused, stored]).toEqual(["nothing kept", undefined]);
    expect(events).toEqual([{ reason, count: 1 }]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test.each<[string, object, string]>([
    ["undeclared", { canary: 1 }, "undeclared field"],
    ["undeclared, deep down", { parts: { kind: "a", canary: 1 } }, "undeclared field"],
    ["of another kind", { action: "canary" }, "not as declared"],
    ["too long for its schema", { parts: { kind: "canary" } }, "not as declared"],
    ["a list too long", { parts: Array.from({ length: 65 }, () => ({ kind: "a" })) }, "too large"],
  ])("%s", (_name, data, reason) => {
    const { fields, stored } = collect(batch([event(data)]));
    expect(fields).toEqual([{ reason, count: 1 }]);
    expect(JSON.stringify(stored)).not.toContain("canary");
  });

  test("past its end, whatever the client believed", () => {
    const later = collect(batch([event({ action: "save", ms: 1 })], { day: "2026-12-01" }), { today: "2026-12-01" });
    expect(later.fields).toEqual([{ reason: "expired field", count: 1 }]);
    expect(later.stored?.events[0]?.data).toEqual({ action: "save" });
  });
});

test("whatever is sent, nothing undeclared is stored and nothing throws", () => {
  const values = fc.dictionary(
    fc.constantFrom("action", "ms", "parts", "kind", "canary"),
    fc.jsonValue({ maxDepth: 4 }),
  );
  const reasons: readonly string[] = [...batchDrops, ...eventDrops, "nothing kept", undefined as never];
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          values.map((data) => event(data)),
          fc.jsonValue(),
        ),
        { minLength: 1, maxLength: 5 },
      ),
      (events) => {
        const { stored, refused } = collect(batch(events));
        expect(reasons).toContain(refused);
        for (const { data } of stored?.events ?? []) {
          for (const [name, value] of Object.entries(data)) {
            expect(["action", "ms", "parts"]).toContain(name);
            if (name === "ms") expect(typeof value).toBe("number");
          }
          expect(JSON.stringify(data)).not.toContain('"canary":');
        }
      },
    ),
    { numRuns: 1000 },
  );
});
