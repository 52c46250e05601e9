// Every documented date range in a site's own time zone.
import { expect, test } from "vitest";
import { type Moment, readDateRange } from "./date-range.ts";
import { isoInZone } from "./zone.ts";

const moment: Moment = {
  now: Date.parse("2026-11-20T10:15:00Z") / 1000,
  timeZone: "Europe/Berlin",
  firstDay: "2026-08-03",
};

function shown(given: unknown): readonly string[] {
  const { from, until } = readDateRange(given, moment);
  return [isoInZone(from, moment.timeZone), isoInZone(until - 1, moment.timeZone)];
}

test.each([
  ["day", "2026-11-20T00:00:00+01:00", "2026-11-20T23:59:59+01:00"],
  ["24h", "2026-11-19T11:15:00+01:00", "2026-11-20T11:15:00+01:00"],
  ["7d", "2026-11-13T00:00:00+01:00", "2026-11-19T23:59:59+01:00"],
  ["28d", "2026-10-23T00:00:00+02:00", "2026-11-19T23:59:59+01:00"],
  ["30d", "2026-10-21T00:00:00+02:00", "2026-11-19T23:59:59+01:00"],
  ["91d", "2026-08-21T00:00:00+02:00", "2026-11-19T23:59:59+01:00"],
  ["month", "2026-11-01T00:00:00+01:00", "2026-11-20T23:59:59+01:00"],
  ["6mo", "2026-05-01T00:00:00+02:00", "2026-10-31T23:59:59+01:00"],
  ["12mo", "2025-11-01T00:00:00+01:00", "2026-10-31T23:59:59+01:00"],
  ["year", "2026-01-01T00:00:00+01:00", "2026-11-20T23:59:59+01:00"],
  ["all", "2026-08-03T00:00:00+02:00", "2026-11-20T23:59:59+01:00"],
])("%s runs from %s to %s", (preset, from, until) => {
  expect(shown(preset)).toEqual([from, until]);
});

test("pairs of dates are whole days, pairs of date-times whole seconds, both ends included", () => {
  expect(shown(["2026-01-01", "2026-07-01"])).toEqual(["2026-01-01T00:00:00+01:00", "2026-07-01T23:59:59+02:00"]);
  expect(shown(["2026-01-01T12:00:00+02:00", "2026-01-01T15:59:59+02:00"])).toEqual([
    "2026-01-01T11:00:00+01:00",
    "2026-01-01T14:59:59+01:00",
  ]);
});

test.each([
  [undefined],
  ["7 d"],
  [7],
  [["2026-01-01"]],
  [["2026-02-30", "2026-03-01"]],
  [["2026-03-02", "2026-03-01"]],
  [["2026-03-01", "2026-03-01T00:00:00Z"]],
  [["2026-03-01T00:00:00", "2026-03-01T00:00:00"]],
  [["0001-01-01", "9999-01-01"]],
  [{}],
])("%j is refused by the name of the field", (given) => {
  expect(() => readDateRange(given, moment)).toThrow(/^date_range /);
});
