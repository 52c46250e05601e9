// The data directory: room, kind of filesystem, and who may read it.
import { accessSync, constants, existsSync, readdirSync, statSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Finding } from "./finding.ts";

/** Magic numbers of statfs(2) that matter here; see linux/magic.h. */
const filesystems: Readonly<Record<number, { readonly name: string; readonly harm?: string }>> = {
  0x01021994: { name: "tmpfs", harm: "it is memory: everything is lost at restart" },
  0x858458f6: { name: "ramfs", harm: "it is memory: everything is lost at restart" },
  0x6969: { name: "nfs", harm: "locks and fsync cannot be relied on over a network" },
  0xff534d42: { name: "cifs", harm: "locks and fsync cannot be relied on over a network" },
  0xfe534d42: { name: "smb", harm: "locks and fsync cannot be relied on over a network" },
  0x65735546: { name: "fuse", harm: "fsync may not reach the disk" },
  0xef53: { name: "ext4" },
  0x58465342: { name: "xfs" },
  0x9123683e: { name: "btrfs" },
  0x2fc12fc1: { name: "zfs" },
  0x794c7630: { name: "overlay" },
};

/** What statfs(2) and stat(2) say, so that looks can be tested without such a disk. */
export interface Disk {
  readonly type: number;
  readonly freeBytes: number;
  readonly bytes: number;
}

/** The nearest directory that exists: where the data directory is, or would be made. */
export function nearestExisting(dir: string): string {
  return existsSync(dir) || dirname(dir) === dir ? dir : nearestExisting(dirname(dir));
}

export function diskOf(dir: string): Disk {
  const { type, bavail, blocks, bsize } = statfsSync(nearestExisting(dir));
  return { type, freeBytes: bavail * bsize, bytes: blocks * bsize };
}

export function lookAtRoom({ freeBytes, bytes }: Disk): Finding {
  const says = `${gigabytes(freeBytes)} GB free of ${gigabytes(bytes)} GB`;
  if (freeBytes >= 1e9) return { look: "disk space", state: "ok", says };
  return { look: "disk space", state: "finding", says, remedy: "free at least 1 GB: a full disk is answered with 503" };
}

export function lookAtFilesystem({ type }: Disk): Finding {
  const known = filesystems[type];
  const name = known?.name ?? `0x${type.toString(16)}`;
  if (known?.harm !== undefined) {
    return {
      look: "filesystem",
      state: "finding",
      says: `${name}: ${known.harm}`,
      remedy: "give --data a directory on a local disk",
    };
  }
  if (name === "overlay") {
    return {
      look: "filesystem",
      state: "note",
      says: "overlay: the data goes when this container goes; a volume stays",
    };
  }
  return { look: "filesystem", state: "ok", says: name };
}

export function lookAtPermissions(dir: string): Finding {
  if (!existsSync(dir)) {
    const parent = nearestExisting(dir);
    const says = "not there yet; avow makes it, for its own user only";
    return isWritable(parent)
      ? { look: "data directory", state: "ok", says }
      : {
          look: "data directory",
          state: "finding",
          says: `cannot be made in ${parent}`,
          remedy: "give --data a directory you may write to",
        };
  }
  const mode = statSync(dir).mode & 0o777;
  const says = `mode ${mode.toString(8).padStart(4, "0")}`;
  if (!isWritable(dir)) {
    return {
      look: "data directory",
      state: "finding",
      says: `${says}: not writable`,
      remedy: "run avow as the user who owns it",
    };
  }
  if ((mode & 0o077) !== 0) {
    return {
      look: "data directory",
      state: "finding",
      says: `${says}: others may look in`,
      remedy: `chmod 700 ${dir}`,
    };
  }
  return { look: "data directory", state: "ok", says };
}

function isWritable(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Epoch milliseconds of the newest file below; undefined when there is none. */
export function newestFileMs(dir: string): number | undefined {
  if (!existsSync(dir)) return undefined;
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" });
  // A running server removes files while we look.
  const times = names.flatMap((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.mtimeMs ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
