// The SQL engine gives the reference's answer to every question: random rows, random questions.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { tempDir } from "../contract-suite/temp-dir.ts";
import {
  dimensionColumns,
  type EventRow,
  type Filter,
  type Goal,
  metrics,
  type Permits,
  type Question,
} from "../contract.ts";
import { openDuckdbEvents } from "./duckdb-events.ts";
import { openMemoryEvents } from "./memory-events.ts";

const start = 1_792_800_000; // 2026-10-24 in UTC: the days around the end of summer time
const texts = ["", "/", "/a", "/A", "/a/b", "é", "\u{1f512}", "Direct / None", "(not set)", "%"] as const;
const text = fc.constantFrom(...texts);
const ofEvents = ["page", "hostname", "event_name", "goal", "prop:plan", 'prop:"page"'] as const;
const filterable = [
  ...dimensionColumns,
  ...ofEvents.slice(2),
  "entry_page",
  "exit_page",
  "entry_hostname",
  "exit_hostname",
] as const;
const asked = [...filterable, "time:hour", "time:day", "time:week", "time:month"] as const;

const dimensions = fc.dictionary(fc.constantFrom("page", "hostname", "source", "country", "utm_medium", "os"), text, {
  maxKeys: 4,
});

const row: fc.Arbitrary<EventRow> = fc
  .record({
    site: fc.constantFrom("a.example", "a.example", "a.example", "b.example"),
    dayNumber: fc.nat({ max: 2 }),
    seconds: fc.oneof(fc.nat({ max: 86_399 }), fc.nat({ max: 3 })),
    visitor: fc.nat({ max: 4 }),
    visit: fc.nat({ max: 2 }),
    name: fc.constantFrom("pageview", "pageview", "engagement", "Sign-up"),
    interactive: fc.boolean(),
    practice: fc.constantFrom("p", "p", "q'r"),
    version: fc.constantFrom("v", "v", "w"),
    dimensions,
    props: fc.option(fc.dictionary(fc.constantFrom("plan", '"page"'), text, { maxKeys: 2 }), { nil: undefined }),
    scrollDepth: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
    engagedMs: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
  })
  .map(({ dayNumber, seconds, visitor, visit, dimensions: held, props, scrollDepth, engagedMs, ...rest }) => ({
    ...rest,
    ...(props === undefined ? {} : { props }),
    ...(scrollDepth === undefined ? {} : { scrollDepth }),
    ...(engagedMs === undefined ? {} : { engagedMs }),
    day: `2026-10-2${4 + dayNumber}`,
    at: start + dayNumber * 86_400 + seconds,
    visitor,
    visit: visitor * 10 + visit,
    dimensions: held,
  }));

function leafOn(dimensionsOf: fc.Arbitrary<(typeof filterable)[number]>): fc.Arbitrary<Filter> {
  const leaf = fc.record({
    op: fc.constantFrom("is", "is_not", "contains", "contains_not", "matches", "matches_not"),
    dimension: dimensionsOf,
    values: fc.array(fc.oneof(text, fc.constantFrom("Sign-up", "Read", "A 'b'", "pageview")), { maxLength: 3 }),
    caseSensitive: fc.boolean(),
  }) as fc.Arbitrary<Filter>;
  return leaf.map((one) =>
    one.op === "matches" || one.op === "matches_not"
      ? { ...one, values: ["^/", "a$", "^$", "[b-z]"].slice(0, one.values.length) }
      : one,
  );
}

const leaf = leafOn(fc.constantFrom(...filterable));
const ofEvent = leafOn(fc.constantFrom(...ofEvents));
const done = fc.record({
  op: fc.constantFrom("has_done", "has_not_done"),
  of: fc.oneof(
    ofEvent,
    fc.record({ op: fc.constantFrom("and", "or"), of: fc.array(ofEvent, { maxLength: 2 }) }) as fc.Arbitrary<Filter>,
  ),
}) as fc.Arbitrary<Filter>;

const goal: fc.Arbitrary<Goal> = fc
  .record({
    label: fc.constantFrom("Sign-up", "Read", "A 'b'"),
    of: fc.constantFrom(
      { event: "Sign-up" },
      { page: "/" },
      { page: "/*" },
      { page: "/**" },
      { page: "**b" },
      { page: "%" },
    ),
  })
  .map(({ label, of }) => ({ label, ...of }));

const filter = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    done,
    fc.record({
      op: fc.constantFrom("and", "or"),
      of: fc.array(tie("filter"), { maxLength: 3 }),
    }) as fc.Arbitrary<Filter>,
    fc.record({ op: fc.constant("not"), of: tie("filter") }) as fc.Arbitrary<Filter>,
  ),
})).filter;

/** Everything, or what is not named, or what is named from some moment on. */
const permits: fc.Arbitrary<Permits> = fc.oneof(
  fc.constant(() => ({ allowed: true })),
  fc
    .tuple(fc.subarray(["v p", "v q'r", "w p", "w q'r"]), fc.nat({ max: 3 * 86_400 }), fc.boolean())
    .map(([denied, seconds, isBounded]): Permits => ({ practice, version }) => ({
      allowed: isBounded || !denied.includes(`${version} ${practice}`),
      ...(isBounded && denied.includes(`${version} ${practice}`) ? { since: start + seconds } : {}),
    })),
);

const question: fc.Arbitrary<Question> = fc
  .record({
    permits,
    from: fc.integer({ min: -10_000, max: 3 * 86_400 }),
    span: fc.oneof(fc.constant(3 * 86_400 + 20_000), fc.nat({ max: 2 * 86_400 })),
    timeZone: fc.constantFrom("UTC", "Europe/Amsterdam", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"),
    metrics: fc.uniqueArray(fc.constantFrom(...metrics), { minLength: 1 }),
    dimensions: fc.uniqueArray(fc.constantFrom(...asked), { maxLength: 3 }),
    filter: fc.option(filter, { nil: undefined }),
    goals: fc.option(fc.uniqueArray(goal, { maxLength: 3, selector: ({ label }) => label }), { nil: undefined }),
    order: fc.array(fc.tuple(fc.nat(), fc.constantFrom("asc", "desc")), { maxLength: 2 }),
    limit: fc.nat({ max: 12 }),
    offset: fc.nat({ max: 3 }),
  })
  .map(({ from, span, filter: wanted, goals, order, metrics: figures, ...others }) => {
    // Figures of whole visits and of pages have no meaning by what only an event has.
    const isDetailed = others.dimensions.some((one) => (ofEvents.slice(2) as readonly string[]).includes(one));
    const counted = figures.filter((one) => ["visitors", "visits", "pageviews", "events", "percentage"].includes(one));
    const rest = {
      ...others,
      metrics: isDetailed ? (counted.length > 0 ? counted : (["visitors"] as const)) : figures,
    };
    const keys = [...rest.metrics, ...rest.dimensions];
    const orderBy = order.map(([pick, direction]) => ({ by: keys[pick % keys.length] ?? "", direction }) as const);
    return {
      site: "a.example",
      from: start + from,
      until: start + from + span,
      ...rest,
      orderBy,
      ...(wanted === undefined ? {} : { filter: wanted }),
      ...(goals === undefined ? {} : { goals }),
    };
  });

const runs = Number(process.env["AVOW_PROPERTY_RUNS"] ?? 100);

it("agrees with the reference on every question", { timeout: 60_000 + 1000 * runs }, async () => {
  const dirs = [await tempDir(), await tempDir(), await tempDir()];
  // By sums of days; always in one statement; either, by how many groups there are.
  const keep = [undefined, 0, 3];
  const stores = await Promise.all(dirs.map(({ dir }, index) => openDuckdbEvents({ dir, keepGroups: keep[index] })));
  let sites = 0;
  try {
    const runOnce = async (rows: readonly EventRow[], later: number, one: Question, again: Question): Promise<void> => {
      // A site of its own for each run, so that one store serves them all.
      const site = `${(sites += 1)}.example`;
      const own = rows.map((held) => (held.site === "a.example" ? { ...held, site } : held));
      const reference = openMemoryEvents();
      const engines = [reference, ...stores];
      // Asked before the last rows come and after, and of another range: what is remembered must not show.
      for (const part of [own.slice(later), own.slice(0, later)]) {
        await Promise.all(part.flatMap((held) => engines.map((engine) => engine.append(held))));
        const others = { ...one, permits: again.permits };
        for (const asking of [one, { ...one, from: again.from, until: again.until }, others, one, again]) {
          const [wanted, ...answers] = await Promise.all(engines.map((engine) => engine.ask({ ...asking, site })));
          for (const answer of answers) expect(answer).toEqual(wanted);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 60 }), fc.nat({ max: 20 }), question, question, runOnce),
      {
        numRuns: runs,
      },
    );
  } finally {
    for (const store of stores) await store.close();
    for (const { remove } of dirs) await remove();
  }
});
