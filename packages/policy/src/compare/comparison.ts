// What a comparison says: a verdict, each change with its witness in words, and what people must still look at.
import type { Dimension, Point } from "./point.ts";

export const verdicts = ["equivalent", "more protective", "less protective", "incomparable"] as const;
export type Verdict = (typeof verdicts)[number];

/** What a change is about. */
export type Subject = "practice" | "contact" | "promise" | "covers" | "controller";

/** One dimension on which a practice differs from the nearest of the other version, in words. */
export interface Difference {
  readonly dimension: Dimension;
  readonly old: string;
  readonly new: string;
  /** Where `old → new` would mislead: what was added or dropped. */
  readonly says?: string;
}

export interface Nearest {
  /** The version it stands in. */
  readonly side: "old" | "new";
  readonly clause: string;
  readonly notice: string;
  readonly text: string;
  readonly point?: Point;
}

export interface Change {
  /** `weaker`: the new version permits what the old did not, or promises less. */
  readonly direction: "weaker" | "stronger";
  readonly about: Subject;
  /** Clause id: of the new version when weaker in practice, of the old when a promise is lost; the notice's id when it is about no clause. */
  readonly clause: string;
  /** Id of the notice the clause stands in: the compared one, or one above it. */
  readonly notice: string;
  /** In words, e.g. `IP address → Sentry: kept 30 days → 90 days`. */
  readonly witness: string;
  /** The point that nothing on the other side covers: the new one when weaker, the old one when stronger. */
  readonly point?: Point;
  /** What of the other side comes nearest to covering or upholding it, in words; `point` where it is a practice. */
  readonly nearest?: Nearest;
  readonly differs: readonly Difference[];
}

/** A named person's word that a change of prose says the same; bound to the very words by their hashes (compare/prose-hash.ts). */
export interface Review {
  readonly clause: string;
  readonly old: string;
  readonly new: string;
  readonly by: string;
  /** ISO day. */
  readonly on: string;
}

/** Prose bound to a clause that changed. "never" → "rarely" is not editorial: somebody named must look. */
export interface ToReview {
  readonly clause: string;
  /** Id of the notice the prose stands in. */
  readonly notice: string;
  /** Empty where there was, or is, none. */
  readonly old: string;
  readonly new: string;
  readonly oldHash: string;
  readonly newHash: string;
  readonly reviewed?: { readonly by: string; readonly on: string };
}

/** A change without order: a basis, a link, an `assumed` key. Reported, never judged. */
export interface LabelChange {
  readonly clause: string;
  readonly label: string;
  readonly old: string;
  readonly new: string;
}

export interface Comparison {
  readonly verdict: Verdict;
  readonly changes: readonly Change[];
  readonly toReview: readonly ToReview[];
  readonly labels: readonly LabelChange[];
  /** Changes of title, order and headings, in words. */
  readonly editorial: readonly string[];
}

export function verdictOf(changes: readonly Change[]): Verdict {
  const isWeaker = changes.some((each) => each.direction === "weaker");
  const isStronger = changes.some((each) => each.direction === "stronger");
  if (isWeaker) return isStronger ? "incomparable" : "less protective";
  return isStronger ? "more protective" : "equivalent";
}
