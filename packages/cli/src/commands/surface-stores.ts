// What an installation's stores say of a datum: which columns hold it and since when.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Policy, type Vocabulary, dataTerms, standardVocabulary } from "@avow/policy";
import {
  type Column,
  type HeldRows,
  type KnownVersion,
  StoreBusyError,
  layout,
  openEvents,
  undeclaredColumns,
} from "@avow/store";
import { noticesBelow, readNotice } from "../notice-files.ts";
import { withRecords } from "../records.ts";

export interface Stored {
  readonly columns: readonly Column[];
  readonly held: readonly HeldRows[];
  readonly versions: readonly KnownVersion[];
  /** The events are open elsewhere: only what the records say is known. */
  readonly isBusy: boolean;
  /** Columns that no notice accounts for, each with what to do. */
  readonly undeclared: readonly string[];
}

/** @throws CommandFailure where there is no installation. */
export async function storedIn(
  data: string,
  dirs: readonly string[],
  vocabulary: Vocabulary = standardVocabulary,
): Promise<Stored> {
  const dir = resolve(data);
  const [records, versions] = await withRecords(dir, async (each) => Promise.all([each.columns(), each.versions()]));
  const events = await eventsIn(dir);
  const columns = [...records, ...(events?.columns ?? [])];
  const read = await Promise.all(
    dirs.flatMap((each) => noticesBelow(each)).map((path) => readNotice(path, undefined, vocabulary)),
  );
  const policies = read.flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
  const declared = new Set(policies.flatMap((policy) => dataTerms(policy)));
  const practices = new Set(policies.flatMap((policy) => policy.notice.practices.map(({ id }) => id)));
  const undeclared = undeclaredColumns(columns, (kind, name) => (kind === "data" ? declared : practices).has(name));
  return {
    columns,
    held: events?.held ?? [],
    versions,
    isBusy: events === undefined,
    undeclared: undeclared.map(({ remedy }) => remedy),
  };
}

/** Undefined while a server has them open; a look makes nothing. */
async function eventsIn(
  dir: string,
): Promise<{ readonly columns: readonly Column[]; readonly held: readonly HeldRows[] } | undefined> {
  if (!existsSync(join(dir, "days"))) return { columns: [], held: [] };
  try {
    const events = await openEvents({ dir });
    try {
      return { columns: await events.columns(), held: await events.held() };
    } finally {
      await events.close();
    }
  } catch (error) {
    if (error instanceof StoreBusyError) return undefined;
    throw error;
  }
}

/** Columns on disk whose reason is this datum, or one of the practices that hold it. */
export function placesOf(
  { columns }: Stored,
  datum: string,
  practices: readonly string[],
  { id }: Policy,
): readonly string[] {
  return layout
    .filter(({ reason }) => {
      if (reason.kind === "data") return reason.anyOf.includes(datum);
      // Only Avow's own notice has the practices the records are held under.
      return reason.kind === "practice" && id === "avow" && practices.includes(reason.practice);
    })
    .filter((laid) =>
      columns.some((each) => each.store === laid.store && each.table === laid.table && each.column === laid.column),
    )
    .map(({ store, table, column }) => `${store} ${table}.${column}`);
}

/** The first row's day; where no row is, the day on which a version with the practice was first served. */
export function sinceOf({ held, versions }: Stored, policy: Policy, practices: readonly string[]): string | undefined {
  const own = versions.filter(({ notice }) => notice === policy.id);
  const known = new Set(own.map(({ version }) => version));
  const days = held
    .filter(({ practice, version }) => practices.includes(practice) && known.has(version))
    .map(({ firstDay }) => firstDay)
    .toSorted();
  if (days[0] !== undefined) return days[0];
  const seen = own
    .filter(({ canonical }) => practices.some((id) => canonical.includes(`"id":${JSON.stringify(id)}`)))
    .map(({ seenAtMs }) => seenAtMs);
  return seen.length === 0
    ? undefined
    : `${new Date(Math.min(...seen)).toISOString().slice(0, 10)} (version first served; no row yet)`;
}
