// From a question in the address to a bulletin: the owner's exact counts, or the public's folded ones.
import type { Policy } from "@avow/policy";
import type { Metric, Site } from "@avow/store";
import { readerPurposes } from "../../house-of.ts";
import type { House } from "../../house.ts";
import { localDay, startOfDay } from "../../query/zone.ts";
import { quietly } from "../quiet-gate.ts";
import { type Ask, askerOf, clauseFor } from "./ask-through-gate.ts";
import type { BulletinModel } from "./bulletin-model.ts";
import {
  type TableDimension,
  filterOf,
  publicDimensions,
  readPageFilters,
  statsPath,
  tableDimensions,
} from "./filters.ts";
import { createNotKeptNotes } from "./not-kept.ts";
import { createNotUsedNotes } from "./not-used.ts";
import { type Period, readPeriod } from "./period.ts";
import { shownUntil } from "./running-day.ts";
import { type Plan, readOwnerCounts, mostRows } from "./read-owner-counts.ts";
import { readPublicCounts } from "./read-public-counts.ts";

/** Where no stage of the notice names a smallest group. */
const usualLeast = 10;

/** @throws Refusal 400 for a period that cannot be read or takes too long. */
export async function readBulletin(
  house: House,
  site: Site,
  policy: Policy,
  reader: "owner" | "public",
  query: URLSearchParams,
  nowMs: number,
  { rows = mostRows, path = statsPath(site.domain) }: { readonly rows?: number; readonly path?: string } = {},
): Promise<BulletinModel> {
  const period = comparable(readPeriod(query, nowMs, site.timeZone), await measuredFrom(house, site));
  // Two dimensions together could single out a group under the minimum, so only the owner filters.
  const filters = reader === "owner" ? readPageFilters(query) : [];
  const clauses = clausesFor(house, policy, dimensionsOf(site, reader));
  const least = Math.max(leastOf(policy, new Set(clauses.values())), await heldLeast(house, site));
  const dayBegan = startOfDay(localDay(nowMs / 1000, site.timeZone), site.timeZone);
  const filter = filterOf(filters.filter(({ dimension }) => clauses.has(dimension)));
  const [unused, unkept] = [createNotUsedNotes(), createNotKeptNotes()];
  const ask = askerOf(house, house.reader(reader, policy.id), policy, site, nowMs, unused.note, unkept.note);
  const shown =
    reader === "owner" || period.until <= dayBegan
      ? period.until
      : await shownUntil(house, site.domain, least, { began: dayBegan, now: nowMs / 1000 }, async (until) => {
          const answer = await ask({ from: dayBegan, until, metrics: ["visitors"], dimensions: [], limit: 1 });
          return answer.rows[0]?.metrics[0] ?? 0;
        });
  const plan: Plan = {
    ask,
    period,
    timeZone: site.timeZone,
    clauses,
    hasTime: permits(house, policy, ["visitors"], true),
    metrics: metricsFor(house, policy),
    least,
    shown,
    rows,
    ...(filter === undefined ? {} : { filter }),
  };
  const present = reader === "owner" ? await presentNow(house, policy, ask, nowMs) : undefined;
  const counts = await (reader === "owner" ? readOwnerCounts(plan) : readPublicCounts(plan));
  return {
    site: site.domain,
    path,
    isPublic: site.isPublic,
    reader,
    notice: { id: policy.id, title: policy.title, version: policy.version, contact: policy.controller.contact },
    timeZone: site.timeZone,
    period,
    query,
    filters,
    least,
    ...counts,
    ...(present === undefined ? {} : { present }),
    isInSteps: reader === "public" && period.until > dayBegan,
    notUsed: unused.all(),
    notKept: unkept.all(),
    undeclared: publicDimensions.filter((dimension) => !clauses.has(dimension)),
    drops: reader === "owner" && counts.isEmpty ? await dropsOf(house, policy) : [],
    scriptUrl: `${house.settings.publicUrl}/js/script.js`,
  };
}

/** Visitors of the last half hour: only the owner sees single ones come. */
async function presentNow(house: House, policy: Policy, ask: Ask, nowMs: number): Promise<number | undefined> {
  if (!permits(house, policy, ["visitors"], false)) return undefined;
  const until = Math.floor(nowMs / 1000) + 1;
  const answer = await ask({ from: until - 1800, until, metrics: ["visitors"], dimensions: [], limit: 1 });
  return answer.rows[0]?.metrics[0] ?? 0;
}

/** A period before anything was measured is nothing to compare with. */
function comparable(period: Period, measured: number): Period {
  const { from } = period.previous;
  return from >= measured ? period : { ...period, previous: { from, until: from } };
}

/** Epoch seconds of the first day that can hold anything of the site. */
async function measuredFrom({ events }: House, { domain, createdAtMs, timeZone }: Site): Promise<number> {
  const open = (await events.days()).map(({ day }) => day);
  const days = [...open, ...(await events.closedDays(domain)).map(({ day }) => day)];
  const first = [localDay(createdAtMs / 1000, timeZone), ...days].toSorted()[0] ?? "";
  return startOfDay(first, timeZone);
}

/** Tables of properties on one page. */
const mostProperties = 20;

/** Goals are asked only where there are some, regions and cities where the operator has a table of them. */
function dimensionsOf({ goals = [], rules }: Site, reader: "owner" | "public"): readonly TableDimension[] {
  if (reader === "public") return publicDimensions;
  const fixed = tableDimensions.filter((dimension) => dimension !== "goal" || goals.length > 0);
  return [...fixed, ...(rules?.props ?? []).slice(0, mostProperties).map((name) => `prop:${name}` as const)];
}

/** The clause that permits each table; an undeclared dimension has none and is not shown at all. */
function clausesFor(
  house: House,
  policy: Policy,
  dimensions: readonly TableDimension[],
): ReadonlyMap<TableDimension, string> {
  const quiet = quietReader(house, policy);
  const found = dimensions.flatMap((dimension) => {
    const clause = clauseFor(quiet, policy, { metrics: ["visitors"], dimensions: [dimension] });
    return clause === undefined ? [] : [[dimension, clause] as const];
  });
  return new Map(found);
}

function permits(house: House, policy: Policy, metrics: readonly Metric[], byTime: boolean): boolean {
  const dimensions = byTime ? (["time:day"] as const) : [];
  return clauseFor(quietReader(house, policy), policy, { metrics, dimensions }) !== undefined;
}

const always = ["visitors", "visits", "pageviews", "bounce_rate"] as const;

function metricsFor(house: House, policy: Policy): readonly Metric[] {
  return permits(house, policy, ["visit_duration"], false) ? [...always, "visit_duration"] : always;
}

function quietReader(house: House, policy: Policy): ReturnType<House["reader"]> {
  return quietly(house.gate).actor({ kind: "public", name: "look ahead", purposes: readerPurposes }, policy.id);
}

/** The largest of the minima declared by the practices that these data are held under. */
export function leastOf(policy: Policy, clauses: ReadonlySet<string>): number {
  const stages = policy.notice.practices.filter(({ id }) => clauses.has(id)).flatMap(({ keep }) => keep);
  const own = stages.flatMap(({ form }) => (form.kind === "aggregate" ? [form.least] : []));
  return Math.max(usualLeast, ...own, policy.parent === undefined ? 0 : leastOf(policy.parent, clauses));
}

/** The largest of the minima under which rows of the site were collected: a notice that came later lowers none (clauses.md PS11). */
async function heldLeast({ events, gate }: House, { domain }: Site): Promise<number> {
  const open = (await events.held()).filter((rows) => rows.site === domain);
  const closed = await events.closedDays(domain);
  const held = [...open, ...closed.flatMap(({ holdings }) => holdings)];
  return Math.max(
    0,
    ...closed.map(({ least }) => least),
    ...held.map(({ version, practice }) => {
      const then = gate.version(version);
      return then === undefined ? 0 : leastOf(then, new Set([practice]));
    }),
  );
}

async function dropsOf(house: House, policy: Policy): Promise<BulletinModel["drops"]> {
  await house.flushEvidence();
  const refused = (await house.records.evidence(policy.id)).filter(({ outcome }) => outcome === "refused");
  return refused
    .map(({ reason, lastAtMs }) => ({ reason, lastAtMs }))
    .toSorted((a, b) => b.lastAtMs - a.lastAtMs)
    .slice(0, 5);
}
