// Counts: whatever was sent, no cell, no rest and no total tells of fewer than k batches, and nothing is invented.
import fc from "fast-check";
import { expect, test } from "vitest";
import { DayCounter } from "./count-day.ts";
import { compiled, savedId } from "./test-compiled.ts";

const batchOf = (...actions: readonly unknown[]) => ({
  events: actions.map((action) => ({ event: savedId, data: action === undefined ? {} : { action } })),
});
const counted = (batches: readonly ReturnType<typeof batchOf>[], least: number) => {
  const counter = new DayCounter(compiled);
  for (const batch of batches) counter.add(batch);
  return counter.counts("2026-11-20", least);
};

const of = (times: number, action: string) => Array.from({ length: times }, () => batchOf(action));

test("small cells join `other`, and the next smallest does until nobody can be told by subtraction", () => {
  const { events } = counted([...of(9, "a"), ...of(5, "b"), ...of(1, "c")], 3);
  expect(events).toEqual([
    {
      event: savedId,
      events: 15,
      batches: 15,
      sample: 1,
      tables: [{ field: "action", cells: [{ value: "a", events: 9, batches: 9 }], other: { events: 6, batches: 6 } }],
    },
  ]);
  expect(counted([...of(3, "a"), ...of(1, "b")], 3).events[0]?.tables).toEqual([]);
  expect(counted(of(2, "a"), 3).events).toEqual([]);
});

test("one program that says a thing a thousand times is one", () => {
  const many = batchOf(...Array.from({ length: 500 }, () => "a"));
  expect(counted([many, many], 3).events).toEqual([]);
});

test("of any batches: every figure is shared by k, cells and rest add up to the total", () => {
  const action = fc.option(fc.constantFrom("a", "b", "c", "d", 1, null), { nil: undefined });
  const batches = fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { maxLength: 40 });
  fc.assert(
    fc.property(batches, fc.integer({ min: 1, max: 10 }), (given, least) => {
      for (const { events, batches: shared, tables } of counted(
        given.map((each) => batchOf(...each)),
        least,
      ).events) {
        expect(shared).toBeGreaterThanOrEqual(least);
        for (const { cells, other } of tables) {
          expect(cells.length).toBeGreaterThan(0);
          for (const cell of [...cells, ...(other === undefined ? [] : [other])]) {
            expect(cell.batches).toBeGreaterThanOrEqual(least);
          }
          expect(cells.reduce((sum, cell) => sum + cell.events, other?.events ?? 0)).toBe(events);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("more values than are kept stand under `other`", () => {
  const batches = Array.from({ length: 6000 }, (_, at) => batchOf(`value ${at}`, "common"));
  const [event] = counted(batches, 3).events;
  expect(event?.tables[0]?.cells).toEqual([{ value: "common", events: 6000, batches: 6000 }]);
  expect(event?.tables[0]?.other?.events).toBe(6000);
});
