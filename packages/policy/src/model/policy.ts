// A policy: the compiled form of a notice, with everything a decision needs and nothing it does not.
import type { Notice, Controller, Covered } from "./notice.ts";

/** A numbered part of the notice, in page order. */
export interface Clause {
  readonly id: string;
  /** Number on the page, e.g. `2.1`. */
  readonly number: string;
  readonly section: string;
  readonly kind: "practice" | "promise" | "attestation" | "recipient" | "feature" | "venue";
  /** Generated from the block. */
  readonly sentence: string;
  /** The author's prose, if any. */
  readonly words?: string;
  readonly assumed: readonly string[];
}

export interface Policy {
  readonly id: string;
  readonly title: string;
  /** SHA-256, hex, of the canonical JSON (RFC 8785) of notice, parents and vocabulary. */
  readonly version: string;
  readonly vocabularyVersion: string;
  readonly example?: string;
  readonly controller: Controller;
  readonly covers: readonly Covered[];
  /** The policy this one is an addendum to; its practices and promises count here too. */
  readonly parent?: Policy;
  readonly notice: Notice;
  readonly clauses: readonly Clause[];
  readonly table: DecisionTable;
}

/** Interned ids and bit sets; built by compile, read by decide, opaque to everyone else. */
export interface DecisionTable {
  readonly opaque: unique symbol;
}

/** What somebody wants to do. Terms are vocabulary words; an unknown one is denied. */
export interface Request {
  /** Default: `send` when `to` is given, else `hold`. `read` is a look in memory. */
  readonly act?: "read" | "hold" | "send";
  readonly data: string | readonly string[];
  readonly from: string;
  readonly for: string;
  /** Recipient id, `public`, or `their own device`. Absent: the controller itself. */
  readonly to?: string;
  /** Default `raw`. An aggregate names its smallest group: `aggregate of 10`. */
  readonly form?: string;
  /** That person's stored answer; absent is `ask`. */
  readonly answer?: "ask" | "yes" | "no";
  /** A refusal signal came with the request (Sec-GPC, DNT, DO_NOT_TRACK). Signals only reduce. */
  readonly signal?: boolean;
  /** Disclosure ground, when one is claimed and recorded. */
  readonly ground?: string;
  /** Days since the anchor of the practice's keep; absent is 0. */
  readonly ageDays?: number;
}

/** Why a decision came out as it did; closed. */
export const reasons = [
  "allowed",
  "unknown term",
  "undeclared data",
  "undeclared subject",
  "undeclared purpose",
  "undeclared recipient",
  "undeclared combination",
  "less protected form",
  "not held",
  "kept too long",
  "not agreed",
  "refused by the person",
  "refused by a signal",
  "no ground",
  "forbidden by promise",
  "purpose not of the credential",
  "outside the notice",
  "stores nothing",
  "held under an unknown version",
  "internal fault",
] as const;
export type Reason = (typeof reasons)[number];

export interface Decision {
  readonly allowed: boolean;
  readonly reason: Reason;
  /** Id of the clause that decided: a practice or a promise; on a refusal the nearest practice, if any. */
  readonly clause?: string;
  readonly notice: string;
  readonly version: string;
}
