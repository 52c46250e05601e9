// The decision table: interned terms and bit sets over practices and bans, every hierarchy already flattened.
import type { Ban, Form, Practice } from "../model/notice.ts";
import type { Memo } from "./memo.ts";
import type { Decision, DecisionTable, Policy, Reason } from "../model/policy.ts";

/** One stage of keeping; `lastDay` is infinite when it has no limit. */
export interface TableStage {
  readonly form: Form;
  readonly lastDay: number;
  /** The event the days count from. */
  readonly after: string;
  readonly isHeld: boolean;
}

/** What a recipient is declared to do with what it stores. */
export interface TableLimit {
  readonly isStoring: boolean;
  readonly form: Form | undefined;
  /** By the recipient's own keeping, where it counts from the same event; infinite otherwise. */
  readonly lastDay: (after: string) => number;
}

/** A practice as the table numbers it: own ones first, then those of the parents. */
export interface TablePractice {
  readonly practice: Practice;
  /** Notice and version the clause stands in. */
  readonly notice: string;
  readonly version: string;
  readonly stages: readonly TableStage[];
  /** Data that comes to the controller, held or passing through; what is only looked at left aside. */
  readonly withUs: readonly string[];
  /** Its recipients, as its own notice or the nearest above declares them (clauses.md PY3). */
  readonly limits: ReadonlyMap<string, TableLimit>;
}

export interface TableBan {
  readonly ban: Ban;
  readonly promise: string;
  readonly notice: string;
  readonly version: string;
  /** For each term of `together`, the rows of the data that overlap it. */
  readonly together: readonly ReadonlySet<number>[];
}

/** One bit set per term: the set of row `r` is the words from `r * width`. */
export type Rows = Uint32Array;

/** Subjects, purposes or recipients. */
export interface Axis {
  readonly index: ReadonlyMap<string, number>;
  /** Rows there are. */
  readonly size: number;
  /** Practices that name the term or one above it. */
  readonly practices: Rows;
  /** Bans that overlap the term, or are silent on this axis. */
  readonly bans: Rows;
}

/** What an act means for the table: at the controller held or read, at a recipient sent or stored, on the person's own device kept. */
export const manners = ["hold", "read", "send", "store there", "keep on their device"] as const;
export type Manner = 0 | 1 | 2 | 3 | 4;

export interface DataAxis {
  readonly index: ReadonlyMap<string, number>;
  /** By manner: practices that declare the datum for it. */
  readonly declared: readonly Rows[];
  /** Practices that look at the datum in memory only: form and age do not matter then. */
  readonly looked: Rows;
  /** Bans that the datum overlaps, `together` left aside. */
  readonly bans: Rows;
}

export interface Table {
  readonly practices: readonly TablePractice[];
  readonly bans: readonly TableBan[];
  /** Words per bit set of practices and of bans. */
  readonly width: number;
  readonly banWidth: number;
  readonly data: DataAxis;
  readonly subjects: Axis;
  readonly purposes: Axis;
  /** Recipients, then the controller itself, then whoever is not declared. */
  readonly recipients: Axis;
  readonly controllerRow: number;
  readonly strangerRow: number;
  /** Practices whose recipient is declared to store what it gets, per recipient. */
  readonly storing: Rows;
  /** Practices whose condition holds, by signal and answer (ask, yes, no): `conditions[signal * 3 + answer]`. */
  readonly conditions: readonly Rows[];
  /** Practices that stand on each ground, by signal and answer too: one that needs a feature still waits for its yes. */
  readonly grounds: ReadonlyMap<string, readonly Rows[]>;
  readonly allowed: readonly Decision[];
  readonly banned: readonly Decision[];
  /** Refusals by reason and nearest practice, made on first use and then reused. */
  readonly refusals: Map<Reason, Decision[]>;
  readonly memo: Memo;
  /** What a refusal without a clause names. */
  readonly owner: { readonly notice: string; readonly version: string };
}

/** The only two places that look behind the opaque type. */
export function seal(table: Table): DecisionTable {
  return table as unknown as DecisionTable;
}

export function open(policy: Policy): Table {
  return policy.table as unknown as Table;
}

export function makeDecision(
  allowed: boolean,
  reason: Reason,
  clause: string | undefined,
  at: { readonly notice: string; readonly version: string },
): Decision {
  const { notice, version } = at;
  return Object.freeze({ allowed, reason, ...(clause === undefined ? {} : { clause }), notice, version });
}
