// `POST /api/event`: one event on the short way, from the socket to the disk, compatible with Plausible's events API.
import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import {
  type EventBody,
  type PageViewRow,
  type PageViews,
  createPageViews,
  readEvent,
  truncateAddress,
} from "@avow/collect";
import type { Gate } from "@avow/gate/server";
import { DayClosedError, type Site } from "@avow/store";
import { clientFrom, trustedPeers } from "../client/client-of.ts";
import { clockOf, testClockHeader } from "../clock.ts";
import { type EventReply, writeEventReply, writePreflight } from "../http/event-reply.ts";
import { type NodeHandler, eventPath } from "../http/listener.ts";
import type { Parts } from "../http/parts.ts";
import { BodyReader } from "../http/read-body.ts";
import { Refusal } from "../http/refusal.ts";
import { logRefusal } from "../http/request-log.ts";
import type { Client, House } from "../house.ts";
import { collector } from "../jobs/collector.ts";
import { createDayClock } from "../query/day-clock.ts";
import { isLoopback } from "../settings.ts";

export function eventRoute(parts: Parts): NodeHandler {
  const { house, limits, log } = parts;
  const isTrusted = trustedPeers(house.settings.trustedProxies);
  const clock = clockOf(house.settings.testClock);
  const collect = collectorOf(parts);
  const bodies = new BodyReader(limits.bodyBytes);

  return async (request, response) => {
    if (request.method === "OPTIONS") {
      writePreflight(response);
      return;
    }
    if (request.method !== "POST") {
      throw new Refusal(405, "method-not-allowed", "events are sent with POST", {}, { allow: "POST, OPTIONS" });
    }
    const body = await bodies.read(request);
    if (body === undefined) return;
    const peer = request.socket.remoteAddress ?? "";
    const header = (name: string): string | undefined => textOf(request.headers[name]);
    const client = clientFrom(header, peer, isTrusted(peer));
    const reply = await collect(body, client, clock(header(testClockHeader)));
    const isDebug = reply.kind === "accepted" && header("x-debug-request") === "true";
    writeEventReply(response, isDebug ? { kind: "debug", address: truncateAddress(client.address) } : reply);
    if (reply.kind === "invalid") logRefusal(log, { method: "POST", route: eventPath, status: 400, code: "bad-event" });
  };
}

type Collect = (body: Buffer, client: Client, atMs: number) => Promise<EventReply>;

function collectorOf({ house }: Parts): Collect {
  const localDay = createDayClock();
  let sites: readonly Site[] = [];
  let served: Gate | undefined;
  let pageViews: PageViews | undefined;

  /** A gate that was replaced (a notice was added) gets collectors of its own. */
  const current = (): PageViews => {
    if (pageViews !== undefined && served === house.gate) return pageViews;
    served = house.gate;
    pageViews = createPageViews({
      gate: served,
      credential: collector,
      siteOf: (domain) => sites.find((site) => site.domain === domain),
      visitors: house.visitors,
      countryOf: house.countryOf,
      ...house.tables,
      countsLocalPages: isLoopback(house.settings.host),
      localDay,
    });
    return pageViews;
  };

  return async (body, client, atMs) => {
    // Decoded natively where it is what it should be; anything else is the collector's to refuse.
    const event = readEvent(isUtf8(body) ? body.toString("utf8") : body);
    if ("invalid" in event) return { kind: "invalid", errors: event.invalid };
    const found = sitesAtHand(house, event) ?? (await sitesOf(house, event));
    // From here to the rows nothing waits, so `sites` are this event's.
    sites = found;
    const collected = current().collect({ body: event, client, atMs });
    if ("invalid" in collected) return { kind: "invalid", errors: collected.invalid };
    const dropped = collected.dropped.reduce((sum, { count }) => sum + count, 0);
    return { kind: "accepted", dropped: dropped + (await storedLate(house, found, collected.rows)) };
  };
}

/** How many of the rows came too late; nearly every event is one row. */
async function storedLate(house: House, sites: readonly Site[], rows: readonly PageViewRow[]): Promise<number> {
  const [first, ...others] = rows;
  if (first === undefined) return 0;
  if (others.length === 0) return (await isLate(house, sites, first)) ? 1 : 0;
  return (await Promise.all(rows.map((row) => isLate(house, sites, row)))).filter(Boolean).length;
}

/** Stores the row, unless its day is closed: then it is counted with what was refused, and the day stays as it was counted. */
async function isLate(house: House, sites: readonly Site[], row: PageViewRow): Promise<boolean> {
  try {
    await house.events.append(row);
    return false;
  } catch (error) {
    if (!(error instanceof DayClosedError)) throw error;
    const notice = sites.find(({ domain }) => domain === row.site)?.notice ?? "";
    house.gate.refused(notice, row.practice, "day closed");
    return true;
  }
}

/** Undefined when one of them has to be fetched. */
function sitesAtHand(house: House, event: EventBody): readonly Site[] | undefined {
  const found: Site[] = [];
  for (const domain of event.domains) {
    const site = house.siteAtHand(domain);
    if (site === undefined) return undefined;
    found.push(site);
  }
  return found;
}

async function sitesOf(house: House, event: EventBody): Promise<readonly Site[]> {
  const found = await Promise.all(event.domains.map((domain) => house.site(domain)));
  return found.filter((site) => site !== undefined);
}

function textOf(value: IncomingMessage["headers"][string]): string | undefined {
  return Array.isArray(value) ? value.join(", ") : value;
}
