// The open end of one day's spool: writes a batch durably, and takes it back whole when that fails.
import { join } from "node:path";
import { DiskFullError } from "./errors.ts";
import { isNoSpace, type SpoolFile, type SpoolFiles } from "./spool-files.ts";

/** A segment as its readers know it. `length` grows only by what is durable. */
export interface Segment {
  readonly day: string;
  readonly number: number;
  readonly path: string;
  length: number;
}

/** Past it a new segment is begun. */
const segmentBytes = 64 * 1024 * 1024;

export class SpoolWriter {
  readonly #dir: string;
  readonly #day: string;
  readonly #files: SpoolFiles;
  readonly #add: (segment: Segment) => void;
  #nextNumber: number;
  #open: { readonly segment: Segment; readonly file: SpoolFile } | undefined;

  /** Never writes to a segment of an earlier opening: `nextNumber` is beyond all of them. */
  constructor(dir: string, day: string, nextNumber: number, files: SpoolFiles, add: (segment: Segment) => void) {
    this.#dir = join(dir, day);
    this.#day = day;
    this.#nextNumber = nextNumber;
    this.#files = files;
    this.#add = add;
  }

  /** Durable when it resolves; when it rejects none of it is kept. One call at a time. @throws DiskFullError */
  async write(bytes: Buffer): Promise<void> {
    try {
      const open = await this.#segment();
      await this.#append(open.segment, open.file, bytes);
    } catch (error) {
      throw isNoSpace(error) ? new DiskFullError("writing the spool", error) : error;
    }
  }

  /** Numbers that this writer will not use. @returns the first of them */
  take(count: number): number {
    const first = this.#nextNumber;
    this.#nextNumber += count;
    return first;
  }

  async close(): Promise<void> {
    const file = this.#open?.file;
    this.#open = undefined;
    await file?.close();
  }

  async #segment(): Promise<{ readonly segment: Segment; readonly file: SpoolFile }> {
    if (this.#open !== undefined && this.#open.segment.length < segmentBytes) return this.#open;
    await this.close();
    await this.#files.makeDir(this.#dir);
    const number = this.#nextNumber;
    // Counted before the file exists: one that was made half is passed over, not written to.
    this.#nextNumber += 1;
    const path = join(this.#dir, segmentName(number));
    const file = await this.#files.create(path);
    const segment = { day: this.#day, number, path, length: 0 };
    this.#open = { segment, file };
    this.#add(segment);
    return this.#open;
  }

  async #append(segment: Segment, file: SpoolFile, bytes: Buffer): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const taken = await file.write(written === 0 ? bytes : bytes.subarray(written), segment.length + written);
        // A disk that is full may take nothing without an error.
        if (taken === 0) throw Object.assign(new Error("the system wrote nothing"), { code: "ENOSPC" });
        written += taken;
      }
      segment.length += bytes.length;
    } catch (error) {
      await this.#takeBack(segment, file, error);
      throw error;
    }
  }

  /** Unless there was no room, nobody knows what the disk now holds, so that segment is left and a new one begun. */
  async #takeBack(segment: Segment, file: SpoolFile, error: unknown): Promise<void> {
    try {
      await file.truncate(segment.length);
      if (isNoSpace(error)) return;
    } catch {
      // The rest is cut off when the segment is next read: only its durable length is ever read now.
    }
    this.#open = undefined;
    await file.close().catch(() => undefined);
  }
}

export function segmentName(number: number): string {
  return `${String(number).padStart(8, "0")}.seg`;
}
