// Whether a notice speaks for a host: named exactly, or below a `*.` host; `www.` and letter case make no difference.
import type { Covered } from "./model/notice.ts";

/** A host name, or `*.` before one; a port may follow. `localhost` is a host. */
export const hostShape =
  /^(?=.{1,253}$)(?:\*\.)?[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?(?:\.[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?)*(?::\d{1,5})?$/;

/** What speaks for hosts: a policy, a notice, or their `covers` alone. */
export type Covering = readonly Covered[] | { readonly covers: readonly Covered[] };

/** `*.example.org` covers every host below example.org, not example.org itself. */
export function coversHost(covering: Covering, host: string): boolean {
  return coveredBy(covering, host) !== undefined;
}

/** The entry of `covers` that holds for the host: an exact one before a wildcard, a longer wildcard before a shorter. */
export function coveredBy(covering: Covering, host: string): Covered | undefined {
  const covers = "covers" in covering ? covering.covers : covering;
  const wanted = plainHost(host);
  const exact = covers.find((each) => plainHost(each.host) === wanted);
  if (exact !== undefined || wanted === "") return exact;
  let widest: Covered | undefined;
  for (const each of covers) {
    if (!each.host.startsWith("*.") || !wanted.endsWith(each.host.slice(1).toLowerCase())) continue;
    if (widest === undefined || each.host.length > widest.host.length) widest = each;
  }
  return widest;
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^www\./, "");
}
