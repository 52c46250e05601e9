// Cuts a damaged end off a segment and keeps it beside it, so that what is valid stays usable and nothing is hidden.
import { open } from "node:fs/promises";
import { syncDir } from "./spool-files.ts";
import { readSegment } from "./spool.ts";
import type { Segment } from "./spool-writer.ts";
import { dirname } from "node:path";

const step = 1024 * 1024;

/**
 * Ends the segment at `validEnd`. The rest goes to `<segment>.rest-<offset>`, unless it is all zeros or nothing.
 * @returns how many bytes were cut off and whether they were kept.
 */
export async function setAside(
  segment: Segment,
  validEnd: number,
): Promise<{ readonly bytes: number; readonly isKept: boolean }> {
  const bytes = segment.length - validEnd;
  const isKept = await keepRest(segment, validEnd);
  const handle = await open(segment.path, "r+");
  try {
    await handle.truncate(validEnd);
    await handle.sync();
  } finally {
    await handle.close();
  }
  segment.length = validEnd;
  return { bytes, isKept };
}

async function keepRest(segment: Segment, from: number): Promise<boolean> {
  if (!(await hasContent(segment, from))) return false;
  const rest = await open(`${segment.path}.rest-${from}`, "w", 0o600);
  try {
    for (let at = from; at < segment.length; at += step) await rest.write(await readSegment(segment, at, step));
    await rest.sync();
  } finally {
    await rest.close();
  }
  await syncDir(dirname(segment.path));
  return true;
}

async function hasContent(segment: Segment, from: number): Promise<boolean> {
  for (let at = from; at < segment.length; at += step) {
    if ((await readSegment(segment, at, step)).some((byte) => byte !== 0)) return true;
  }
  return false;
}
