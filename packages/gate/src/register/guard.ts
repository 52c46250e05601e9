// What the preload guard decides: a host is let through while a feature that declares it is yes, and no other (clauses.md JP3, JL1).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProgramFeature, ProgramTable } from "@avow/policy";
import {
  type AddressRefusal,
  type Signals,
  type StoredAnswer,
  isLoopback,
  readAnswer,
  refusedAddress,
} from "../program/index.ts";
import { type Because, featureState } from "../program/feature-state.ts";

/** Where in the runtime it was seen. */
export const seams = ["request", "socket", "datagram", "name"] as const;
export type Seam = (typeof seams)[number];

export interface Destination {
  readonly seam: Seam;
  /** A name or an address; IPv6 without brackets or with. */
  readonly host: string;
  /** Undefined for a look-up of a name. */
  readonly port?: number;
  /** `http:` where it is known to be in clear. */
  readonly protocol?: string;
}

export interface Refusal {
  readonly seam: Seam;
  /** With port where it is not 443; never a path, a query or a body. */
  readonly host: string;
  readonly reason: AddressRefusal | Because["kind"];
  /** The feature that declares the host, if one does. */
  readonly feature?: string;
}

export interface GuardOptions {
  readonly table: ProgramTable;
  readonly answersDir: string;
  /** Asked at each destination: a signal that comes later counts too. */
  readonly signals: () => Signals;
  /** `pass`: what stays on this machine is nobody else's; `declared`: this machine's own addresses have to be declared too. */
  readonly loopback: "pass" | "declared";
}

export type Check = (destination: Destination) => Refusal | undefined;

export function createCheck({ table, answersDir, signals, loopback }: GuardOptions): Check {
  return (destination) => {
    const { seam, protocol = "https:" } = destination;
    const address = addressOf(destination);
    if (address === undefined) return { seam, host: "", reason: "not an address" };
    const { host, hostname } = address;
    if (loopback === "pass" && isLoopback(hostname)) return undefined;
    const read = new Map<string, StoredAnswer | undefined>();
    const answerOf = (id: string): StoredAnswer | undefined => {
      if (!read.has(id)) read.set(id, storedAnswer(answersDir, table.notice, id));
      return read.get(id);
    };
    // Hosts of the configuration are those that were shown and agreed to: the guard knows no other.
    const configured = (id: string): readonly string[] => answerOf(id)?.hosts ?? [];
    let nearest: Refusal = { seam, host, reason: "host not declared" };
    for (const feature of table.features) {
      const refused = refusedHost(feature, configured(feature.id), { ...address, protocol }, destination.port);
      if (refused === "host not declared") continue;
      const { state, because } = featureState({ table, signals: signals(), answerOf, configured }, feature.id);
      if (refused === undefined && state === "yes") return undefined;
      nearest = { seam, host, feature: feature.id, reason: refused ?? because.kind };
    }
    return nearest;
  };
}

type Address = Omit<Parameters<typeof refusedAddress>[0] & object, "protocol">;

/** As an address parser reads it, so that two ways of writing a host are one. */
function addressOf({ host, port = 443 }: Destination): Address | undefined {
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const url = URL.parse(`https://${name}:${port}/`);
  if (url === null || url.pathname !== "/" || url.username !== "" || url.hostname === "") return undefined;
  return { host: url.host, hostname: url.hostname, username: "", password: "" };
}

function refusedHost(
  feature: ProgramFeature,
  configured: readonly string[],
  address: Parameters<typeof refusedAddress>[0],
  port: number | undefined,
): AddressRefusal | undefined {
  if (port !== undefined) return refusedAddress(address, feature, configured);
  // A look-up has no port: whoever may be reached on one may be looked up.
  const names = [...feature.contacts.flatMap(({ hosts }) => hosts), ...configured].map((each) =>
    each.replace(/:\d+$/, ""),
  );
  return refusedAddress(address, { ...feature, contacts: [] }, names);
}

/** Read anew each time: an answer that changed a moment ago holds. */
function storedAnswer(dir: string, notice: string, feature: string): StoredAnswer | undefined {
  try {
    // The name is one of the table's; the file store writes it the same way.
    const name = `${encodeURIComponent(feature).replaceAll(".", "%2E")}.json`;
    return readAnswer(readFileSync(join(dir, name), "utf8"), notice, feature);
  } catch {
    return undefined;
  }
}
