// Answers a question from rows in plain JavaScript: the meaning of every metric, and the oracle of the SQL engine.
import type { Answer, EventDetail, EventRow, Question, QuestionDimension } from "../contract.ts";
import {
  asksOfEngagement,
  asksOfVisits,
  type EventDimension,
  isEventDetail,
  isEventDimension,
  requireMeaning,
} from "./dimension-kind.ts";
import { emptyLabel, withStoredValues } from "./empty-label.ts";
import { type Filtered, matchesFilter } from "./matches-filter.ts";
import { meetsGoal } from "./matches-goal.ts";
import { type CountedSums, type EngagementSums, metricValue } from "./metric-value.ts";
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
  /** Deepest per cent each visitor saw. */
  readonly depths: Map<string, number>;
  readonly engagedVisits: Set<string>;
  pageviews: number;
  events: number;
  entries: number;
  bounces: number;
  seconds: number;
  entryPageviews: number;
  engagedMs: number;
}

/** What the figures of a group are made of. */
export function sumsOf(group: Group): { readonly sums: CountedSums; readonly engagement: EngagementSums } {
  const { values: _values, visitors, visits, entrants: _entrants, depths, engagedVisits, engagedMs, ...added } = group;
  const scrollDepths = [...depths.values()].reduce((sum, depth) => sum + depth, 0);
  const engagement = { scrolled: depths.size, scrollDepths, engaged: engagedVisits.size, engagedMs };
  return { sums: { ...added, visitors: visitors.size, visits: visits.size }, engagement };
}

/** `rows` in order of arrival; rows of other sites are passed over, and rows held under what is not permitted left out. */
export function answerFromRows(rows: readonly EventRow[], asked: Question): Answer {
  const question = asked.filter === undefined ? asked : { ...asked, filter: withStoredValues(asked.filter) };
  const { used: ofSite, leftOut } = heldApart(rows, question);
  const { groups, people } = groupsFromRows(ofSite, question, false);
  const isTotal = question.dimensions.length === 0;
  const found = groups.map((group) => {
    const { sums: counted, engagement } = sumsOf(group);
    const sums = { ...counted, engagement, allVisitors: people };
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
  requireMeaning(question);
  const groups = new Map<string, Group>();
  if (question.dimensions.length === 0) groups.set("[]", emptyGroup([]));
  const at: Asked = {
    question,
    visits: visitsOf(rows),
    offsets: zoneOffsets(question.timeZone, question.from, question.until),
    groups,
  };
  const people = addEvents(at, rows);
  if (asksOfVisits(question)) addVisits(at, withEntered);
  if (asksOfEngagement(question)) addEngagement(at, rows, withEntered);
  return { groups: [...groups.values()], people };
}

interface Asked {
  readonly question: Question;
  readonly visits: ReadonlyMap<string, Visit>;
  readonly offsets: readonly ZoneOffset[];
  readonly groups: Map<string, Group>;
}

function addEvents({ question, visits, offsets, groups }: Asked, rows: readonly EventRow[]): number {
  const allVisitors = new Set<string>();
  for (const row of rows) {
    const visit = visits.get(visitKey(row));
    if (visit === undefined || row.name === "engagement" || !isWithin(question, row.at)) continue;
    const goals = question.dimensions.includes("goal") ? goalsOf(row, question) : [undefined];
    for (const goal of goals) {
      const filtered = ofOneEvent(question, visit, row, goal);
      if (!matchesFilter(question.filter, filtered)) continue;
      const group = groupOf(groups, groupValues(question, offsets, row.at, filtered), true);
      const visitor = visitorKey(row);
      allVisitors.add(visitor);
      if (group === undefined) continue;
      group.visitors.add(visitor);
      group.visits.add(visitKey(row));
      group.events += 1;
      group.pageviews += isPageview(row) ? 1 : 0;
    }
  }
  return allVisitors.size;
}

/** Each visit counts once, where its entry puts it; `make`: also in a group without an event. */
function addVisits({ question, visits, offsets, groups }: Asked, make: boolean): void {
  for (const visit of visits.values()) {
    const first = visit.events.find((event) => isWithin(question, event.at));
    if (first === undefined) continue;
    const filtered = ofWholeVisit(question, visit, (dimension) => entryDimension(visit, dimension));
    if (!matchesFilter(question.filter, filtered)) continue;
    const group = groupOf(groups, groupValues(question, offsets, first.at, filtered), make);
    if (group === undefined) continue;
    group.entries += 1;
    group.entrants.add(visitorKey(first));
    group.bounces += isBounce(visit) ? 1 : 0;
    group.seconds += visitSeconds(visit);
    group.entryPageviews += pageviewsOf(visit);
  }
}

/** What engagement says belongs to the page it was sent from. */
function addEngagement({ question, visits, offsets, groups }: Asked, rows: readonly EventRow[], make: boolean): void {
  for (const row of rows) {
    const visit = visits.get(visitKey(row));
    if (visit === undefined || row.name !== "engagement" || !isWithin(question, row.at)) continue;
    const filtered = ofWholeVisit(question, visit, (dimension) => ofEvent(row, dimension));
    if (!matchesFilter(question.filter, filtered)) continue;
    const group = groupOf(groups, groupValues(question, offsets, row.at, filtered), make);
    if (group === undefined) continue;
    const { scrollDepth, engagedMs } = row;
    const visitor = visitorKey(row);
    if (scrollDepth !== undefined) {
      group.depths.set(visitor, Math.max(scrollDepth, group.depths.get(visitor) ?? 0));
    }
    if (engagedMs !== undefined) {
      group.engagedVisits.add(visitKey(row));
      group.engagedMs += engagedMs;
    }
  }
}

/** `goal`: the one whose group this is, where the question groups by goals. */
function ofOneEvent(question: Question, visit: Visit, row: EventRow, goal: string | undefined): Filtered {
  return {
    valuesOf: (dimension) => {
      if (dimension === "goal" && goal !== undefined) return [goal];
      if (isEventDetail(dimension)) return detailsOf(row, dimension, question);
      return [isEventDimension(dimension) ? ofEvent(row, dimension) : visitDimension(visit, dimension)];
    },
    hasDone: doneIn(question, visit),
  };
}

/** Of the details of its events a visit has all. */
function ofWholeVisit(question: Question, visit: Visit, valueOf: (dimension: EventDimension) => string): Filtered {
  return {
    valuesOf: (dimension) => {
      if (isEventDetail(dimension)) {
        return visit.events
          .filter(({ at }) => isWithin(question, at))
          .flatMap((event) => detailsOf(event, dimension, question));
      }
      return [isEventDimension(dimension) ? valueOf(dimension) : visitDimension(visit, dimension)];
    },
    hasDone: doneIn(question, visit),
  };
}

function doneIn(question: Question, visit: Visit): Filtered["hasDone"] {
  return (filter) =>
    visit.events.some(
      (event) => isWithin(question, event.at) && matchesFilter(filter, ofOneEvent(question, visit, event, undefined)),
    );
}

function detailsOf(row: EventRow, dimension: EventDetail, question: Question): readonly string[] {
  if (dimension === "event_name") return [row.name];
  if (dimension === "goal") return goalsOf(row, question);
  const name = dimension.slice("prop:".length);
  return [row.props !== undefined && Object.hasOwn(row.props, name) ? (row.props[name] ?? "") : ""];
}

function goalsOf(row: EventRow, { goals = [] }: Question): readonly string[] {
  return goals.filter((goal) => meetsGoal(row, goal)).map(({ label }) => label);
}

function visitorKey({ day, visitor }: EventRow): string {
  return `${day} ${visitor}`;
}

function isWithin(question: Question, at: number): boolean {
  return at >= question.from && at < question.until;
}

function groupValues(
  question: Question,
  offsets: readonly ZoneOffset[],
  at: number,
  { valuesOf }: Filtered,
): readonly GroupValue[] {
  return question.dimensions.map((dimension) =>
    isTimeDimension(dimension) ? timeBucket(dimension, localSeconds(offsets, at)) : (valuesOf(dimension)[0] ?? ""),
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
  const none = { pageviews: 0, events: 0, entries: 0, bounces: 0, seconds: 0, entryPageviews: 0, engagedMs: 0 };
  const nobody = { visitors: new Set<string>(), visits: new Set<string>(), entrants: new Set<string>() };
  return { values, ...nobody, depths: new Map(), engagedVisits: new Set(), ...none };
}

export function labelled(dimension: QuestionDimension | undefined, value: GroupValue): string {
  if (dimension === undefined) return String(value);
  if (isTimeDimension(dimension)) return timeLabel(dimension, Number(value));
  return value === "" ? emptyLabel(dimension) : String(value);
}
