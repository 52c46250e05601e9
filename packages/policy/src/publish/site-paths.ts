// Where the parts of a published site stand; a version's own files are named by its place in the log and its hash.
import type { PublishedVersion } from "./published-notice.ts";

/** The pointer every published site has, and the list of what it holds. */
export const wellKnownPath = ".well-known/privacy-notice.json";
export const logName = "versions.json";

/** Versions may come back (A, B, A): the entry's hash tells them apart, the version's would not. */
export function stepName({ entry }: PublishedVersion): string {
  return `${entry.on}-${entry.entry.slice(0, 12)}.html`;
}
