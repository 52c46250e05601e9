// Region and city of a truncated address: only from a table the operator supplies; Avow brings none.
import { isIP } from "node:net";
import { Reader } from "mmdb-lib";
import type { Place, PlaceOf } from "../house.ts";
import { readPlainFile } from "../notices/read-plain-file.ts";
import { StartRefused } from "../start-refused.ts";
import { cidrOf, linesOf, wrongLine } from "./network-file.ts";
import { Networks } from "./networks.ts";

const what = "region table";
const remedy = "give an .mmdb file, or a CSV with lines like 203.0.113.0/24,NL-UT,Utrecht";
const longestName = 100;

/** @throws StartRefused when `path` is no table. */
export async function openRegionTable(path: string): Promise<PlaceOf> {
  return path.endsWith(".mmdb") ? openMmdb(path) : openCsv(path);
}

/** The two ways public tables write it: objects with codes and names, or plain texts. */
export interface Entry {
  readonly country?: { readonly iso_code?: string };
  readonly subdivisions?: readonly { readonly iso_code?: string; readonly names?: { readonly en?: string } }[];
  readonly city?: string | { readonly names?: { readonly en?: string } };
  readonly state1?: string;
}

async function openMmdb(path: string): Promise<PlaceOf> {
  let reader: { get(address: string): Entry | null };
  try {
    // The library's types know only the tables of one vendor.
    reader = new Reader(await readPlainFile(path)) as unknown as typeof reader;
    reader.get("192.0.2.0");
  } catch (cause) {
    throw new StartRefused(`${what} \`${path}\` cannot be read\n  ${remedy}`, { cause, isMisuse: true });
  }
  return (truncated) => {
    const address = truncated.split("/")[0] ?? "";
    const entry = isIP(address) === 0 ? null : reader.get(address);
    return entry === null ? undefined : placeFrom(entry);
  };
}

/** A region is a code of ISO 3166-2 where the entry has its parts. */
export function placeFrom({ country, subdivisions, city, state1 }: Entry): Place {
  const [subdivision] = subdivisions ?? [];
  const code = subdivision?.iso_code;
  const region =
    code !== undefined && country?.iso_code !== undefined
      ? `${country.iso_code}-${code}`
      : (subdivision?.names?.en ?? state1);
  const name = typeof city === "string" ? city : city?.names?.en;
  return {
    ...(region === undefined || region === "" ? {} : { region: region.slice(0, longestName) }),
    ...(name === undefined || name === "" ? {} : { city: name.slice(0, longestName) }),
  };
}

async function openCsv(path: string): Promise<PlaceOf> {
  const table = new Networks<Place>();
  for (const line of await linesOf(path, what, remedy)) {
    const [network = "", region = "", ...rest] = line.text.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
    if (line.number === 1 && network === "cidr") continue;
    const city = rest.join(", ");
    const cidr = cidrOf(path, line, network, remedy);
    if (region === "" && city === "") throw wrongLine(path, line, "a network with a region or a city", remedy);
    if (region.length > longestName || city.length > longestName)
      throw wrongLine(path, line, `a region and a city of at most ${longestName} characters`, remedy);
    table.add(cidr, { ...(region === "" ? {} : { region }), ...(city === "" ? {} : { city }) });
  }
  return (truncated) => table.find(truncated);
}
