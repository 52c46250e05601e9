// Whether a version could have been published at all: a log is written by whoever hands it out, and its texts need not be anybody's notice.
import { checkNotice } from "../check/check-notice.ts";
import type { Keep, Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { hiddenCharacter } from "../syntax/hidden-character.ts";
import { keepOf } from "../syntax/read-keep.ts";

/** In words; empty for what `parseNotice` and `checkNotice` would pass on that ISO day. */
export function versionFaults({ notice, parent }: Policy, vocabulary: Vocabulary, on: string): readonly string[] {
  const faults: string[] = [];
  for (const [id, keep] of keepsOf(notice)) {
    const read = keepOf(keep.text);
    if (JSON.stringify(sorted(read)) !== JSON.stringify(sorted(keep)))
      faults.push(`\`${id}\` says \`${keep.text}\` and means something else`);
  }
  const character = firstHidden(notice);
  if (character !== undefined) faults.push(`an invisible control character (${character}) stands in it`);
  const options = { vocabulary, today: on, ...(parent === undefined ? {} : { parent }) };
  const errors = checkNotice(notice, options).filter((each) => each.severity === "error");
  for (const { code, message } of errors.slice(0, 5)) faults.push(`no check would pass it: ${code}: ${message}`);
  return faults;
}

function keepsOf(notice: Notice): readonly (readonly [string, Keep])[] {
  return [
    ...notice.practices.flatMap(({ id, keep }) => keep.map((stage) => [id, stage.keep] as const)),
    ...notice.recipients.flatMap(({ id, keeps }) => (keeps === undefined ? [] : [[id, keeps] as const])),
  ];
}

function sorted(keep: Keep | undefined): unknown {
  return keep === undefined ? undefined : Object.entries(keep).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function firstHidden(value: unknown): string | undefined {
  if (typeof value === "string") return hiddenCharacter(value)?.name;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const found = hiddenCharacter(key)?.name ?? firstHidden(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
