// How far a notice speaks: hosts (a wildcard over each host below it) and installed packages; a witness host for every pattern.
import { type Covering, coveredBy } from "../../covers-host.ts";
import type { Notice } from "../../model/notice.ts";

/** No host may be called so: a notice cannot name it. */
const anyOther = "any other.";

/** Hosts that tell two `covers` apart wherever they differ: each named one, and below each wildcard one that nobody names. */
export function witnessHosts(...notices: readonly Notice[]): readonly string[] {
  const hosts = notices.flatMap((notice) => notice.covers.map((each) => each.host));
  return [...new Set(hosts.map((each) => (each.startsWith("*.") ? `${anyOther}${each.slice(2)}` : each)))];
}

/** `pip jupyterlab` for each package a notice speaks for. */
export function packagesOf(notice: Notice): readonly string[] {
  return Object.entries(notice.installed).flatMap(([method, names]) => names.map((each) => `${method} ${each}`));
}

export function isCovered(covering: Covering, host: string): boolean {
  return coveredBy(covering, host) !== undefined;
}

export function storesNothing(covering: Covering, host: string): boolean {
  return coveredBy(covering, host)?.stores === "nothing";
}

/** How the host is called in words. */
export function hostText(host: string): string {
  return host.startsWith(anyOther) ? `every host below ${host.slice(anyOther.length)}` : host;
}
