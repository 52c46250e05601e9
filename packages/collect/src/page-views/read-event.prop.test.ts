// Any body ends in an event or in a clear error, never in a throw.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { eventKeys } from "./fields.ts";
import { readEvent } from "./read-event.ts";

const keys = [...Object.values(eventKeys).flat(), "__proto__", "constructor", "toString", "x"];
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.constantFrom(
    "pageview",
    "engagement",
    "https://exam.example/a",
    "exam.example",
    "\ud800",
    "%ff%",
    "https://[::1",
    "//",
    "data:,",
    1e308,
    -0,
    "",
  ),
  fc.string({ unit: "binary" }),
);

function expectAnswer(body: string | Uint8Array): void {
  const event = readEvent(body);
  if ("invalid" in event) {
    expect(Object.keys(event.invalid).length).toBeGreaterThan(0);
    for (const [name, messages] of Object.entries(event.invalid)) {
      expect(["body", ...Object.keys(eventKeys)]).toContain(name);
      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(message).toMatch(/^[a-z][^.]*$/);
    }
  } else {
    expect(event.domains.length).toBeGreaterThan(0);
    expect(event.page).not.toMatch(/\p{Cs}|\p{Cc}/u);
    expect(event.page).not.toBe("");
  }
}

test("any JSON object", () => {
  const entry = fc.tuple(fc.constantFrom(...keys), value);
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
      expectAnswer(`{${entries.map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`).join(",")}}`);
    }),
    { numRuns: 3_000 },
  );
});

test("any bytes, and any damage to a good body", () => {
  const good = new TextEncoder().encode(
    '{"n":"pageview","u":"https://exam.example/caf%C3%A9","d":"exam.example","p":{"a":"é"}}',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(good.length - 1), fc.nat(255), (bytes, at, byte) => {
      expectAnswer(bytes);
      expectAnswer(good.with(at, byte));
      expectAnswer(good.subarray(0, at));
    }),
    { numRuns: 2_000 },
  );
});
