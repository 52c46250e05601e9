// An event row as the spool keeps it: a JSON array, the day left to the directory, absent dimensions left out.
import type { EventRow } from "./contract.ts";

export function writeRow(row: EventRow): string {
  const { site, at, visitor, visit, name, interactive, practice, version, dimensions } = row;
  const { props, scrollDepth, engagedMs } = row;
  const always = [site, at, visitor, visit, name, interactive ? 1 : 0, practice, version, dimensions];
  const isPlain = props === undefined && scrollDepth === undefined && engagedMs === undefined;
  return JSON.stringify(isPlain ? always : [...always, { props, scroll_depth: scrollDepth, engaged_ms: engagedMs }]);
}

/** What few rows have, under the names of its columns. */
export interface Extras {
  readonly props?: Readonly<Record<string, string>>;
  readonly scroll_depth?: number;
  readonly engaged_ms?: number;
}

/** Site, time, visitor, visit, name, interactive (0 or 1), practice, version, dimensions; then what few rows have. */
export type SpooledRow = readonly [
  string,
  number,
  number,
  number,
  string,
  number,
  string,
  string,
  EventRow["dimensions"],
  Extras?,
];

/** Of a payload whose checksum held. */
export function readRow(payload: Buffer): SpooledRow {
  // The checksum says that writeRow made it, so its shape is known.
  const row: SpooledRow = JSON.parse(payload.toString());
  return row;
}
