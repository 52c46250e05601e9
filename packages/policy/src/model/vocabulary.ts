// The vocabulary: short human words, each bound to one identifier of the W3C Data Privacy Vocabulary 2.3.

/** What a term can be used as. */
export const termKinds = [
  "data",
  "purpose",
  "subject",
  "condition",
  "basis",
  "ground",
  "role",
  "event",
  "right",
] as const;
export type TermKind = (typeof termKinds)[number];

export interface Term {
  /** The word authors write, lower case, e.g. `IP address`. Compared exactly. */
  readonly key: string;
  readonly kind: TermKind;
  /** DPV identifier, e.g. `https://w3id.org/dpv/pd#IPAddress`; an extension term has its parent's. */
  readonly dpv: string;
  /** Broader terms of the same kind, by key; several are fine, cycles are not. */
  readonly parents: readonly string[];
  /** Our own definition, one sentence. */
  readonly means: string;
  /** Words of the same meaning that the "nearest term" help should lead here. */
  readonly also?: readonly string[];
}

/** A set of terms; part of every policy's version. */
export interface Vocabulary {
  readonly terms: readonly Term[];
}
