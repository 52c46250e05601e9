// The house as routes see it: built once from its parts, its settings and the live things behind them.
import { type Actor, type Gate } from "@avow/gate/server";
import type { Events, Records, Visitors } from "@avow/store";
import { clientFrom, nearestAddress, trustedPeers } from "./client/client-of.ts";
import { clockOf, testClockHeader } from "./clock.ts";
import type { CountryOf, House, Settings, TelemetryHouse } from "./house.ts";
import type { EvidenceJob } from "./jobs/evidence.ts";
import type { NoticeShelf } from "./notices/notice-shelf.ts";
import { hasLiveSession } from "./owner/session.ts";
import { SiteCache } from "./site-cache.ts";

/** Purposes of those who look at a bulletin: what it is shown for, and nothing else. */
export const readerPurposes = ["usage statistics"] as const;

export interface HouseParts {
  readonly settings: Settings;
  readonly shelf: NoticeShelf;
  readonly records: Records;
  readonly events: Events;
  readonly visitors: Visitors;
  readonly telemetry: TelemetryHouse;
  readonly countryOf: CountryOf;
  readonly tables: House["tables"];
  readonly evidence: EvidenceJob;
}

export function houseOf({
  settings,
  shelf,
  records,
  events,
  visitors,
  telemetry,
  countryOf,
  tables,
  evidence,
}: HouseParts): House {
  const clock = clockOf(settings.testClock);
  const isTrusted = trustedPeers(settings.trustedProxies);
  const isHttps = settings.publicUrl.startsWith("https:");
  const sites = new SiteCache(records, shelf);
  const nowMs = (headers: Headers): number => clock(settings.testClock ? headers.get(testClockHeader) : undefined);
  return {
    settings,
    get gate(): Gate {
      return shelf.gate;
    },
    records,
    events,
    visitors,
    telemetry,
    countryOf,
    tables,
    nowMs,
    clientOf: (headers, peer) => clientFrom((name) => headers.get(name) ?? undefined, peer, isTrusted(peer)),
    nearestOf: (headers, peer) => nearestAddress((name) => headers.get(name) ?? undefined, peer, isTrusted),
    site: (domain) => sites.find(domain),
    siteAtHand: (domain) => sites.atHand(domain),
    notices: () => shelf.loaded(),
    flushEvidence: () => evidence.flush(),
    isOwner: (headers) => hasLiveSession(records, headers.get("cookie") ?? undefined, nowMs(headers), isHttps),
    reader: (kind, policyId): Actor => shelf.gate.actor({ kind, name: kind, purposes: readerPurposes }, policyId),
  };
}
