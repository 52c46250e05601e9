// The contract of today's visitors: the same request is the same number today, and nobody's tomorrow.
import { describe, expect, it } from "vitest";
import type { Sighting, Visitors } from "../contract.ts";
import { numberLimit } from "../event-row-check.ts";

const noon = 1_795_176_000;
const sighting: Sighting = {
  site: "a.example",
  day: "2026-11-20",
  at: noon,
  truncatedAddress: "192.0.2.0",
  userAgent: "Browser/1",
};

export function visitorsContract(open: () => Visitors): void {
  describe("who is the same", () => sameness(open));
  describe("when a visit ends", () => visitEnds(open));
  describe("what is forgotten", () => forgetting(open));
}

function sameness(open: () => Visitors): void {
  it("gives one visitor one number today", () => {
    const visitors = open();
    const first = visitors.see(sighting);
    const second = visitors.see({ ...sighting, at: noon + 60 });
    expect(first.isNewVisit).toBe(true);
    expect(second).toEqual({ visitor: first.visitor, visit: first.visit, isNewVisit: false });
    expect(visitors.size).toBe(1);
  });

  it("tells addresses, user agents, sites and days apart", () => {
    const visitors = open();
    const others: readonly Partial<Sighting>[] = [
      {},
      { truncatedAddress: "192.0.3.0" },
      { userAgent: "Browser/2" },
      { site: "b.example" },
      { day: "2026-11-21" },
    ];
    const numbers = others.map((other) => visitors.see({ ...sighting, ...other }).visitor);
    expect(new Set(numbers).size).toBe(others.length);
  });

  it("draws numbers that the stores can hold and that do not come from the person", () => {
    const one = open().see(sighting);
    const other = open().see(sighting);
    for (const number of [one.visitor, one.visit]) {
      expect(Number.isInteger(number) && number >= 0 && number < numberLimit).toBe(true);
    }
    expect(one.visitor).not.toBe(other.visitor);
  });
}

function visitEnds(open: () => Visitors): void {
  it("ends a visit after more than 30 minutes without an event", () => {
    const visitors = open();
    const first = visitors.see(sighting);
    const kept = visitors.see({ ...sighting, at: noon + 1800 });
    const ended = visitors.see({ ...sighting, at: noon + 3601 });
    expect(kept.visit).toBe(first.visit);
    expect(ended).toMatchObject({ visitor: first.visitor, isNewVisit: true });
    expect(ended.visit).not.toBe(first.visit);
  });

  it("does not end a visit because the clock was set back", () => {
    const visitors = open();
    const first = visitors.see(sighting);
    expect(visitors.see({ ...sighting, at: noon - 3000 }).visit).toBe(first.visit);
    expect(visitors.see({ ...sighting, at: noon + 1800 }).visit).toBe(first.visit);
  });

  it("ends a visit at midnight, with a new number for the visitor", () => {
    const visitors = open();
    const before = visitors.see(sighting);
    const after = visitors.see({ ...sighting, at: noon + 1, day: "2026-11-21" });
    expect(after.isNewVisit).toBe(true);
    expect(after.visitor).not.toBe(before.visitor);
    expect(after.visit).not.toBe(before.visit);
  });
}

function forgetting(open: () => Visitors): void {
  it("bridges a clock set back over midnight, then forgets the day", () => {
    const visitors = open();
    const before = visitors.see(sighting);
    visitors.see({ ...sighting, at: noon + 10, day: "2026-11-21" });
    expect(visitors.see({ ...sighting, at: noon + 9 }).visitor).toBe(before.visitor);
    visitors.see({ ...sighting, at: noon + 1000, day: "2026-11-21" });
    expect(visitors.size).toBe(1);
    expect(visitors.see({ ...sighting, at: noon + 1001 }).visitor).not.toBe(before.visitor);
  });

  it("forgets a site nobody visits any more once another is visited", () => {
    const visitors = open();
    visitors.see(sighting);
    visitors.see({ ...sighting, site: "b.example", day: "2026-11-22", at: noon + 2 * 86_400 });
    expect(visitors.size).toBe(1);
  });
}
