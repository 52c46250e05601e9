// The state of a clause on this installation, computed from what runs and what was seen; the page cannot flatter.
import type { Voucher } from "@avow/policy";

export const clauseStates = [
  "enforced",
  "enforced in part",
  "vouched for",
  "only said",
  "not shown yet",
  "broken",
] as const;
export type ClauseState = (typeof clauseStates)[number];

export const glyphs: Readonly<Record<ClauseState, string>> = {
  enforced: "●",
  "enforced in part": "◔",
  "vouched for": "◐",
  "only said": "○",
  "not shown yet": "–",
  broken: "✕",
};

/** Older evidence is no evidence. */
export const freshMs = 48 * 3_600_000;

/** What this installation found out about one clause. */
export interface Findings {
  /** A mechanism of this installation keeps the clause; absent: nothing does. */
  readonly mechanism?: {
    /** True when something runs that it acts on: a site, or the credential of one. */
    readonly isRunning: boolean;
    /** The mechanism was tried and did what the clause forbids. */
    readonly isBroken?: boolean;
    /** Something the clause says is not done by it yet. */
    readonly isPartial?: boolean;
  };
  /** Newest evidence that the mechanism worked, epoch milliseconds. */
  readonly evidenceAtMs?: number;
  /** Evidence could not be read; nothing old is shown in its place. */
  readonly isEvidenceUnavailable?: boolean;
  readonly voucher?: Voucher | "not yet";
  readonly nowMs: number;
}

/** Broken first, then what is shown, then what is vouched for, then what is merely said. */
export function clauseState(found: Findings): ClauseState {
  const { mechanism, voucher, nowMs } = found;
  if (mechanism?.isBroken === true) return "broken";
  if (mechanism !== undefined) {
    if (!isShown(found)) return "not shown yet";
    return mechanism.isPartial === true ? "enforced in part" : "enforced";
  }
  if (voucher === undefined || voucher === "not yet") return "only said";
  return isValid(voucher, nowMs) ? "vouched for" : "broken";
}

function isShown({ mechanism, evidenceAtMs, isEvidenceUnavailable, nowMs }: Findings): boolean {
  if (mechanism?.isRunning !== true || isEvidenceUnavailable === true || evidenceAtMs === undefined) return false;
  return nowMs - evidenceAtMs <= freshMs;
}

/** The last day counts; a word given for a day that has not come is not valid yet. */
export function isValid(voucher: Voucher, nowMs: number): boolean {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  return voucher.on <= today && today <= voucher.until;
}

/** `11 clauses: 8 enforced, 2 vouched for, 1 only said`; broken ones are named by the caller. */
export function stateSentence(states: readonly ClauseState[]): string {
  const counts = clauseStates.flatMap((state) => {
    const count = states.filter((each) => each === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `${states.length} ${states.length === 1 ? "clause" : "clauses"}: ${counts.join(", ")}`;
}
