// Hosts an operator adds to those that are known to invent referrers.
import { linesOf, wrongLine } from "./network-file.ts";

const remedy = "give a file with a host like spam.example on each line";

/** @throws StartRefused when `path` is no list of hosts. */
export async function openSpamHosts(path: string): Promise<ReadonlySet<string>> {
  const hosts = new Set<string>();
  for (const line of await linesOf(path, "list of invented referrers", remedy)) {
    const host = line.text.toLowerCase().replace(/^www\./, "");
    if (host.length > 253 || !/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+$/u.test(host))
      throw wrongLine(path, line, "a host", remedy);
    hosts.add(host);
  }
  return hosts;
}
