// Text is ordered as its UTF-8 bytes are, whatever plane its characters are from.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Question } from "../contract.ts";
import { inOrder } from "./order-groups.ts";

it("orders text by code points", () => {
  const question: Question = {
    site: "a.example",
    permits: () => ({ allowed: true }),
    from: 0,
    until: 1,
    timeZone: "UTC",
    metrics: [],
    dimensions: ["page"],
    orderBy: [],
    limit: 1,
    offset: 0,
  };
  const order = inOrder(question);
  const unit = fc.constantFrom("", "a", "b", "é", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{1f512}");
  const text = fc.array(unit, { maxLength: 4 }).map((units) => units.join(""));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const found = order({ values: [a], metrics: [] }, { values: [b], metrics: [] });
      expect(Math.sign(found)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
