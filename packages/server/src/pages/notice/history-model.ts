// From a history to what pages and programs are shown of it.
import { type PublishedVersion, stepName } from "@avow/policy";
import type { HistoryModel, StepStanding } from "./notice-model.ts";
import type { History } from "./read-history.ts";

/** `seen` are the versions this installation served. */
export function historyModel(history: History, seen: readonly Seen[]): HistoryModel {
  const { source, published, served, logFault } = history;
  return {
    source,
    updated: served.entry.on,
    steps: published.versions.toReversed().map((each) => {
      const { entry, from, step } = each;
      const seenAtMs = seen.find(({ version }) => version === entry.version)?.seenAtMs;
      return {
        version: entry.version,
        on: entry.on,
        from,
        verdict: entry.verdict,
        standing: standingOf(each, history),
        page: stepName(each),
        hasChanges: step !== undefined,
        ...(seenAtMs === undefined ? {} : { seenAtMs }),
      };
    }),
    isRecent: published.recent.includes(served),
    ...(published.inForce === served ? {} : { elsewhere: published.inForce.entry.on }),
    ...(logFault === undefined ? {} : { logFault }),
  };
}

interface Seen {
  readonly version: string;
  readonly seenAtMs: number;
}

/** What is in force is what is served here: a log written since says nothing until the next start. */
function standingOf(version: PublishedVersion, { published, served }: History): StepStanding {
  if (version === served) return "served";
  if (version.isWithdrawn) return "taken back";
  const isLater = published.versions.indexOf(version) > published.versions.indexOf(served);
  return isLater ? "to come" : "before";
}
