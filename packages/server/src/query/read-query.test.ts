// The documented forms of a question are read; everything else is refused by field.
import { expect, test } from "vitest";
import { filterLimits } from "./read-filters.ts";
import { readQuery } from "./read-query.ts";
import { timeLabels } from "./time-labels.ts";

const moment = { now: Date.parse("2026-11-20T10:15:00Z") / 1000, timeZone: "Europe/Berlin", firstDay: "2026-08-03" };
const read = (query: Record<string, unknown>): ReturnType<typeof readQuery> =>
  readQuery({ site_id: "s.example", metrics: ["visitors"], date_range: "7d", ...query }, moment);

test("the order is filled in: time upward, then the first metric downward", () => {
  expect(read({}).orderBy).toEqual([["visitors", "desc"]]);
  expect(read({ dimensions: ["visit:source", "time:day"], metrics: ["visits", "events"] }).orderBy).toEqual([
    ["time:day", "asc"],
    ["visits", "desc"],
  ]);
  expect(read({ dimensions: ["visit:source"], order_by: [["visit:source", "asc"]] }).orderBy).toEqual([
    ["visit:source", "asc"],
  ]);
});

test.each([
  ["day", "time:hour"],
  ["24h", "time:hour"],
  ["7d", "time:day"],
  ["91d", "time:day"],
  ["12mo", "time:month"],
  ["year", "time:month"],
  [["2026-01-01", "2026-01-02"], "time:hour"],
  [["2026-01-01", "2026-12-31"], "time:month"],
])("`time` over %j is %s", (date_range, word) => {
  expect(read({ dimensions: ["time"], date_range }).dimensions).toEqual([word]);
});

test("filters nest and fold case when asked; labels of absence are left to the store", () => {
  const { filter } = read({
    filters: [
      [
        "or",
        [
          ["is", "visit:source", ["Direct / None", "Google"]],
          ["not", ["contains", "event:page", ["/Blog"], { case_sensitive: false }]],
        ],
      ],
      ["is_not", "visit:utm_medium", ["(not set)"]],
    ],
  });
  expect(filter).toEqual({
    op: "and",
    of: [
      {
        op: "or",
        of: [
          { op: "is", dimension: "source", values: ["Direct / None", "Google"], caseSensitive: true },
          { op: "not", of: { op: "contains", dimension: "page", values: ["/Blog"], caseSensitive: false } },
        ],
      },
      { op: "is_not", dimension: "utm_medium", values: ["(not set)"], caseSensitive: true },
    ],
  });
});

test("country names are the codes they stand for", () => {
  expect(read({ filters: [["is", "visit:country_name", ["Netherlands"]]] }).filter).toMatchObject({
    op: "is",
    dimension: "country",
    values: ["NL"],
  });
  expect(
    read({ filters: [["contains_not", "visit:country_name", ["nETHERLand"], { case_sensitive: false }]] }).filter,
  ).toMatchObject({ op: "is_not", values: ["BQ", "NL"] });
  expect(read({ filters: [["is", "visit:country_name", ["Atlantis"]]] }).filter).toMatchObject({ values: ["--"] });
});

const deep = (depth: number): unknown => (depth === 0 ? ["is", "event:page", ["/"]] : ["not", deep(depth - 1)]);

test.each<[string, Record<string, unknown>, RegExp]>([
  ["a mistyped metric", { metrics: ["visitor"] }, /^metrics: unknown metric `visitor`; did you mean `visitors`\?$/],
  [
    "a mistyped dimension",
    { dimensions: ["visit:contry"] },
    /^dimensions: unknown dimension `visit:contry`; did you mean `visit:country`\?$/,
  ],
  ["a bare dimension", { dimensions: ["browser"] }, /did you mean `visit:browser`\?$/],
  ["no metrics", { metrics: [] }, /^metrics must/],
  ["metrics of another type", { metrics: "visitors" }, /^metrics must/],
  ["a metric twice", { metrics: ["visits", "visits"] }, /^metrics must not/],
  ["a metric that is an object", { metrics: [{}] }, /^metrics: unknown metric/],
  ["dimensions of another type", { dimensions: {} }, /^dimensions must/],
  ["two dimensions of time", { dimensions: ["time:day", "time:hour"] }, /^dimensions: only one/],
  [
    "a visit metric by hostname",
    { metrics: ["bounce_rate"], dimensions: ["event:hostname"] },
    /^metrics: `bounce_rate`/,
  ],
  ["a percentage of nothing", { metrics: ["percentage"] }, /^metrics: `percentage` needs/],
  [
    "an unknown operator",
    { filters: [["iss", "event:page", ["/"]]] },
    /^filters: unknown operator `iss`; did you mean `is`/,
  ],
  [
    "an unknown filter dimension",
    { filters: [["is", "event:pages", ["/"]]] },
    /^filters: unknown dimension.*`event:page`\?/,
  ],
  ["a filter of time", { filters: [["is", "time:day", ["2026-01-01"]]] }, /^filters cannot use time/],
  ["no values", { filters: [["is", "event:page", []]] }, /^filters: `is` needs/],
  ["values of another type", { filters: [["is", "event:page", [null]]] }, /^filters: values/],
  ["a bad pattern", { filters: [["matches", "event:page", ["("]]] }, /not a regular expression$/],
  ["a pattern RE2 lacks", { filters: [["matches", "event:page", ["(?=a)"]]] }, /not a regular expression$/],
  ["a deep filter", { filters: [deep(9)] }, /^filters are nested deeper/],
  [
    "a huge filter",
    { filters: [["or", Array.from({ length: filterLimits.leaves + 1 }, () => deep(0))]] },
    /^filters have more/,
  ],
  ["a filter that is no list", { filters: ["event:page==/"] }, /^filters must/],
  ["an order by what is not asked", { order_by: [["visits", "asc"]] }, /^order_by: `visits`/],
  ["an order without direction", { order_by: [["visitors"]] }, /^order_by must/],
  ["labels without time", { include: { time_labels: true } }, /^include.time_labels/],
  ["an unknown option", { include: { comparisons: true } }, /^include: unknown option `comparisons`/],
  ["a limit too large", { pagination: { limit: 10_001 } }, /^pagination.limit/],
  ["a negative offset", { pagination: { offset: -1 } }, /^pagination.offset/],
  ["an unknown key", { metric: [] }, /^query: unknown key `metric`; did you mean `metrics`\?$/],
])("%s is refused by the name of the field", (_, query, message) => {
  expect(() => read(query)).toThrow(message);
});

test("time labels name every bucket, doubled hours once", () => {
  const day = read({ date_range: ["2026-10-25", "2026-10-25"], dimensions: ["time:hour"] });
  const hours = timeLabels("time:hour", day.range, moment.timeZone);
  expect(hours).toHaveLength(24);
  expect(hours.slice(0, 4)).toEqual([0, 1, 2, 3].map((hour) => `2026-10-25 0${hour}:00:00`));
  const spring = read({ date_range: ["2026-03-29", "2026-03-29"], dimensions: ["time:hour"] });
  expect(timeLabels("time:hour", spring.range, moment.timeZone)).not.toContain("2026-03-29 02:00:00");
  expect(timeLabels("time:day", read({}).range, moment.timeZone)).toHaveLength(7);
  expect(timeLabels("time:week", read({}).range, moment.timeZone)).toEqual(["2026-11-09", "2026-11-16"]);
  expect(timeLabels("time:month", read({ date_range: "12mo" }).range, moment.timeZone)).toHaveLength(12);
});

function pages(of: number): unknown {
  return ["contains", "event:page", Array.from({ length: of }, (_, at) => `/${at}`)];
}

test("values count over all conditions: many short lists are one long one", () => {
  const [half, rest] = [pages(filterLimits.values / 2), pages(filterLimits.values / 2)];
  expect(read({ filters: [["or", [half, rest]]] }).filter).toBeDefined();
  expect(() => read({ filters: [["or", [half, rest, pages(1)]]] })).toThrow(/more than 500 values together/);
});
