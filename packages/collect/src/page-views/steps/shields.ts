// What a site's owner does not want counted: invented referrers, hosts that are not theirs, pages, countries.
import type { Draft } from "../draft.ts";
import { matchesAny } from "../matches-pattern.ts";
import { isSpamHost } from "../spam-hosts.ts";

export function recogniseSpam(
  { event }: Draft,
  { spamHosts }: { readonly spamHosts?: ReadonlySet<string> },
): "spam referrer" | undefined {
  const { host } = event.referrerUrl;
  return host !== "" && isSpamHost(host, spamHosts) ? "spam referrer" : undefined;
}

export function shieldHostAndPage({ event, site }: Draft): "blocked host" | "blocked page" | undefined {
  const { rules } = site;
  if (rules === undefined) return undefined;
  if (rules.hostnames.length > 0 && !matchesAny(rules.hostnames, event.pageHost)) return "blocked host";
  return matchesAny(rules.blockedPages, event.page) ? "blocked page" : undefined;
}

export function shieldCountry({ dimensions, site }: Draft): "blocked country" | undefined {
  const { country } = dimensions;
  return country !== undefined && site.rules?.blockedCountries.includes(country) === true
    ? "blocked country"
    : undefined;
}
