// Answers a question from rows in plain JavaScript: the meaning of every metric, and the oracle of the SQL engine.
import type { Answer, EventRow, Question, QuestionDimension } from "../contract.ts";
import { asksOfVisits, isEventDimension } from "./dimension-kind.ts";
import { emptyLabel, withStoredValues } from "./empty-label.ts";
import { matchesFilter } from "./matches-filter.ts";
import { metricValue } from "./metric-value.ts";
import { inOrder } from "./order-groups.ts";
import { heldApart } from "./permitted.ts";
import { isTimeDimension, timeBucket, timeLabel } from "./time-bucket.ts";
import {
  entryDimension,
  isBounce,
  isPageview,
  ofEvent,
  pageviewsOf,
  type Visit,
  visitDimension,
  visitKey,
  visitSeconds,
  visitsOf,
} from "./visits.ts";
import { localSeconds, type ZoneOffset, zoneOffsets } from "./zone-offsets.ts";

/** A dimension's value while grouping: time is a bucket, the rest text, absence the empty string. */
export type GroupValue = string | number;

/** A group with who is in it. */
export interface Group {
  readonly values: readonly GroupValue[];
  readonly visitors: Set<string>;
  readonly visits: Set<string>;
  /** Visitors whose visits are attributed here. */
  readonly entrants: Set<string>;
  pageviews: number;
  events: number;
  entries: number;
  bounces: number;
  seconds: number;
  entryPageviews: number;
}

/** `rows` in order of arrival; rows of other sites are passed over, and rows held under what is not permitted left out. */
export function answerFromRows(rows: readonly EventRow[], asked: Question): Answer {
  const question = asked.filter === undefined ? asked : { ...asked, filter: withStoredValues(asked.filter) };
  const { used: ofSite, leftOut } = heldApart(rows, question);
  const { groups, people } = groupsFromRows(ofSite, question, false);
  const isTotal = question.dimensions.length === 0;
  const found = groups.map((group) => {
    const sums = { ...group, visitors: group.visitors.size, visits: group.visits.size, allVisitors: people };
    return { values: group.values, metrics: question.metrics.map((metric) => metricValue(metric, sums, isTotal)) };
  });
  found.sort(inOrder(question));
  return {
    rows: found.slice(question.offset, question.offset + question.limit).map(({ values, metrics }) => ({
      dimensions: values.map((value, index) => labelled(question.dimensions[index], value)),
      metrics,
    })),
    total: found.length,
    leftOut,
  };
}

/**
 * Groups of rows of one site that may all be looked at; `filter` must hold stored values. With `withEntered` also groups without
 * an event, which only a visit's entry makes. `people`: visitors whatever their group.
 */
export function groupsFromRows(
  rows: readonly EventRow[],
  question: Question,
  withEntered: boolean,
): { readonly groups: readonly Group[]; readonly people: number } {
  const visits = visitsOf(rows);
  const offsets = zoneOffsets(question.timeZone, question.from, question.until);
  const groups = new Map<string, Group>();
  if (question.dimensions.length === 0) groups.set("[]", emptyGroup([]));
  const people = addEvents(question, rows, visits, offsets, groups);
  if (asksOfVisits(question)) addVisits(question, visits, offsets, groups, withEntered);
  return { groups: [...groups.values()], people };
}

function addEvents(
  question: Question,
  rows: readonly EventRow[],
  visits: ReadonlyMap<string, Visit>,
  offsets: readonly ZoneOffset[],
  groups: Map<string, Group>,
): number {
  const allVisitors = new Set<string>();
  for (const row of rows) {
    const visit = visits.get(visitKey(row));
    if (visit === undefined || row.name === "engagement" || !isWithin(question, row.at)) continue;
    const valueOf = (dimension: Exclude<QuestionDimension, `time:${string}`>): string =>
      isEventDimension(dimension) ? ofEvent(row, dimension) : visitDimension(visit, dimension);
    if (!matchesFilter(question.filter, valueOf)) continue;
    const group = groupOf(groups, valuesOf(question, offsets, row.at, valueOf), true);
    const visitor = `${row.day} ${row.visitor}`;
    allVisitors.add(visitor);
    group?.visitors.add(visitor);
    group?.visits.add(visitKey(row));
    if (group !== undefined) {
      group.events += 1;
      group.pageviews += isPageview(row) ? 1 : 0;
    }
  }
  return allVisitors.size;
}

/** Each visit counts once, where its entry puts it; `make`: also in a group without an event. */
function addVisits(
  question: Question,
  visits: ReadonlyMap<string, Visit>,
  offsets: readonly ZoneOffset[],
  groups: Map<string, Group>,
  make: boolean,
): void {
  for (const visit of visits.values()) {
    const first = visit.events.find((event) => isWithin(question, event.at));
    if (first === undefined) continue;
    const valueOf = (dimension: Exclude<QuestionDimension, `time:${string}`>): string =>
      isEventDimension(dimension) ? entryDimension(visit, dimension) : visitDimension(visit, dimension);
    if (!matchesFilter(question.filter, valueOf)) continue;
    const group = groupOf(groups, valuesOf(question, offsets, first.at, valueOf), make);
    if (group === undefined) continue;
    group.entries += 1;
    group.entrants.add(`${visit.day} ${visit.events[0]?.visitor}`);
    group.bounces += isBounce(visit) ? 1 : 0;
    group.seconds += visitSeconds(visit);
    group.entryPageviews += pageviewsOf(visit);
  }
}

function isWithin(question: Question, at: number): boolean {
  return at >= question.from && at < question.until;
}

function valuesOf(
  question: Question,
  offsets: readonly ZoneOffset[],
  at: number,
  valueOf: (dimension: Exclude<QuestionDimension, `time:${string}`>) => string,
): readonly GroupValue[] {
  return question.dimensions.map((dimension) =>
    isTimeDimension(dimension) ? timeBucket(dimension, localSeconds(offsets, at)) : valueOf(dimension),
  );
}

function groupOf(groups: Map<string, Group>, values: readonly GroupValue[], make: boolean): Group | undefined {
  const key = JSON.stringify(values);
  const known = groups.get(key);
  if (known !== undefined || !make) return known;
  const group = emptyGroup(values);
  groups.set(key, group);
  return group;
}

function emptyGroup(values: readonly GroupValue[]): Group {
  const none = { pageviews: 0, events: 0, entries: 0, bounces: 0, seconds: 0, entryPageviews: 0 };
  return { values, visitors: new Set(), visits: new Set(), entrants: new Set(), ...none };
}

export function labelled(dimension: QuestionDimension | undefined, value: GroupValue): string {
  if (dimension === undefined) return String(value);
  if (isTimeDimension(dimension)) return timeLabel(dimension, Number(value));
  return value === "" ? emptyLabel(dimension) : String(value);
}
