// Offsets and local days across changes of the clock.
import { expect, test } from "vitest";
import { addDays, isoInZone, localDay, localTime, monthStart, startOfDay, weekStart } from "./zone.ts";

const at = (iso: string): number => Date.parse(iso) / 1000;

test("a day starts at the zone's midnight, whatever daylight saving does that day", () => {
  expect(startOfDay("2026-03-29", "Europe/Berlin")).toBe(at("2026-03-29T00:00:00+01:00"));
  expect(startOfDay("2026-03-30", "Europe/Berlin")).toBe(at("2026-03-30T00:00:00+02:00"));
  expect(startOfDay("2026-10-25", "Europe/Berlin")).toBe(at("2026-10-25T00:00:00+02:00"));
  expect(startOfDay("2026-10-26", "Europe/Berlin")).toBe(at("2026-10-26T00:00:00+01:00"));
  expect(startOfDay("2026-01-01", "Pacific/Auckland")).toBe(at("2026-01-01T00:00:00+13:00"));
  expect(startOfDay("2026-01-01", "Asia/Kathmandu")).toBe(at("2026-01-01T00:00:00+05:45"));
  // Clocks go from 23:59:59 straight to 01:00 here.
  expect(startOfDay("2026-04-24", "Africa/Cairo")).toBe(at("2026-04-24T01:00:00+03:00"));
});

test("labels are what the wall shows", () => {
  expect(localDay(at("2026-06-30T23:30:00Z"), "Europe/Berlin")).toBe("2026-07-01");
  expect(localTime(at("2026-06-30T22:00:00Z"), "Europe/Berlin").hour).toBe(0);
  expect(isoInZone(at("2026-06-30T23:30:00Z"), "America/New_York")).toBe("2026-06-30T19:30:00-04:00");
  expect(isoInZone(at("2026-06-30T23:30:00Z"), "UTC")).toBe("2026-06-30T23:30:00+00:00");
});

test("calendar arithmetic", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(monthStart("2026-01-31", -1)).toBe("2025-12-01");
  expect(weekStart("2026-11-20")).toBe("2026-11-16");
  expect(weekStart("2026-11-16")).toBe("2026-11-16");
  expect(weekStart("2026-11-22")).toBe("2026-11-16");
});
