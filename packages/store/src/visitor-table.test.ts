// The packed table against a plain map, and what a remembered visitor costs.
import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createVisitors } from "./drivers/memory-visitors.ts";
import { VisitorTable } from "./visitor-table.ts";

it("remembers what a map would", () => {
  const half = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 0xffff_ffff }));
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half, fc.nat()), { maxLength: 300 }), (entries) => {
      const table = new VisitorTable();
      const map = new Map<string, number>();
      for (const [high, low, lastAt] of entries) {
        // Zero is where a free slot is; its key is stored as one.
        const key = `${high} ${high === 0 && low === 0 ? 1 : low}`;
        table.set(high, low, { visitor: lastAt, visit: lastAt + 1, lastAt });
        map.set(key, lastAt);
      }
      expect(table.size).toBe(map.size);
      for (const [key, lastAt] of map) {
        const [high = 0, low = 0] = key.split(" ").map(Number);
        expect(table.get(high, low)).toEqual({ visitor: lastAt, visit: lastAt + 1, lastAt });
      }
    }),
  );
});

const sighting = (number: number): Parameters<ReturnType<typeof createVisitors>["see"]>[0] => ({
  site: "a.example",
  day: "2026-11-20",
  at: 1_795_176_000,
  truncatedAddress: `192.0.${number % 256}.0`,
  userAgent: `Browser/${number}`,
});

it("takes less than 80 bytes a visitor", () => {
  const visitors = createVisitors({ randomBytes });
  for (let number = 0; number < 50_000; number += 1) visitors.see(sighting(number));
  expect(visitors.size).toBe(50_000);
  expect(visitors.bytes / visitors.size).toBeLessThan(80);
});

it("shares numbers once it is full, counts how often, and keeps those it knows apart", () => {
  const visitors = createVisitors({ randomBytes, capacity: 100 });
  const first = visitors.see(sighting(0));
  for (let number = 1; number < 20_000; number += 1) visitors.see(sighting(number));
  expect(visitors.size).toBeLessThanOrEqual(100 + 4096);
  expect(visitors.overflowed).toBe(20_000 - 100);
  expect(visitors.see(sighting(0))).toEqual({ ...first, isNewVisit: false });
  const shared = visitors.see(sighting(15_000));
  expect(visitors.see(sighting(15_000)).visitor).toBe(shared.visitor);
});

it("wipes the key of a day that is over", () => {
  const drawn: Uint8Array[] = [];
  const visitors = createVisitors({
    randomBytes: (count) => {
      const bytes = randomBytes(count);
      if (count === 32) drawn.push(bytes);
      return bytes;
    },
  });
  visitors.see(sighting(0));
  visitors.dropEnded(1_795_176_000 + 27 * 3600);
  expect(visitors.size).toBe(0);
  expect(drawn).toHaveLength(1);
});
