// What was sent, on the person's own machine: a line for each step of each batch, and the very bytes (docs/design/telemetry.md).
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type LedgerEntry, isRecord } from "../telemetry/index.ts";
import { isMissing, makeDir, readSmall, writeWhole } from "./telemetry-dir.ts";

/** Past it the ledger is turned over: the one before stays, that before it goes. */
const longestLedger = 1_048_576;
const mostSent = 100;

export class TelemetryLedger {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Durable when it resolves. Processes may write at once: a line is one write to the end. */
  async record(entry: LedgerEntry): Promise<void> {
    await makeDir(this.#dir);
    const path = join(this.#dir, "ledger.jsonl");
    const length = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (length > longestLedger) await rename(path, join(this.#dir, "ledger.1.jsonl"));
    const file = await open(path, "a", 0o600);
    try {
      // A line that a crash cut is ended first, or it would spoil this one.
      await file.appendFile(`\n${JSON.stringify(entry)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** Oldest first; what cannot be read is passed over. */
  async entries(): Promise<readonly LedgerEntry[]> {
    const texts = await Promise.all(
      ["ledger.1.jsonl", "ledger.jsonl"].map((name) => readSmall(join(this.#dir, name), 4 * longestLedger)),
    );
    return texts.flatMap((text) => (text ?? "").split("\n")).flatMap(readEntry);
  }

  /** The bytes as they left. */
  async keepSent(batch: string, body: string): Promise<void> {
    const dir = join(this.#dir, "sent");
    await makeDir(dir);
    await writeWhole(join(dir, `${batch}.json`), body);
    const names = await readdir(dir);
    if (names.length <= mostSent) return;
    const dated = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(dir, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
    );
    const oldest = dated.toSorted((a, b) => a.at - b.at).slice(0, names.length - mostSent);
    for (const { name } of oldest) await rm(join(dir, name), { force: true });
  }

  /** Whether the batch was sent and acknowledged. */
  async hasSent(batch: string): Promise<boolean> {
    return stat(join(this.#dir, "sent", `${batch}.json`)).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }
}

function readEntry(line: string): readonly LedgerEntry[] {
  if (line === "") return [];
  try {
    const value: unknown = JSON.parse(line);
    const isEntry =
      isRecord(value) && ["batch", "outcome", "day", "token"].every((key) => typeof value[key] === "string");
    return isEntry ? [value as unknown as LedgerEntry] : [];
  } catch {
    return [];
  }
}
