// Who sent a request: the socket's address, or a forwarding header's when, and only when, the peer is a trusted proxy.
import { BlockList, isIP } from "node:net";
import type { Client } from "../house.ts";
import { readCidr, scrubAddress } from "./address.ts";

/** In order of precedence (facts of the peer's events API); the first header present decides. */
const forwardingHeaders = [
  "x-plausible-ip",
  "cf-connecting-ip",
  "b-forwarded-for",
  "x-forwarded-for",
  "forwarded",
] as const;

/** Reads one header; both `Headers` and node's header objects can be read through it. */
export type HeaderReader = (name: string) => string | undefined;

const longestUserAgent = 1024;

/** Tells whether a peer's forwarding headers are believed. */
export function trustedPeers(cidrs: readonly string[]): (peerAddress: string) => boolean {
  const list = new BlockList();
  for (const text of cidrs) {
    const cidr = readCidr(text);
    if (cidr === undefined) continue;
    const network = text.trim().split("/")[0] ?? "";
    list.addSubnet(network, cidr.bits, cidr.family === 4 ? "ipv4" : "ipv6");
  }
  const isListed = (peerAddress: string): boolean => {
    const address = scrubAddress(peerAddress);
    if (address === undefined) return false;
    return list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
  };
  // Behind a proxy every request has the same peer.
  let last = { peerAddress: "", isTrusted: isListed("") };
  return (peerAddress) => {
    if (peerAddress !== last.peerAddress) last = { peerAddress, isTrusted: isListed(peerAddress) };
    return last.isTrusted;
  };
}

/** The client of a request; a forwarded address that is no address leaves the socket's. */
export function clientFrom(header: HeaderReader, peerAddress: string, isTrusted: boolean): Client {
  const forwarded = isTrusted ? forwardedAddress(header) : undefined;
  return {
    address: forwarded ?? scrubAddress(peerAddress) ?? "0.0.0.0",
    userAgent: (header("user-agent") ?? "").slice(0, longestUserAgent),
    referrer: (header("referer") ?? "").slice(0, 2000),
    signal: saysNo(header("sec-gpc")) || saysNo(header("dnt")),
    ...(isTrusted ? addressKind(header("x-plausible-ip-type")) : undefined),
  };
}

/** As a proxy of the peer's kind says it. */
function addressKind(value: string | undefined): Pick<Client, "addressKind"> | undefined {
  if (value === "dc_ip") return { addressKind: "datacentre" };
  return value === "anonymous_vpn_ip" ? { addressKind: "anonymous" } : undefined;
}

/** A header that came twice, once from the browser and once from a proxy, is one text with a comma. */
function saysNo(value: string | undefined): boolean {
  return value !== undefined && (value === "1" || value.split(",").some((each) => each.trim() === "1"));
}

function forwardedAddress(header: HeaderReader): string | undefined {
  for (const name of forwardingHeaders) {
    const value = header(name);
    if (value === undefined || value.trim() === "") continue;
    const hops = name === "forwarded" ? forwardedFor(value) : value.split(",");
    return hops.map(scrubAddress).find((address) => address !== undefined);
  }
  return undefined;
}

/**
 * Where a request came from, as far as its sender cannot choose it: the last address that a trusted proxy added to
 * `X-Forwarded-For`, else the socket's. An ordinary proxy passes the other headers on as they came.
 */
export function nearestAddress(
  header: HeaderReader,
  peerAddress: string,
  isTrusted: (address: string) => boolean,
): string {
  let nearest = scrubAddress(peerAddress) ?? "0.0.0.0";
  for (const hop of (header("x-forwarded-for") ?? "").split(",").toReversed()) {
    const address = scrubAddress(hop);
    if (!isTrusted(nearest) || address === undefined) break;
    nearest = address;
  }
  return nearest;
}

/** The `for=` values of RFC 7239, in order. */
function forwardedFor(value: string): readonly string[] {
  return [...value.matchAll(/(?:^|[;,\s])for=("[^"]*"|[^;,\s]+)/gi)].map((match) => match[1] ?? "");
}
