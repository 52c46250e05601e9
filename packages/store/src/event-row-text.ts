// An event row as the spool keeps it: a JSON array, the day left to the directory, absent dimensions left out.
import type { EventRow } from "./contract.ts";

export function writeRow(row: EventRow): string {
  const { site, at, visitor, visit, name, interactive, practice, version, dimensions } = row;
  return JSON.stringify([site, at, visitor, visit, name, interactive ? 1 : 0, practice, version, dimensions]);
}

/** Site, time, visitor, visit, name, interactive (0 or 1), practice, version, dimensions. */
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
];

/** Of a payload whose checksum held. */
export function readRow(payload: Buffer): SpooledRow {
  // The checksum says that writeRow made it, so its shape is known.
  const row: SpooledRow = JSON.parse(payload.toString());
  return row;
}
