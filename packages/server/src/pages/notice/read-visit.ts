// "Your visit just now": what the real page-view collector would write of this request, tried without counting or keeping anything.
import { type Column, columnTerms, createPageViews, truncateAddress } from "@avow/collect";
import type { Policy } from "@avow/policy";
import type { Site } from "@avow/store";
import type { Client, House } from "../../house.ts";
import { collector } from "../../jobs/collector.ts";
import { createDayClock } from "../../query/day-clock.ts";
import type { VisitModel, Written } from "./notice-model.ts";
import { runsUnder } from "./read-notice-model.ts";

/** What would be written; with the collector's reason when it is nothing. */
export interface WouldWrite {
  readonly written: readonly Written[];
  readonly reason?: string;
}

/** The answer for one site as if its front page had been opened with this client. */
export function wouldWrite(house: House, site: Site, client: Client, nowMs: number): WouldWrite {
  const pageViews = createPageViews({
    gate: house.gate,
    credential: collector,
    siteOf: (domain) => (domain === site.domain ? site : undefined),
    visitors: house.visitors,
    countryOf: house.countryOf,
    ...house.tables,
    localDay: createDayClock(),
  });
  const address = `https://${site.domain}/`;
  // The referrer of a page view is the page one came from; here that would be this page, which is no part of the site.
  const body = JSON.stringify({ n: "pageview", d: site.domain, u: address });
  const found = pageViews.preview({ body, client, atMs: nowMs });
  if ("invalid" in found) return { written: [], reason: "invalid" };
  const [row] = found.rows;
  if (row === undefined) return { written: [], reason: found.dropped[0]?.reason ?? "not declared" };
  const values = Object.entries(row.dimensions).map(([column, value]) => ({
    what: isOwnWord(column) ? column : columnTerms[column as Column][0],
    value,
    clause: row.practice,
  }));
  return {
    written: [
      ...values,
      {
        what: "time of visit",
        value: new Date(row.at * 1000).toISOString().replace(".000Z", "Z"),
        clause: row.practice,
      },
      {
        what: "visitor and visit",
        value: "two random numbers, drawn for today, not made from you",
        clause: row.practice,
      },
    ],
  };
}

/** Columns that share a term with others are told by their own name. */
function isOwnWord(column: string): boolean {
  return column === "channel" || columnTerms[column as Column][0] === "campaign";
}

/** Undefined when no site runs under the notice. */
export function readVisit(
  house: House,
  policy: Policy,
  sites: readonly Site[],
  client: Client,
  nowMs: number,
): VisitModel | undefined {
  const site = sites.find((each) => runsUnder(house, each, policy));
  if (site === undefined) return undefined;
  const { written, reason } = wouldWrite(house, site, client, nowMs);
  return {
    site: site.domain,
    address: client.address,
    userAgent: client.userAgent,
    referrer: client.referrer,
    truncatedAddress: truncateAddress(client.address),
    hasSignal: client.signal,
    written,
    ...(reason === undefined ? {} : { nothingBecause: reason }),
  };
}
