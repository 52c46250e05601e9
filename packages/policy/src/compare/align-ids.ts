// An id is a name inside the file: what only goes by another one in the new version is compared under its old one.
import type { Notice } from "../model/notice.ts";
import { type Side, upward } from "./side.ts";

export interface Aligned {
  /** The new side, with the old ids where only the id changed. */
  readonly side: Side;
  /** `book-covers is now called show-covers`. */
  readonly renamed: readonly string[];
}

interface Named {
  readonly id: string;
}

/**
 * Pairs what one side alone names with what the other alone names, where both say the very same: recipients by the name
 * they go by in the world, features, practices and promises by all that stands in them. Two that say the same pair with nobody.
 */
export function alignIds(old: Side, next: Side): Aligned {
  const [was, is] = [idsOf(old), idsOf(next)];
  let notice = next.notice;
  const renamed: string[] = [];
  const align = <T extends Named>(listOf: (notice: Notice) => readonly T[], saying: (each: T) => string): void => {
    const gone = sayings(listOf(old.notice), is, saying);
    const come = sayings(listOf(notice), was, saying);
    for (const [said, id] of come) {
      const before = gone.get(said);
      if (id === undefined || before === undefined) continue;
      notice = withId(notice, id, before);
      renamed.push(`${before} is now called ${id}`);
    }
  };
  align(
    ({ recipients }) => recipients,
    ({ name }) => name,
  );
  align(
    ({ features }) => features,
    ({ does, needs }) => JSON.stringify([does, needs]),
  );
  align(({ practices }) => practices, content);
  align(({ promises }) => promises, content);
  return renamed.length === 0 ? { side: next, renamed } : { side: { ...next, notice }, renamed };
}

function idsOf(side: Side): ReadonlySet<string> {
  return new Set(
    upward(side).flatMap(({ notice: { recipients, features, venues, practices, promises } }) =>
      [recipients, features, venues, practices, promises].flatMap((list) => list.map((each) => each.id)),
    ),
  );
}

/** By what is said, the one id that says it and is not among `known`; undefined where several do. */
function sayings<T extends Named>(
  list: readonly T[],
  known: ReadonlySet<string>,
  saying: (each: T) => string,
): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const each of list) {
    if (known.has(each.id)) continue;
    const said = saying(each);
    found.set(said, found.has(said) ? undefined : each.id);
  }
  return found;
}

function content(each: Named): string {
  return JSON.stringify({ ...each, id: "" });
}

function withId(notice: Notice, from: string, to: string): Notice {
  const turn = (id: string): string => (id === from ? to : id);
  const turnAll = (ids: readonly string[]): readonly string[] => ids.map(turn);
  const turnOwn = <T extends Named>(each: T): T => ({ ...each, id: turn(each.id) });
  return {
    ...notice,
    recipients: notice.recipients.map((each) => ({ ...turnOwn(each), through: turnAll(each.through) })),
    features: notice.features.map(({ within, ...each }) => ({
      ...turnOwn(each),
      needs: turnAll(each.needs),
      ...(within === undefined ? {} : { within: turn(within) }),
    })),
    practices: notice.practices.map(({ needs, ...each }) => ({
      ...turnOwn(each),
      to: turnAll(each.to),
      ...(needs === undefined ? {} : { needs: turn(needs) }),
    })),
    promises: notice.promises.map(({ ban, ...each }) => ({
      ...turnOwn(each),
      ...(ban === undefined ? {} : { ban: { ...ban, to: turnAll(ban.to) } }),
    })),
    page: notice.page.map((each) => ({ ...each, ids: turnAll(each.ids) })),
    words: Object.fromEntries(Object.entries(notice.words).map(([id, text]) => [turn(id), text])),
  };
}
