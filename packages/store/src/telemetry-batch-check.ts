// What a batch may be called and how long it may be: names become names of files.
import type { TelemetryBatch } from "./contract.ts";
import { StoreValueError } from "./errors.ts";
import { isDay } from "./event-row-check.ts";

/** Characters of a stored batch; a batch that is sent is shorter. */
const longestText = 524_288;

export function isTelemetryId(text: string): boolean {
  return text.length <= 64 && /^[a-z\d]+(?:-[a-z\d]+)*$/.test(text);
}

export function isBatchName(text: string): boolean {
  return /^[\da-f]{64}$/.test(text);
}

/** @throws StoreValueError */
export function requireNames(telemetry: string, day: string): void {
  if (!isTelemetryId(telemetry)) throw new StoreValueError("a telemetry's id is lower-case words joined by hyphens");
  if (!isDay(day)) throw new StoreValueError("a batch's day must be a date like 2026-11-20");
}

/** @throws StoreValueError */
export function requireBatch({ telemetry, day, batch, text }: TelemetryBatch): void {
  requireNames(telemetry, day);
  if (!isBatchName(batch)) throw new StoreValueError("a batch's name must be a SHA-256 in hex");
  if (text.length > longestText) throw new StoreValueError(`a batch takes at most ${longestText} characters`);
}
