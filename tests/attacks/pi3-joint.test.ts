// PI3, joint part: over all tables of a closed day together no fact of one visitor is joined to another, and no number of one is on disk.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { type Answer, type Events, type Filter, openEvents, type Question, shapesOf } from "@avow/store";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesBelow } from "./disk-witness.ts";
import { countries, day, dimensions, from, least, people, type Person, site } from "./joint-traffic.ts";

let dir: string;
let events: Events;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "avow-joint-"));
  events = await openEvents({ dir });
});
afterEach(async () => {
  await events.close();
  rmSync(dir, { recursive: true, force: true });
});

const order = { site, day, timeZone: "UTC", least, shapes: shapesOf(dimensions) };

async function fill(of: readonly Person[]): Promise<void> {
  await Promise.all(of.flatMap(({ rows }) => rows.map((row) => events.append(row))));
}

type Dimension = (typeof dimensions)[number];

function is(dimension: Dimension, op: "is" | "is_not", ...values: readonly string[]): Filter {
  return { op, dimension, values, caseSensitive: true };
}

function ask(change: Partial<Question>): Promise<Answer> {
  return events.ask({
    site,
    permits: () => ({ allowed: true }),
    from,
    until: from + 86_400,
    timeZone: "UTC",
    metrics: ["visitors"],
    dimensions: [],
    orderBy: [],
    limit: 100_000,
    offset: 0,
    ...change,
  });
}

/** What an attacker who knows somebody's facts takes for their country: the commonest in the smallest group they can find of them. */
async function guess(known: ReadonlyMap<Dimension, string>): Promise<string> {
  let best: { readonly country: string; readonly group: number } | undefined;
  for (const [dimension, value] of known) {
    const { rows, notKept } = await ask({ dimensions: ["country"], filter: is(dimension, "is", value) });
    const shown = rows.filter(({ isOther }) => isOther !== true);
    if (notKept !== undefined || shown.length === 0) continue;
    const group = shown.reduce((sum, { metrics: [few] }) => sum + (few ?? 0), 0);
    const commonest = shown.toSorted((a, b) => (b.metrics[0] ?? 0) - (a.metrics[0] ?? 0))[0];
    const country = commonest?.dimensions[0] ?? "";
    if (best === undefined || group < best.group) best = { country, group };
  }
  return best?.country ?? countries[0];
}

/** Share of people whose country is told from the rest of what is known of them. */
async function told(of: readonly Person[]): Promise<number> {
  let right = 0;
  for (const { rarePage, country, rows } of of) {
    const [first] = rows;
    const known = new Map<Dimension, string>([["page", rarePage]]);
    for (const dimension of ["source", "device", "browser"] as const) {
      const value = first?.dimensions[dimension];
      if (value !== undefined && value !== "") known.set(dimension, value);
    }
    if ((await guess(known)) === country) right += 1;
  }
  return right / of.length;
}

test("PI3 facts of a closed day are joined to nobody: what is known of a person tells no more than chance", async () => {
  const all = people(900, 7);
  await fill(all);
  const asked = all.slice(0, 300);
  // Positive control: from rows, and from counts of one, the page that three people saw tells who they are.
  expect(await told(asked)).toBeGreaterThan(0.35);
  await events.closeDay(order);
  // The commonest of eight countries in a group of a hundred is about a sixth of it, and that is all there is to guess by.
  expect(await told(asked)).toBeLessThan(2 / countries.length);
});

async function visitorsOf(filter?: Filter): Promise<number | undefined> {
  const { rows, notKept } = await ask(filter === undefined ? {} : { filter });
  return notKept === undefined ? (rows[0]?.metrics[0] ?? 0) : undefined;
}

function small(sizes: readonly number[]): readonly number[] {
  return sizes.filter((size) => size !== 0 && size < least);
}

/** Every group the tables of the day tell of, and every difference of two of them that are parts of each other. */
async function groupsTold(): Promise<readonly number[]> {
  const sizes: number[] = [];
  const total = (await visitorsOf()) ?? 0;
  const compare = (whole: number | undefined, part: number | undefined): void => {
    if (part !== undefined) sizes.push(part);
    if (whole !== undefined && part !== undefined) sizes.push(whole - part);
  };
  for (const one of dimensions) {
    const shown = (await ask({ dimensions: [one] })).rows;
    for (const { metrics } of shown) sizes.push(metrics[0] ?? 0);
    for (const {
      dimensions: [value = ""],
      isOther,
    } of shown) {
      if (isOther === true) continue;
      const alone = await visitorsOf(is(one, "is", value));
      compare(total, alone);
      compare(total, await visitorsOf(is(one, "is_not", value)));
      for (const other of dimensions) {
        if (other === one) continue;
        const within = (await ask({ dimensions: [other], filter: is(one, "is", value) })).rows;
        for (const row of within) {
          if (row.isOther === true) continue;
          const second = row.dimensions[0] ?? "";
          compare(alone, row.metrics[0] ?? 0);
          const both = { op: "and", of: [is(one, "is", value), is(other, "is_not", second)] } as const;
          compare(alone, await visitorsOf(both));
        }
      }
    }
  }
  return sizes;
}

test("PI3 no filter, and no difference of two, tells of fewer than the notice's number", async () => {
  const all = people(260, 11, 3);
  await fill(all);
  // Positive control: rows tell of small groups.
  expect(small(await groupsTold()).length).toBeGreaterThan(10);
  await events.closeDay(order);
  const sizes = await groupsTold();
  expect(sizes.length).toBeGreaterThan(60);
  expect(small(sizes)).toEqual([]);
}, 120_000);

test("PI3 what a pair's kept groups leave of a value is nothing, or two groups of enough visitors", async () => {
  const all = people(600, 23, 2);
  await fill(all);
  await events.closeDay(order);
  const facts = all.flatMap(({ rows }) => rows);
  let left = 0;
  for (const one of ["country", "device", "browser", "page"] as const) {
    for (const other of ["country", "device", "source", "page"] as const) {
      if (one === other) continue;
      for (const value of (await ask({ dimensions: [one] })).rows.flatMap((row) =>
        row.isOther ? [] : row.dimensions,
      )) {
        const answer = await ask({ dimensions: [other], filter: is(one, "is", value) });
        const shown = new Set(answer.rows.flatMap(({ dimensions: [name] }) => (name === undefined ? [] : [name])));
        const hidden = facts.filter(
          (row) =>
            row.dimensions[one] === value &&
            other !== "source" &&
            !shown.has(row.dimensions[other] === "" ? "(not set)" : (row.dimensions[other] ?? "")),
        );
        if (hidden.length === 0) continue;
        left += 1;
        expect(new Set(hidden.map((row) => row.dimensions[other])).size).toBeGreaterThan(1);
        expect(new Set(hidden.map(({ visitor }) => visitor)).size).toBeGreaterThanOrEqual(least);
      }
    }
  }
  expect(left).toBeGreaterThan(3);
}, 60_000);

/** A number as a file may hold it: text, or bytes in either order. */
function forms(number: number): readonly Buffer[] {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(number));
  const six = bytes.subarray(0, 6);
  return [Buffer.from(String(number)), Buffer.from(number.toString(16)), six, Buffer.from(six.toReversed())];
}

/** Bytes of every file, and of every compressed part of one. */
function allBytes(): readonly Buffer[] {
  return filesBelow(dir).flatMap(({ bytes }) => {
    const parts: Buffer[] = [bytes];
    for (let at = bytes.indexOf(frameMagic); at >= 0; at = bytes.indexOf(frameMagic, at + 4)) {
      try {
        parts.push(zstdDecompressSync(bytes.subarray(at)));
      } catch {
        // Not the beginning of a part.
      }
    }
    return parts;
  });
}
const frameMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function found(of: readonly Person[]): number {
  const parts = allBytes();
  const wanted = of.flatMap(({ visitor, rows }) => [visitor, ...new Set(rows.map(({ visit }) => visit))]);
  return wanted.filter((number) => forms(number).some((form) => parts.some((bytes) => bytes.includes(form)))).length;
}

test("PI3 after close no number of a visitor or visit is on any byte of any file, also beside another site's rows", async () => {
  const all = people(300, 31);
  await fill(all);
  const neighbour = people(50, 77).map((person) => ({
    ...person,
    rows: person.rows.map((row) => ({ ...row, site: "neighbour.example" })),
  }));
  await fill(neighbour);
  await events.days();
  // Positive control: the same search finds every one of them before.
  expect(found(all)).toBeGreaterThanOrEqual(600);
  await events.closeDay(order);
  expect(found(all)).toBe(0);
  expect(found(neighbour)).toBeGreaterThanOrEqual(100);
  await events.closeDay({ ...order, site: "neighbour.example" });
  expect(found(neighbour)).toBe(0);
  await events.close();
  expect(found([...all, ...neighbour])).toBe(0);
}, 60_000);

function holds(): boolean {
  return allBytes().some((bytes) => bytes.includes("joint.example") && bytes.includes("onePerVisit"));
}

test("PI3 counts that are over are on no byte either", async () => {
  await fill(people(300, 41));
  await events.closeDay(order);
  expect(holds()).toBe(true);
  await events.forgetCells(site, "2026-11-21");
  expect(holds()).toBe(false);
});
