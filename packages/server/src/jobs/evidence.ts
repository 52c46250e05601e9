// The evidence job: what the gate counted goes to the records every few seconds, so that the living notice can show it.
import type { Tally } from "@avow/gate/server";
import type { Records } from "@avow/store";

const everyMs = 2000;

export interface EvidenceJob {
  /** Writes what is pending; resolves when it is on disk. */
  flush(): Promise<void>;
  /** Stops the clock and writes the rest. */
  close(): Promise<void>;
}

/** `failed` hears of a write that did not happen; its counts are kept for the next one. */
export function startEvidenceJob(
  records: Records,
  drain: () => readonly Tally[],
  failed: (error: unknown) => void,
): EvidenceJob {
  let pending: readonly Tally[] = [];
  let last: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const counts = merged([...pending, ...drain()]);
    if (counts.length === 0) return;
    pending = counts;
    await records.addEvidence(counts);
    pending = [];
  };
  const flush = (): Promise<void> => {
    last = last.then(write, write);
    return last;
  };
  const timer = setInterval(() => void flush().catch(failed), everyMs);
  timer.unref();
  return {
    flush,
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

/** One entry for each clause, outcome and reason, so that what waits for a full disk does not grow. */
function merged(tallies: readonly Tally[]): readonly Tally[] {
  const byClause = new Map<string, Tally>();
  for (const tally of tallies) {
    const key = JSON.stringify([tally.notice, tally.clause, tally.outcome, tally.reason]);
    const other = byClause.get(key);
    const count = tally.count + (other?.count ?? 0);
    byClause.set(key, { ...tally, count, lastAtMs: Math.max(tally.lastAtMs, other?.lastAtMs ?? 0) });
  }
  return [...byClause.values()];
}
