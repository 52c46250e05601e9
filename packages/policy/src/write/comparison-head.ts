// What the two sides of a comparison are called where it is shown, and the phrases every face of it shares.
import type { Change, Comparison, ToReview, Verdict } from "../compare/comparison.ts";

export interface ComparisonHead {
  /** Of the notice. */
  readonly title: string;
  /** Id of the compared notice: what stands in another is said with its name. */
  readonly notice: string;
  /** A revision, a file, a date: what tells the versions apart. */
  readonly old: string;
  readonly new: string;
}

/** What the verdict means, as one sentence for somebody who sees it for the first time. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict) {
    case "equivalent":
      return "The new version permits what the old one did, and promises the same.";
    case "more protective":
      return "The new version permits nothing the old one did not, and promises at least as much.";
    case "less protective":
      return "The new version permits something the old one did not, or promises less.";
    case "incomparable":
      return "The new version is less protective in something and more protective in something else.";
    default:
      return verdict satisfies never;
  }
}

/** `abuse`, or `abuse of psf` where it stands in another notice. */
export function clauseName({ clause, notice }: Pick<Change, "clause" | "notice">, head: ComparisonHead): string {
  return notice === "" || notice === head.notice ? clause : `${clause} of ${notice}`;
}

export function isReviewed({ reviewed }: ToReview): boolean {
  return reviewed !== undefined;
}

export function unreviewed({ toReview }: Comparison): readonly ToReview[] {
  return toReview.filter((each) => !isReviewed(each));
}

/** The line that records a review in `reviews.yaml`, to be copied; the name and the day are the reviewer's. */
export function reviewLine({ clause, oldHash, newHash }: ToReview): string {
  const id = /^[a-z0-9-]+$/.test(clause) ? clause : JSON.stringify(clause);
  return `- { clause: ${id}, old: ${oldHash}, new: ${newHash}, by: YOUR NAME, on: YYYY-MM-DD }`;
}
