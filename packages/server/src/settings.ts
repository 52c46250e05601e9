// The settings of one server: their defaults and what makes one impossible. docs/reference/settings.md has a heading for each.
import { existsSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { dirname, resolve } from "node:path";
import { isMemoryOnly } from "@avow/store";
import { readCidr } from "./client/address.ts";
import type { Settings } from "./house.ts";
import { StartRefused } from "./start-refused.ts";

/** Every setting, in the order of the reference page. */
export const settingNames = [
  "port",
  "host",
  "dataDir",
  "noticeDirs",
  "terms",
  "trustedProxies",
  "testClock",
  "countryTable",
  "regionTable",
  "datacentres",
  "spamReferrers",
  "snapshotDir",
  "publicUrl",
] as const satisfies readonly (keyof Settings)[];

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** True for `localhost` and addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 4 ? "ipv4" : "ipv6");
}

/**
 * Fills in defaults and makes directories absolute.
 * @throws StartRefused naming the setting and the remedy.
 */
export function settingsFrom(given: Partial<Settings>): Settings {
  const port = given.port ?? 8000;
  const host = given.host ?? "127.0.0.1";
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new StartRefused(`port \`${port}\` is not a port number\n  give one from 0 to 65535; 0 takes any free port`, {
      isMisuse: true,
    });
  }
  const testClock = given.testClock ?? false;
  if (testClock && !isLoopback(host)) {
    throw new StartRefused(
      `the test clock lets every client set the time, so it is refused on \`${host}\`\n  bind to 127.0.0.1 or leave --test-clock out`,
      { isMisuse: true },
    );
  }
  return {
    port,
    host,
    dataDir: resolve(given.dataDir ?? "data"),
    noticeDirs: (given.noticeDirs ?? ["notices"]).map((dir) => resolve(dir)),
    ...(given.terms === undefined ? {} : { terms: resolve(given.terms) }),
    trustedProxies: checkedProxies(given.trustedProxies ?? ["127.0.0.0/8", "::1/128"]),
    testClock,
    ...(given.countryTable === undefined ? {} : { countryTable: resolve(given.countryTable) }),
    ...(given.regionTable === undefined ? {} : { regionTable: resolve(given.regionTable) }),
    ...(given.datacentres === undefined ? {} : { datacentres: resolve(given.datacentres) }),
    ...(given.spamReferrers === undefined ? {} : { spamReferrers: resolve(given.spamReferrers) }),
    ...(given.snapshotDir === undefined ? {} : { snapshotDir: checkedSnapshot(given.snapshotDir) }),
    publicUrl: checkedUrl(given.publicUrl ?? `http://localhost:${port}`),
  };
}

function checkedProxies(cidrs: readonly string[]): readonly string[] {
  for (const cidr of cidrs) {
    if (readCidr(cidr) === undefined) {
      throw new StartRefused(`trusted proxy \`${cidr}\` is not a network\n  write it like 10.0.0.0/8 or fd00::/8`, {
        isMisuse: true,
      });
    }
  }
  return cidrs;
}

function checkedSnapshot(given: string): string {
  const dir = resolve(given);
  const parent = existsSync(dir) ? dir : dirname(dir);
  if (isMemoryOnly(parent)) return dir;
  throw new StartRefused(
    `\`${given}\` is not in memory, and today's visitors may never be written to a disk\n  name a directory on a tmpfs or ramfs, like /run/avow, or leave --snapshot out`,
    { isMisuse: true },
  );
}

function checkedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new StartRefused(`public URL \`${url}\` is not a web address\n  write it like https://notices.example.org`, {
      isMisuse: true,
    });
  }
  return parsed.origin;
}
