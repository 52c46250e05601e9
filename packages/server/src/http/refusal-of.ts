// What a client is told of an error that reached the edge: a refusal as it is, a full disk as 503, anything else as a fault.
import { DiskFullError, StoreValueError } from "@avow/store";
import { Refusal } from "./refusal.ts";

export interface Told {
  readonly refusal: Refusal;
  /** True for what should not have happened: the log gets where it did. */
  readonly isFault: boolean;
}

export function refusalOf(error: unknown): Told {
  if (error instanceof Refusal) return { refusal: error, isFault: false };
  if (error instanceof DiskFullError) {
    const told = "the disk is full and nothing was stored; send again later";
    return { refusal: new Refusal(503, "disk-full", told, {}, { "retry-after": "30" }), isFault: false };
  }
  if (error instanceof StoreValueError) {
    return { refusal: new Refusal(400, "bad-query", error.message), isFault: false };
  }
  return { refusal: new Refusal(500, "internal-fault", "a fault on our side; it is in the log"), isFault: true };
}

/** Where a fault happened, without its message: that may quote what a client sent. */
export function faultLine(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const where = stack.split("\n").filter((line) => line.startsWith("    at "));
  const name = error instanceof Error ? error.name : typeof error;
  return [`${new Date().toISOString()} fault ${name}`, ...where.slice(0, 8)].join("\n");
}
