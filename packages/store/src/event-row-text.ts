// An event row as the spool keeps it: a JSON array, the day left to the directory, absent dimensions left out.
import type { EventRow } from "./contract.ts";

export function writeRow(row: EventRow): Buffer {
  const { site, at, visitor, visit, name, interactive, practice, version, dimensions } = row;
  return Buffer.from(
    JSON.stringify([site, at, visitor, visit, name, interactive ? 1 : 0, practice, version, dimensions]),
  );
}

type Written = [string, number, number, number, string, number, string, string, EventRow["dimensions"]];

/** Of a payload whose checksum held. */
export function readRow(day: string, payload: Buffer): EventRow {
  // The checksum says that writeRow made it, so its shape is known.
  const written: Written = JSON.parse(payload.toString());
  const [site, at, visitor, visit, name, interactive, practice, version, dimensions] = written;
  return { site, day, at, visitor, visit, name, interactive: interactive === 1, practice, version, dimensions };
}
