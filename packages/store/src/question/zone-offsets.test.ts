// Offsets and buckets against dates known by heart.
import { expect, it } from "vitest";
import { StoreValueError } from "../errors.ts";
import { timeBucket, timeLabel } from "./time-bucket.ts";
import { localSeconds, zoneOffsets } from "./zone-offsets.ts";

const at = (iso: string): number => Date.parse(iso) / 1000;

it("finds every change of a year to the second", () => {
  const offsets = zoneOffsets("Europe/Amsterdam", at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"));
  expect(offsets).toEqual([
    { since: at("2026-01-01T00:00:00Z"), offset: 3600 },
    { since: at("2026-03-29T01:00:00Z"), offset: 7200 },
    { since: at("2026-10-25T01:00:00Z"), offset: 3600 },
  ]);
});

it("finds both changes of a week that has two", () => {
  // Morocco leaves and re-enters its offset around Ramadan, further apart than a week, but never on a step of ours.
  const offsets = zoneOffsets("Africa/Casablanca", at("2026-01-03T00:00:00Z"), at("2026-06-01T00:00:00Z"));
  expect(offsets.map(({ offset }) => offset)).toEqual([3600, 0, 3600]);
});

it("labels in local time", () => {
  const offsets = zoneOffsets("Asia/Kolkata", 0, 10);
  const local = localSeconds(offsets, at("2026-11-30T20:15:00Z"));
  expect(timeLabel("time:hour", timeBucket("time:hour", local))).toBe("2026-12-01 01:00:00");
  expect(timeLabel("time:day", timeBucket("time:day", local))).toBe("2026-12-01");
  expect(timeLabel("time:week", timeBucket("time:week", local))).toBe("2026-11-30");
  expect(timeLabel("time:month", timeBucket("time:month", local))).toBe("2026-12-01");
});

it("refuses a zone nobody knows", () => {
  expect(() => zoneOffsets("Mars/Olympus", 0, 1)).toThrow(StoreValueError);
});
