// The tables an operator may supply, opened together at the start.
import type { House, Settings } from "../house.ts";
import { openDatacentres } from "./datacentres.ts";
import { openRegionTable } from "./place-of.ts";
import { openSpamHosts } from "./spam-hosts.ts";

/** @throws StartRefused for the first that cannot be read. */
export async function openTables({
  regionTable,
  datacentres,
  spamReferrers,
}: Pick<Settings, "regionTable" | "datacentres" | "spamReferrers">): Promise<House["tables"]> {
  return {
    ...(regionTable === undefined ? {} : { placeOf: await openRegionTable(regionTable) }),
    ...(datacentres === undefined ? {} : { isDatacentre: await openDatacentres(datacentres) }),
    ...(spamReferrers === undefined ? {} : { spamHosts: await openSpamHosts(spamReferrers) }),
  };
}
