// The machine Avow runs on, as the kernel tells it: looks that concern where memory could end up on disk.
import { readFileSync } from "node:fs";
import type { Finding } from "./finding.ts";

/** Reads a file of the kernel; undefined where there is none (not Linux, a closed container). */
export type ReadKernel = (path: string) => string | undefined;

export const readKernel: ReadKernel = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

export const leastNode = 24;

export function lookAtNode(version: string): Finding {
  const isNewEnough = Number(version.split(".")[0]) >= leastNode;
  if (isNewEnough) return { look: "node", state: "ok", says: `Node ${version}` };
  return {
    look: "node",
    state: "finding",
    says: `Node ${version} is too old`,
    remedy: `install Node ${leastNode} or newer`,
  };
}

/** Addresses live in memory for a moment; swap would write them to disk. */
export function lookAtSwap(read: ReadKernel): Finding {
  const table = read("/proc/swaps");
  if (table === undefined) return { look: "swap", state: "note", says: "not known on this system" };
  const areas = table
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(/\s+/)[0] ?? "");
  const onDisk = areas.filter((area) => !/^\/dev\/zram\d+$/.test(area));
  if (areas.length === 0) return { look: "swap", state: "ok", says: "none" };
  if (onDisk.length === 0) return { look: "swap", state: "ok", says: "only compressed memory (zram)" };
  return {
    look: "swap",
    state: "finding",
    says: `memory can reach the disk: ${onDisk.join(", ")}`,
    remedy: "encrypt the swap area with a random key, or run `swapoff -a`",
  };
}

/** A core dump is the memory of the process in a file. */
export function lookAtCoreDumps(read: ReadKernel): Finding {
  const limits = read("/proc/self/limits");
  const soft = /^Max core file size\s+(\S+)/m.exec(limits ?? "")?.[1];
  if (soft === undefined) return { look: "core dumps", state: "note", says: "not known on this system" };
  if (soft === "0") return { look: "core dumps", state: "ok", says: "off" };
  return {
    look: "core dumps",
    state: "finding",
    says: `a crash would write memory to disk (limit ${soft})`,
    remedy: "run `ulimit -c 0` before avow, or set LimitCORE=0 in its service",
  };
}

/** Days are closed by this clock. `newestMs` is the time of the newest file Avow wrote, if any. */
export function lookAtClock(nowMs: number, newestMs: number | undefined, read: ReadKernel): Finding {
  const now = new Date(nowMs).toISOString().slice(0, 19);
  if (newestMs !== undefined && nowMs < newestMs - 60_000) {
    const newest = new Date(newestMs).toISOString().slice(0, 19);
    return {
      look: "clock",
      state: "finding",
      says: `${now} UTC is earlier than the newest file, ${newest} UTC`,
      remedy: "set the clock, for example with `timedatectl set-ntp true`",
    };
  }
  const isSynchronised = read("/run/systemd/timesync/synchronized") !== undefined;
  return { look: "clock", state: "ok", says: `${now} UTC${isSynchronised ? ", synchronised" : ""}` };
}
