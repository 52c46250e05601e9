// File operations for tests: the real ones, with a disk that can be full or refuse to sync, and a diary of what was done.
import { realFiles, type SpoolFile, type SpoolFiles } from "./spool-files.ts";

export interface FailingFiles extends SpoolFiles {
  /** Bytes the disk still takes; Infinity when it has room. */
  room: number;
  /** True: what is written from now on cannot be synced. */
  refusesSync: boolean;
  readonly diary: string[];
}

export function failingFiles(): FailingFiles {
  const disk: FailingFiles = {
    room: Number.POSITIVE_INFINITY,
    refusesSync: false,
    diary: [],
    async makeDir(path) {
      if (disk.room <= 0) throw noSpace();
      await realFiles.makeDir(path);
    },
    async create(path) {
      if (disk.room <= 0) throw noSpace();
      return watched(disk, await realFiles.create(path));
    },
  };
  return disk;
}

function watched(disk: FailingFiles, file: SpoolFile): SpoolFile {
  return {
    async write(bytes, position) {
      if (disk.room <= 0) throw noSpace();
      const taken = await file.write(bytes.subarray(0, Math.min(bytes.length, disk.room)), position);
      disk.room -= taken;
      if (disk.refusesSync) throw Object.assign(new Error("input/output error"), { code: "EIO" });
      disk.diary.push(`write ${taken}`);
      return taken;
    },
    async truncate(length) {
      disk.diary.push(`truncate ${length}`);
      await file.truncate(length);
    },
    close: () => file.close(),
  };
}

function noSpace(): Error {
  return Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}
