// The figures of every site for its owner: each asked under its own notice, in its own time zone.
import type { Site } from "@avow/store";
import type { House } from "../../house.ts";
import { timeLabels } from "../../query/time-labels.ts";
import { askerOf } from "./ask-through-gate.ts";
import { type Period, readPeriod } from "./period.ts";
import type { SiteAtGlance } from "./sites-view.ts";

export async function readSites(
  house: House,
  query: URLSearchParams,
  nowMs: number,
): Promise<{ readonly sites: readonly SiteAtGlance[]; readonly period: Period }> {
  const known = await house.records.sites();
  const sites: SiteAtGlance[] = [];
  // One after the other: a hundred sites at once would keep every reader of the store busy.
  for (const site of known) {
    const glance = await readSite(house, site, readPeriod(query, nowMs, site.timeZone), nowMs);
    if (glance !== undefined) sites.push(glance);
  }
  sites.sort((a, b) => b.visitors - a.visitors || (a.domain < b.domain ? -1 : 1));
  return { sites, period: readPeriod(query, nowMs, known[0]?.timeZone ?? "UTC") };
}

async function readSite(house: House, site: Site, period: Period, nowMs: number): Promise<SiteAtGlance | undefined> {
  // Brings its notice in if that is new.
  await house.site(site.domain);
  const policy = house.gate.policy(site.notice);
  if (policy === undefined) return undefined;
  const ask = askerOf(house, house.reader("owner", policy.id), policy, site, nowMs, ignore, ignore);
  const visitors = { metrics: ["visitors"], dimensions: [], limit: 1 } as const;
  const { from, until, previous, bucket } = period;
  const [now, before, course] = await Promise.all([
    ask({ ...visitors, from, until }),
    ask({ ...visitors, ...previous }),
    ask({ metrics: ["visitors"], dimensions: [bucket], limit: 10_000, from, until }),
  ]);
  const found = new Map(course.rows.map(({ dimensions, metrics }) => [dimensions[0], metrics[0] ?? 0]));
  return {
    domain: site.domain,
    visitors: now.rows[0]?.metrics[0] ?? 0,
    ...(before.rows[0]?.metrics[0] === undefined ? {} : { before: before.rows[0].metrics[0] ?? 0 }),
    series: timeLabels(bucket, { from, until }, site.timeZone).map((label) => found.get(label) ?? 0),
  };
}

function ignore(): void {
  // The bulletin of the site says what is left out of its figures.
}
