// Evidence of what the guard refused: a line each, host and reason and nothing of the request (clauses.md JP3).
import { appendFileSync } from "node:fs";
import type { Refusal } from "./guard.ts";
import { saysOf } from "./refused.ts";

export type Report = (refusal: Refusal) => void;

/** A program that tries for ever fills no disk. */
const mostLines = 10_000;
const mostShown = 100;

/** Appends JSON lines `{ at, seam, host, reason, feature? }`; one write a line, so that processes can share the file. */
export function fileReport(path: string, nowMs: () => number): Report {
  let lines = 0;
  return (refusal) => {
    lines += 1;
    if (lines > mostLines) return;
    const line = lines === mostLines ? { at: stamp(nowMs()), more: true } : { at: stamp(nowMs()), ...refusal };
    try {
      appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      // Refused all the same; there is nowhere to say it.
    }
  };
}

/** One line to standard error for each host and reason; how often is the file's to tell. */
export function lineReport(write: (line: string) => void): Report {
  const shown = new Set<string>();
  return (refusal) => {
    const says = saysOf(refusal);
    if (shown.has(says) || shown.size >= mostShown) return;
    shown.add(says);
    write(`avow: refused ${says}${shown.size === mostShown ? "; more are not shown" : ""}\n`);
  };
}

function stamp(ms: number): string {
  return new Date(ms).toISOString();
}
