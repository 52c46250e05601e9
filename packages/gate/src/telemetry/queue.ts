// What a telemetry client needs of the machine it runs on: a queue that survives, and a ledger of what was sent (docs/design/telemetry.md).
import type { Sealed } from "./batch.ts";

/** How far a batch came. `sending` is written before the first byte leaves: whatever happens then, its token is kept. */
export const sendings = ["sending", "stored", "refused", "given up", "deleted", "counted", "not held"] as const;
export type Sending = (typeof sendings)[number];

/** One line of the ledger; the last of a batch holds. */
export interface LedgerEntry {
  readonly batch: string;
  readonly outcome: Sending;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly day: string;
  readonly events: number;
  /** SHA-256 (hex) of the bytes that were sent. */
  readonly hash: string;
  /** Whoever has it can have the batch deleted. */
  readonly token: string;
  readonly leftOut: number;
  /** The collector's answer or its receipt, or why it was given up. */
  readonly says?: string;
}

/** Small texts that are kept beside the queue. */
export type Kept = "once" | "upload";

export interface TelemetryQueue {
  /** Whole lines, each ended. Durable when it resolves. @throws when they cannot be kept */
  append(lines: string): Promise<void>;
  /** Characters that wait, about. */
  length(): Promise<number>;
  /** Takes every line that waits and keeps the batch `make` makes of them instead; safe to repeat after a crash at any point. */
  seal(make: (lines: readonly string[], token: string) => Promise<Sealed | undefined>): Promise<void>;
  sealed(): Promise<readonly Sealed[]>;
  /** Keeps it instead of what has its name. */
  put(sealed: Sealed): Promise<void>;
  /** Forgets a batch; one that was sent stays among what was sent. */
  remove(batch: string, isSent: boolean): Promise<void>;
  /** Everything but the ledger and what was sent. */
  destroy(): Promise<void>;
  kept(name: Kept): Promise<string | undefined>;
  keep(name: Kept, text: string): Promise<void>;
  record(entry: LedgerEntry): Promise<void>;
  /** Oldest first. */
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Ends what is open; what waits stays. */
  close(): Promise<void>;
}
