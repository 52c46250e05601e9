// What the event says of the page and of the way to it: event name, page, referrer, source, campaign.
import type { Gate } from "@avow/gate/server";
import type { Decision } from "@avow/policy";
import { channelOf } from "../channel.ts";
import { type Draft, noClicks } from "../draft.ts";
import { nameSourceHost, nameTaggedSource } from "../name-source.ts";
import { cut, decodePercent, withoutWww } from "../split-url.ts";

const longestTag = 300;
const longestReferrer = 1_000;

/** Custom and engagement events need a declaration of their own. */
export function nameEvent(
  draft: Draft,
  { gate }: { readonly gate: Pick<Gate, "refused"> },
): "undeclared event" | undefined {
  const decision = eventDecision(draft);
  if (decision === undefined || decision.allowed) return undefined;
  gate.refused(decision.notice, decision.clause ?? "", decision.reason);
  return "undeclared event";
}

/** Of engagement it is enough that one of its two parts is permitted and was sent. */
function eventDecision({ event, name, plan }: Draft): Decision | undefined {
  if (name === "pageview") return undefined;
  if (name !== "engagement") return plan.events.custom;
  const { scrollDepth, engagedMs } = plan.events;
  if (event.scrollDepth !== undefined && scrollDepth.allowed) return scrollDepth;
  return event.engagedMs !== undefined || event.scrollDepth === undefined ? engagedMs : scrollDepth;
}

/** A host that only repeats the site's name says nothing and is not asked for where it is not declared. */
export function readPage({ event, dimensions, plan, site }: Draft): undefined {
  dimensions.page = event.page;
  if (plan.terms.hostname !== undefined || event.pageHost !== site.domain) dimensions.hostname = event.pageHost;
}

const tagKeys = ["utm_medium", "utm_source", "utm_campaign", "utm_content", "utm_term", "source", "ref"] as const;
type Tags = Partial<Record<(typeof tagKeys)[number], string>>;

/** Of the query only these keys are read, and that there is a click's number; the rest of it is no dimension. */
export function readCampaign(draft: Draft): undefined {
  const { event, dimensions, plan } = draft;
  const { query } = event.url;
  if (query === "") return;
  const tags = tagsOf(query);
  if (query.includes("clid=")) {
    draft.clicks = { google: /(?:^|&)gclid=[^&]/.test(query), bing: /(?:^|&)msclkid=[^&]/.test(query) };
  }
  for (const key of tagKeys) {
    if (key !== "source" && key !== "ref" && tags[key] !== undefined) dimensions[key] = tags[key];
  }
  const tag = tags.utm_source ?? tags.source ?? tags.ref;
  if (tag !== undefined && plan.terms.source !== undefined) dimensions.source = nameTaggedSource(tag);
}

/** Kept without query and fragment; the site itself and this machine are no referrers. */
export function readReferrer({ event, dimensions, plan, site }: Draft): undefined {
  const url = event.referrerUrl;
  if (url.host === "") return;
  const host = withoutWww(url.host);
  if (host === "" || !["http", "https", "android-app"].includes(url.scheme)) return;
  if (host === event.pageHost || host === site.domain || host === "localhost") return;
  if (plan.terms.source !== undefined && dimensions.source === undefined) {
    dimensions.source = nameSourceHost(url.scheme, url.host);
  }
  // Where only its source is declared a referrer is reduced to that; where neither is, it is asked for, refused and counted.
  if (plan.terms.referrer === undefined && plan.terms.source !== undefined) return;
  const path = decodePercent(url.path).trimEnd();
  dimensions.referrer = cut(path === "/" ? host : host + path, longestReferrer);
}

/** A word for the whole way here, worked out from what is written and what is not. Nothing is written of `Direct`: nothing is known of it. */
export function tellChannel(draft: Draft): undefined {
  const { dimensions, plan, clicks } = draft;
  if (plan.terms.channel === undefined || draft.name === "engagement") return;
  const channel = channelOf({
    source: dimensions.source ?? "",
    taggedSource: dimensions.utm_source ?? "",
    medium: dimensions.utm_medium ?? "",
    campaign: dimensions.utm_campaign ?? "",
    clicks,
  });
  if (channel !== "Direct") dimensions.channel = channel;
  draft.clicks = noClicks;
}

function tagsOf(query: string): Tags {
  const tags: Tags = {};
  for (const pair of query.split("&")) {
    const middle = pair.indexOf("=");
    if (middle < 0) continue;
    const key = tagKeys.find((each) => each === pair.slice(0, middle));
    if (key === undefined || tags[key] !== undefined) continue;
    const value = decodePercent(pair.slice(middle + 1).replaceAll("+", " ")).trim();
    if (value !== "") tags[key] = cut(value, longestTag);
  }
  return tags;
}
