// PI3 The public never sees a group under the minimum, nor can work one out by subtracting what is shown.
import { array, assert, integer, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cell, foldDay, foldDays } from "./fold.ts";

const least = 10;
const isSafe = (visitors: number): boolean => visitors <= 0 || visitors >= least;
const sum = (cells: readonly Cell[]): number => cells.reduce((total, cell) => total + cell.visitors, 0);

const day = array(oneof(integer({ min: 1, max: 12 }), integer({ min: 1, max: 200 })), { maxLength: 12 }).map((counts) =>
  counts.map((visitors, index): Cell => ({ label: `c${index}`, visitors })),
);

describe("PI3 a folded day", () => {
  test("shows no small group, alone or by subtraction from the total (groups without overlap)", () => {
    assert(
      property(day, (cells) => {
        const total = sum(cells);
        const { shown, other } = foldDay(cells, total, least);
        if (total < least) {
          expect({ shown, other }).toEqual({ shown: [], other: 0 });
          return;
        }
        expect(shown.every(({ visitors }) => visitors >= least)).toBe(true);
        expect(isSafe(total - sum(shown))).toBe(true);
        for (const cell of shown) expect(isSafe(total - cell.visitors)).toBe(true);
        expect(isSafe(other)).toBe(true);
        // What is left over is never one group whose count could then be read off.
        if (shown.length > 0) expect(cells.length - shown.length).not.toBe(1);
      }),
      { numRuns: 3000 },
    );
  });

  test("nor where groups overlap", () => {
    assert(
      property(day, integer({ min: 0, max: 100 }), (cells, percent) => {
        const largest = Math.max(0, ...cells.map(({ visitors }) => visitors));
        const total = largest + Math.floor(((sum(cells) - largest) * percent) / 100);
        const { shown } = foldDay(cells, total, least);
        if (total < least) {
          expect(shown).toEqual([]);
          return;
        }
        expect(shown.every(({ visitors }) => visitors >= least && isSafe(total - visitors))).toBe(true);
        expect(isSafe(total - sum(shown))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("periods that overlap differ by whole days of safe groups", () => {
    assert(
      property(array(day, { minLength: 2, maxLength: 5 }), (days) => {
        const cells = days.flatMap((ofDay, index) => ofDay.map((cell) => ({ ...cell, day: `d${index}` })));
        const totals = new Map(days.map((ofDay, index) => [`d${index}`, sum(ofDay)]));
        const count = (upTo: number, label: string): number =>
          foldDays(
            cells.filter((cell) => Number(cell.day.slice(1)) < upTo),
            totals,
            least,
          ).shown.find((cell) => cell.label === label)?.visitors ?? 0;
        for (const label of new Set(cells.map((cell) => cell.label))) {
          for (let upTo = 1; upTo <= days.length; upTo += 1) {
            expect(isSafe(count(upTo, label) - count(upTo - 1, label))).toBe(true);
          }
        }
      }),
    );
  });
});

test("positive control: groups that are large enough, with a rest that is too, are shown exactly", () => {
  const cells = [
    { label: "NL", visitors: 40 },
    { label: "DE", visitors: 12 },
    { label: "FR", visitors: 6 },
    { label: "BE", visitors: 5 },
  ];
  expect(foldDay(cells, 63, least)).toEqual({ shown: cells.slice(0, 2), other: 11 });
});

test("one small group takes the next smallest with it; a day under the minimum shows nothing", () => {
  expect(
    foldDay(
      [
        { label: "NL", visitors: 40 },
        { label: "DE", visitors: 12 },
        { label: "FR", visitors: 3 },
      ],
      55,
      least,
    ),
  ).toEqual({
    shown: [{ label: "NL", visitors: 40 }],
    other: 15,
  });
  expect(
    foldDay(
      [
        { label: "NL", visitors: 95 },
        { label: "FR", visitors: 5 },
      ],
      100,
      least,
    ),
  ).toEqual({ shown: [], other: 100 });
  expect(foldDay([{ label: "NL", visitors: 9 }], 9, least)).toEqual({ shown: [], other: 0 });
});
