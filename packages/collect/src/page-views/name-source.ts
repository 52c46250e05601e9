// The name of a source: from a tag of the link, or from the host that linked here.
import { sourceAliases, sourceApps, sourceHosts } from "./source-hosts.ts";
import { withoutWww } from "./split-url.ts";

const byHost = new Map<string, string>();
const byName = new Map<string, string>([["google", "Google"]]);
for (const [name, hosts] of Object.entries(sourceHosts)) {
  byName.set(name.toLowerCase(), name);
  for (const host of hosts.split(" ")) byHost.set(host, name);
}
for (const [alias, name] of Object.entries(sourceAliases)) byName.set(alias, name);

/** Search pages of Google in any country; its other services are not search. */
const google = /^(?:(?:www|m|images|cse|encrypted|ipv4)\.)?google\.(?:com?\.)?[a-z]{2,3}$/;

/** A tag's value under its canonical name if it has one, else as it was written. */
export function nameTaggedSource(tag: string): string {
  const word = tag.toLowerCase();
  return byName.get(word) ?? nameOfHost(withoutWww(word)) ?? tag;
}

/** The canonical name of a host, else the bare host. */
export function nameSourceHost(scheme: string, host: string): string {
  if (scheme === "android-app") return Object.hasOwn(sourceApps, host) ? (sourceApps[host] ?? host) : host;
  return nameOfHost(withoutWww(host)) ?? withoutWww(host);
}

function nameOfHost(host: string): string | undefined {
  if (google.test(host)) return "Google";
  let rest = host;
  while (rest.includes(".")) {
    const name = byHost.get(rest);
    if (name !== undefined) return name;
    rest = rest.slice(rest.indexOf(".") + 1);
  }
  return undefined;
}
