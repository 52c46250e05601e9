// A version added to its log: compared with the one before, refused where people would lose something without being told (clauses.md PS11).
import { compareNotices } from "../compare/compare-notices.ts";
import type { Comparison, Review } from "../compare/comparison.ts";
import { vocabularyText } from "../compile/compile-notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { mostEntries } from "./read-version-log.ts";
import { unreviewed } from "../write/comparison-head.ts";
import { versionText } from "./archived-version.ts";
import {
  type MaterialChange,
  type VersionEntry,
  type VersionLog,
  entryHash,
  lastEntry,
  policyAt,
  vocabularyAt,
} from "./version-log.ts";

export interface VersionChange {
  /** ISO day. */
  readonly on: string;
  readonly material?: MaterialChange;
  /** Who read the changed prose. */
  readonly reviews?: readonly Review[];
}

/**
 * `unchanged`: the last version is this one. `material`: weaker in something and not declared so. `review`: prose changed that
 * nobody named has read. `earlier`: its day lies before the last one's, or its effective day before its own. `broken`: the last
 * version of the log cannot be opened. `another notice`: the log is of another. `full`: it
 * holds as many entries as a log may.
 */
export type VersionRefusal = "unchanged" | "material" | "review" | "earlier" | "broken" | "another notice" | "full";

export type Appended =
  | { readonly log: VersionLog; readonly comparison?: Comparison }
  | { readonly refused: VersionRefusal; readonly comparison?: Comparison };

/** `vocabulary` is what the policy was compiled with. */
export function appendVersion(
  log: VersionLog | undefined,
  policy: Policy,
  vocabulary: Vocabulary,
  change: VersionChange,
): Appended {
  const { on, material, reviews = [] } = change;
  if (material !== undefined && material.effective < on) return { refused: "earlier" };
  const last = log && lastEntry(log);
  if (log === undefined || last === undefined) {
    return {
      log: withEntry(log, policy, vocabulary, { version: policy.version, previous: null, on, verdict: "first" }),
    };
  }
  if (log.notice !== policy.id) return { refused: "another notice" };
  if (last.version === policy.version) return { refused: "unchanged" };
  if (log.log.length >= mostEntries) return { refused: "full" };
  if (on < last.on) return { refused: "earlier" };
  const before = policyAt(log, last.version);
  const spoken = before && vocabularyAt(log, before);
  if (before === undefined || spoken === undefined) return { refused: "broken" };
  const comparison = compareNotices({ ...before, vocabulary: spoken }, { ...policy, vocabulary }, { reviews });
  const { verdict } = comparison;
  const isWeaker = verdict === "less protective" || verdict === "incomparable";
  if (isWeaker && material === undefined) return { refused: "material", comparison };
  if (unreviewed(comparison).length > 0) return { refused: "review", comparison };
  const used = comparison.toReview.flatMap(({ clause, oldHash, newHash }) =>
    reviews.filter((each) => each.clause === clause && each.old === oldHash && each.new === newHash),
  );
  const entry = {
    version: policy.version,
    previous: last.version,
    on,
    verdict,
    ...(isWeaker && material !== undefined ? { material } : {}),
    ...(used.length === 0 ? {} : { reviews: used }),
  };
  return { log: withEntry(log, policy, vocabulary, entry), comparison };
}

function withEntry(
  log: VersionLog | undefined,
  policy: Policy,
  vocabulary: Vocabulary,
  said: Omit<VersionEntry, "after" | "entry">,
): VersionLog {
  const texts: Record<string, string> = { ...log?.texts, [policy.vocabularyVersion]: vocabularyText(vocabulary) };
  for (let each: Policy | undefined = policy; each !== undefined; each = each.parent) {
    texts[each.version] = versionText(each);
  }
  const whole = { ...said, after: log?.log.at(-1)?.entry ?? null };
  return {
    avow: 1,
    notice: policy.id,
    texts,
    log: [...(log?.log ?? []), { ...whole, entry: entryHash(whole) }],
  };
}
