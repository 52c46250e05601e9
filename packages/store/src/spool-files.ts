// The few file operations a spool needs, in one place, so that a test can make the disk full.
import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

export interface SpoolFile {
  /** Bytes written, as many as the system took, and durable when it resolves. */
  write(bytes: Buffer, position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export interface SpoolFiles {
  /** A new, empty file whose name is durable; fails when it exists. */
  create(path: string): Promise<SpoolFile>;
  /** A directory whose name is durable. */
  makeDir(path: string): Promise<void>;
}

/**
 * On Linux a write of such a file is what a write and `fdatasync` are, in one call: a batch waits for one turn of a thread,
 * not for two. Elsewhere the flag says less, and the sync is a call of its own.
 */
const isSyncedByFlag = process.platform === "linux";
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (isSyncedByFlag ? constants.O_DSYNC : 0);

export const realFiles: SpoolFiles = {
  async create(path) {
    const handle = await open(path, flags, 0o600);
    try {
      await syncDir(dirname(path));
    } catch (error) {
      await handle.close();
      throw error;
    }
    return {
      write: async (bytes, position) => {
        const { bytesWritten } = await handle.write(bytes, 0, bytes.length, position);
        if (!isSyncedByFlag) await handle.datasync();
        return bytesWritten;
      },
      truncate: (length) => handle.truncate(length),
      close: () => handle.close(),
    };
  },
  async makeDir(path) {
    if ((await mkdir(path, { recursive: true, mode: 0o700 })) !== undefined) await syncDir(dirname(path));
  },
};

export async function syncDir(path: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/** Out of blocks, out of quota, or beyond the limit on a file's size. */
export function isNoSpace(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}
