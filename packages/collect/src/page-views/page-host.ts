// Whether a page may be counted for a site at all: by its host, before anything of it is kept (clauses.md JP4, JP6).
import type { Gate } from "@avow/gate/server";
import type { MeasuredSite } from "./draft.ts";
import { matchesAny } from "./matches-pattern.ts";
import { withoutWww } from "./split-url.ts";

/** Names that lead to the reader's own machine, wherever they are read (RFC 6761, RFC 1122, RFC 4291). */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Its own host and what stands below it, what its notice covers, and what its owner lists. A page without a host (`(none)`) names
 * no other site. `host` as in the URL, lower case.
 */
export function isPageOf(
  site: MeasuredSite,
  host: string,
  gate: Pick<Gate, "covering">,
  countsLocalPages: boolean,
): boolean {
  const bare = withoutWww(host);
  if (bare === site.domain) return true;
  const own = site.domain.split(/[/:]/, 1)[0] ?? "";
  if (host === "" || bare === own || bare.endsWith(`.${own}`)) return true;
  if (site.rules !== undefined && matchesAny(site.rules.hostnames, bare)) return true;
  if (isLoopbackHost(host)) return countsLocalPages;
  return gate.covering(host).some(({ id }) => id === site.notice);
}
