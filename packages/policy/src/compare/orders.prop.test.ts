// The laws of order on every dimension and of their product, and that the normal form is one.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Practice } from "../model/notice.ts";
import { indexVocabulary } from "../terms/index-vocabulary.ts";
import { isBelow, isBelowOn } from "./below.ts";
import { uncovered } from "./cover.ts";
import { normalise } from "./normalise.ts";
import { type Point, type Receiver, dimensions } from "./point.ts";
import { relateTerms } from "./term-relation.ts";
import { randomPair } from "./testing/random-notices.ts";

const seeds = fc.integer({ min: 0, max: 1_000_000 });
/** Recipients that differ in little, so that many are comparable. */
const receivers = fc.record({
  role: fc.constantFrom("processor", "joint controller", "public body"),
  reached: fc.constantFrom("directly", "by us"),
  hosts: fc.subarray(["a.example", "b.example"]),
  holds: fc.constantFrom("stores", "transits", "not stated"),
  hasAgreement: fc.boolean(),
  voucher: fc.option(fc.constant({ says: "same", by: "b", on: "2026-01-01", until: "2027-01-01" }), { nil: undefined }),
});

/** Points of several versions over one vocabulary, so that many are comparable. */
const scenes = fc
  .tuple(seeds, fc.array(seeds, { minLength: 2, maxLength: 2 }), fc.infiniteStream(receivers))
  .map(([seed, others, drawn]) => {
    const { old, next } = randomPair(seed);
    const points = [old, next, ...others.map((each) => randomPair(each).old)]
      .flatMap((side) => normalise(side))
      .map((point) =>
        point.recipient === undefined ? point : { ...point, recipient: receiver(point.recipient, drawn.next().value) },
      );
    return { points, terms: relateTerms(old.vocabulary, old.vocabulary) };
  });

function receiver(base: Receiver, { voucher, ...drawn }: Partial<Receiver>): Receiver {
  const { sees: _sees, voucher: _voucher, ...rest } = base;
  return { ...rest, ...drawn, id: "alpha", name: "alpha", through: [], ...(voucher === undefined ? {} : { voucher }) };
}

describe.each(dimensions)("the order of %s", (dimension) => {
  it("is reflexive and transitive, and mutual only among equals", () => {
    let [below, mutual] = [0, 0];
    fc.assert(
      fc.property(scenes, ({ points, terms }) => {
        const isLow = (one: Point, other: Point): boolean => isBelowOn(dimension, one, other, terms);
        const some = points.slice(0, 24);
        for (const a of some) {
          expect(isLow(a, a)).toBe(true);
          for (const b of some) {
            if (!isLow(a, b)) continue;
            below += 1;
            for (const c of some) if (isLow(b, c)) expect(isLow(a, c), JSON.stringify([a, b, c])).toBe(true);
            if (!isLow(b, a)) continue;
            mutual += 1;
            // Antisymmetric up to equivalence: equals stand alike to everything.
            for (const c of some) expect([isLow(a, c), isLow(c, a)]).toEqual([isLow(b, c), isLow(c, b)]);
          }
        }
      }),
      { numRuns: 15 },
    );
    expect(below).toBeGreaterThan(mutual);
  });
});

describe("the product order", () => {
  it("is an order too", () => {
    fc.assert(
      fc.property(scenes, ({ points, terms }) => {
        const some = points.slice(0, 40);
        for (const a of some) {
          expect(isBelow(a, a, terms)).toBe(true);
          for (const b of some)
            if (isBelow(a, b, terms))
              for (const c of some) if (isBelow(b, c, terms)) expect(isBelow(a, c, terms)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("the normal form", () => {
  it("is idempotent: the points read again as practices permit the same, and no point is lost to another's order", () => {
    let full = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { old } = randomPair(seed);
        const points = normalise(old).filter((each) => each.act !== "contact");
        const practices = points.map((point): Practice => {
          const held = { data: point.data, reads: [], sends: [] };
          const sent = { data: [], reads: [], sends: point.data };
          const doing =
            point.act === "send"
              ? sent
              : point.act === "hold" || point.keep.kind !== "never by us"
                ? held
                : { ...sent, reads: point.data, sends: [] };
          const needs = point.condition.features[0];
          return {
            id: point.clause,
            from: [point.subject],
            for: [point.purpose],
            ...doing,
            when: point.condition.when,
            basis: point.basis,
            keep: [{ form: point.form, keep: point.keep }],
            to: point.act === "send" ? [point.recipient?.id ?? ""] : [],
            ...(needs === undefined ? {} : { needs }),
            ...(point.act === "hold" && point.recipient !== undefined ? { held: "their own device" as const } : {}),
            assumed: [],
          };
        });
        // What is read longer than a moment is read because it is held: the hold stands beside it.
        const again = {
          notice: {
            ...old.notice,
            practices: practices.filter(
              (_, at) => points[at]?.act !== "read" || points[at]?.keep.kind === "never by us",
            ),
          },
        };
        const terms = relateTerms(old.vocabulary, old.vocabulary);
        const round = normalise(again).filter((each) => each.act !== "contact");
        const narrower = uncovered(round, points, terms).filter(({ point }) => point.act !== "read");
        expect(narrower).toEqual([]);
        const wider = uncovered(points, round, terms).filter(({ point }) => point.act !== "read");
        expect(wider).toEqual([]);
        if (points.length > 0) full += 1;
      }),
      { numRuns: 100 },
    );
    // A practice may permit nothing at all; were that common, agreement would say little.
    expect(full).toBeGreaterThan(80);
  });
});

describe("the terms of one vocabulary", () => {
  it("stand as the index of the vocabulary says", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { vocabulary } = randomPair(seed).next;
        const [index, terms] = [indexVocabulary(vocabulary), relateTerms(vocabulary, { terms: [...vocabulary.terms] })];
        for (const kind of ["data", "subject", "purpose"] as const)
          for (const one of index.keys(kind)) {
            expect(terms.frontier(kind, one)).toEqual([one]);
            for (const other of index.keys(kind)) {
              expect(terms.above(kind, one).has(other)).toBe(index.isAtOrBelow(kind, one, other));
              expect(terms.overlapping(kind, one).has(other)).toBe(index.overlaps(kind, one, other));
            }
          }
      }),
      { numRuns: 60 },
    );
  });
});
