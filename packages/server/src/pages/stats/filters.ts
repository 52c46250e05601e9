// Filters of a bulletin as they stand in the address: one value for each dimension, removable word by word.
import type { Filter } from "@avow/store";
import { countryName } from "../../query/country-names.ts";

/**
 * What the public sees tables of: no two say the same of a visit more and less exactly, because what a channel has more than the
 * sources shown of it would be a group of any size (clauses.md PI3).
 */
export const publicDimensions = ["source", "page", "country", "device", "browser", "os"] as const;

/** Dimensions with a table and a filter, in the order they are shown; the owner's properties follow. */
export const tableDimensions = [
  "channel",
  "source",
  "page",
  "entry_page",
  "exit_page",
  "goal",
  "country",
  "region",
  "city",
  "device",
  "browser",
  "os",
] as const;
type FixedDimension = (typeof tableDimensions)[number];
export type TableDimension = FixedDimension | `prop:${string}`;

const names: Readonly<Record<FixedDimension, readonly [many: string, one: string]>> = {
  channel: ["Channels", "channel"],
  source: ["Sources", "source"],
  page: ["Pages", "page"],
  entry_page: ["Entry pages", "entry page"],
  exit_page: ["Exit pages", "exit page"],
  goal: ["Goals", "goal"],
  country: ["Countries", "country"],
  region: ["Regions", "region"],
  city: ["Cities", "city"],
  device: ["Devices", "device"],
  browser: ["Browsers", "browser"],
  os: ["Systems", "system"],
};

/** `Sources`; a property by its own name. */
export function tableName(dimension: TableDimension): string {
  return isProperty(dimension) ? `Property ${dimension.slice("prop:".length)}` : names[dimension][0];
}

/** `source`. */
export function singular(dimension: TableDimension): string {
  return isProperty(dimension) ? dimension.slice("prop:".length) : names[dimension][1];
}

function isProperty(dimension: TableDimension): dimension is `prop:${string}` {
  return dimension.startsWith("prop:");
}

export function isTableDimension(dimension: string): dimension is TableDimension {
  return dimension.startsWith("prop:") || (tableDimensions as readonly string[]).includes(dimension);
}

/** Each once, as they are shown: properties last, by name. */
export function inShownOrder(dimensions: Iterable<string>): readonly TableDimension[] {
  const place = (each: TableDimension): number =>
    isProperty(each) ? tableDimensions.length : tableDimensions.indexOf(each);
  return [...new Set(dimensions)]
    .filter(isTableDimension)
    .toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
}

export interface PageFilter {
  readonly dimension: TableDimension;
  readonly value: string;
}

const longestValue = 2000;
const mostFilters = 12;

export function readPageFilters(query: URLSearchParams): readonly PageFilter[] {
  return inShownOrder(query.keys())
    .slice(0, mostFilters)
    .flatMap((dimension) => {
      const value = query.get(dimension);
      return value === null ? [] : [{ dimension, value: value.slice(0, longestValue) }];
    });
}

export function filterOf(filters: readonly PageFilter[]): Filter | undefined {
  const of = filters.map(({ dimension, value }): Filter => ({
    op: "is",
    dimension,
    values: [value],
    caseSensitive: true,
  }));
  return of.length <= 1 ? of[0] : { op: "and", of };
}

/** What people read for a value: a country's name, and words where nothing is stored. */
export function valueText(dimension: TableDimension, value: string): string {
  if (value === "") return dimension === "country" ? "Unknown" : "(none)";
  return dimension === "country" ? countryName(value) : value;
}

/** The bulletin's address with some keys set or, where undefined, left out; `path` as of `BulletinModel`. */
export function addressOf(
  path: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const kept = new URLSearchParams();
  for (const key of ["period", "from", "to", ...inShownOrder([...query.keys(), ...Object.keys(changes)])]) {
    const value = key in changes ? changes[key] : (query.get(key) ?? undefined);
    if (value !== undefined) kept.set(key, value);
  }
  return withQuery(path, kept);
}

export function statsPath(site: string): string {
  return `/stats/${encodeURIComponent(site)}`;
}

export function withQuery(path: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}
