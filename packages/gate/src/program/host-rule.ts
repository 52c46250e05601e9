// Whether an address belongs to a feature: declared hosts, exactly or one level of `*.`, over a secure connection (clauses.md JL1).
import type { ProgramFeature } from "@avow/policy";

/** As an address parser read it; a host in its ASCII form. */
export interface ReadAddress {
  readonly protocol: string;
  /** Without port; IPv6 in brackets. */
  readonly hostname: string;
  /** With port where it is not the scheme's. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

export const addressRefusals = ["not an address", "not secure", "names a user", "host not declared"] as const;
export type AddressRefusal = (typeof addressRefusals)[number];

export function refusedAddress(
  address: ReadAddress | undefined,
  feature: ProgramFeature,
  configured: readonly string[],
): AddressRefusal | undefined {
  if (address === undefined) return "not an address";
  if (address.username !== "" || address.password !== "") return "names a user";
  const hosts = [...feature.contacts.flatMap((each) => each.hosts), ...configured];
  if (!hosts.some((host) => isHost(host, address))) return "host not declared";
  return address.protocol === "https:" || isLoopback(address.hostname) ? undefined : "not secure";
}

/** A declared host without a port is reached on the scheme's own only. */
function isHost(declared: string, { host, hostname }: ReadAddress): boolean {
  const name = declared.toLowerCase();
  if (name.startsWith("*.")) return host === hostname && host.endsWith(name.slice(1)) && host.length > name.length - 1;
  return host === name;
}

/** A name that only this machine answers to may be asked in clear. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
