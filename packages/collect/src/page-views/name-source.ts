// The name of a source: from a tag of the link, or from the host that linked here.
import { type SourceKind, sourceAliases, sourceApps, sourceKinds, sourcesByKind } from "./source-hosts.ts";
import { withoutWww } from "./split-url.ts";

const byHost = new Map<string, string>();
const byName = new Map<string, string>([["google", "Google"]]);
const kinds = new Map<string, SourceKind>([["Google", "search"]]);
for (const kind of sourceKinds) {
  for (const [name, hosts] of Object.entries(sourcesByKind[kind])) {
    byName.set(name.toLowerCase(), name);
    kinds.set(name, kind);
    for (const host of hosts.split(" ")) byHost.set(host, name);
  }
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

/** Of a name as this file gives them; a tag of the site's own has none. */
export function kindOfSource(name: string): SourceKind | undefined {
  return kinds.get(name);
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
