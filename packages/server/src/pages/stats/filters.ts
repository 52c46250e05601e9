// Filters of a bulletin as they stand in the address: one value for each dimension, removable word by word.
import type { Filter } from "@avow/store";
import { countryName } from "../../query/country-names.ts";

/** Dimensions with a table and a filter, in the order they are shown. */
export const tableDimensions = ["source", "page", "country", "device", "browser", "os"] as const;
export type TableDimension = (typeof tableDimensions)[number];

export const dimensionNames: Readonly<Record<TableDimension, string>> = {
  source: "Sources",
  page: "Pages",
  country: "Countries",
  device: "Devices",
  browser: "Browsers",
  os: "Systems",
};

export interface PageFilter {
  readonly dimension: TableDimension;
  readonly value: string;
}

const longestValue = 2000;

export function readPageFilters(query: URLSearchParams): readonly PageFilter[] {
  return tableDimensions.flatMap((dimension) => {
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

/** The bulletin's address with some keys set or, where undefined, left out. */
export function addressOf(
  site: string,
  query: URLSearchParams,
  changes: Readonly<Record<string, string | undefined>>,
): string {
  const kept = new URLSearchParams();
  for (const key of ["period", "from", "to", ...tableDimensions]) {
    const value = key in changes ? changes[key] : (query.get(key) ?? undefined);
    if (value !== undefined) kept.set(key, value);
  }
  const text = kept.toString();
  return `/stats/${encodeURIComponent(site)}${text === "" ? "" : `?${text}`}`;
}
