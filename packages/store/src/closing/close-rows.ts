// Closes a day from its rows in plain JavaScript: the meaning of closing, and the oracle of the SQL engine.
import { type CellDimension, type ClosingOrder, dimensionColumns, type EventRow, type Question } from "../contract.ts";
import { type Group, groupsFromRows } from "../question/answer-from-rows.ts";
import { isEventDimension } from "../question/dimension-kind.ts";
import { addedUp } from "../question/permitted.ts";
import { ofEvent, type Visit, visitDimension, visitKey, visitsOf } from "../question/visits.ts";
import { type Cell, type CellKey, type ClosedRecord, type KeptShape, shapesToKeep } from "./closed-record.ts";
import { derivedOf } from "./reduce-filter.ts";
import { dayBounds } from "./day-bounds.ts";
import { type CountedShape, foldShape, groupId, keptShape, type LargeGroup, linesOf, wholeLine } from "./fold-shape.ts";

/** `rows` of the order's site and day, in order of arrival, of which there is at least one. */
export function closeRows(rows: readonly EventRow[], order: ClosingOrder): ClosedRecord {
  const { site, day, timeZone, least, nowMs } = order;
  const present = presentIn(rows);
  const wanted = shapesToKeep(order).filter((keys) => keys.every((key) => isKept(key, present)));
  const people = new Set(rows.filter(({ name }) => name !== "engagement").map(({ visitor }) => visitor)).size;
  const isSmall = people < least;
  const alone = new Map<CellKey, KeptShape>();
  const shapes: KeptShape[] = [];
  for (const keys of isSmall ? wanted.slice(0, 1) : wanted) {
    const shape = shapeFromRows(rows, order, keys, people, alone);
    shapes.push(shape);
    if (keys.length === 1 && keys[0] !== undefined) alone.set(keys[0], shape);
  }
  const holdings = addedUp(rows.map(({ practice, version }) => ({ practice, version, rows: 1 })));
  return {
    site,
    day,
    timeZone,
    least,
    rows: rows.length,
    holdings: holdings.map(({ practice, version }) => ({ practice, version })),
    present,
    ...single(rows, present),
    ...(isSmall ? { isSmall } : {}),
    ...(nowMs === undefined ? {} : { closedAtMs: nowMs }),
    shapes,
  };
}

function isKept(key: CellKey, present: readonly CellDimension[]): boolean {
  return key === "time:hour" || present.includes(key);
}

function presentIn(rows: readonly EventRow[]): readonly CellDimension[] {
  const found = new Set(rows.filter(({ name }) => name !== "engagement").flatMap((row) => Object.keys(row.dimensions)));
  const columns: CellDimension[] = dimensionColumns.filter((column) => found.has(column));
  return [...columns, ...derivedOf(columns)];
}

/** Dimensions of which each visit, and each visitor, had one value. */
function single(
  rows: readonly EventRow[],
  present: readonly CellDimension[],
): { readonly onePerVisit: readonly CellDimension[]; readonly onePerVisitor: readonly CellDimension[] } {
  const visits = visitsOf(rows);
  const isOne = (dimension: CellDimension, of: (row: EventRow) => string): boolean => {
    const values = new Map<string, string>();
    for (const row of rows) {
      const visit = visits.get(visitKey(row));
      if (row.name === "engagement" || visit === undefined) continue;
      const value = valueOf(row, visit, dimension);
      const known = values.get(of(row));
      if (known !== undefined && known !== value) return false;
      values.set(of(row), value);
    }
    return true;
  };
  return {
    onePerVisit: present.filter((dimension) => isOne(dimension, visitKey)),
    onePerVisitor: present.filter((dimension) => isOne(dimension, ({ visitor }) => `${visitor}`)),
  };
}

function valueOf(row: EventRow, visit: Visit, dimension: CellDimension): string {
  if (dimension === "event_name") return row.name;
  return isEventDimension(dimension) ? ofEvent(row, dimension) : visitDimension(visit, dimension);
}

function shapeFromRows(
  rows: readonly EventRow[],
  { site, day, timeZone, least }: ClosingOrder,
  keys: readonly CellKey[],
  people: number,
  alone: ReadonlyMap<CellKey, KeptShape>,
): KeptShape {
  const { firstHour } = dayBounds(day, timeZone);
  const question: Question = {
    site,
    permits: () => ({ allowed: true }),
    from: rows.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY),
    until: rows.reduce((last, { at }) => Math.max(last, at), 0) + 1,
    timeZone,
    metrics: keys.includes("event_name") ? ["visits"] : ["visits", "bounce_rate"],
    dimensions: keys,
    orderBy: [],
    limit: 0,
    offset: 0,
  };
  const valuesOf = ({ values }: Group): readonly (string | number)[] =>
    values.map((value, index) => (keys[index] === "time:hour" ? Number(value) - firstHour : value));
  const groups = groupsFromRows(rows, question, true).groups.map((group) => ({ group, values: valuesOf(group) }));
  const isLarge = ({ group }: { readonly group: Group }): boolean => keys.length === 0 || group.visitors.size >= least;
  const large = groups.filter(isLarge);
  const small = groups.filter((one) => !isLarge(one));
  const counted: CountedShape = {
    keys,
    large: large.map(({ group, values }) => largeGroup(group, values)),
    small: linesAlong(small.map(({ group, values }) => ({ values, people: group.visitors }))),
    smallEntered: linesAlong(
      small.filter(({ group }) => group.entries > 0).map(({ group, values }) => ({ values, people: group.entrants })),
    ),
    everyone: everyoneAlong(keys, people, alone),
    alone: keys.map((key) => alone.get(key)),
  };
  const folded = foldShape(counted, least);
  const rest = [...small, ...large.filter(({ values }) => folded.too.has(groupId(values)))].map(({ group }) => group);
  return keptShape(keys, folded, rest.length === 0 ? undefined : together(rest));
}

/** Visitors of the day and of each value alone. */
export function everyoneAlong(
  keys: readonly CellKey[],
  people: number,
  alone: ReadonlyMap<CellKey, KeptShape>,
): ReadonlyMap<string, number> {
  const found = new Map([[wholeLine, people]]);
  if (keys.length < 2) return found;
  for (const [index, key] of keys.entries()) {
    for (const { values, sums } of alone.get(key)?.cells ?? []) found.set(`${index} ${values[0]}`, sums.visitors);
  }
  return found;
}

function linesAlong(
  groups: readonly { readonly values: readonly (string | number)[]; readonly people: ReadonlySet<string> }[],
): CountedShape["small"] {
  const lines = new Map<string, { cells: number; readonly who: Set<string> }>();
  for (const { values, people } of groups) {
    for (const name of linesOf(values)) {
      const line = lines.get(name) ?? { cells: 0, who: new Set<string>() };
      lines.set(name, line);
      line.cells += 1;
      for (const one of people) line.who.add(one);
    }
  }
  return new Map([...lines].map(([name, { cells, who }]) => [name, { cells, people: who.size }]));
}

function sumsOf(group: Group): Cell["sums"] {
  const { pageviews, events, entries, bounces, seconds, entryPageviews } = group;
  const distinct = { visitors: group.visitors.size, visits: group.visits.size };
  return { ...distinct, pageviews, events, entries, bounces, seconds, entryPageviews };
}

function largeGroup(group: Group, values: readonly (string | number)[]): LargeGroup {
  return { values, sums: sumsOf(group), entrants: group.entrants.size };
}

function together(groups: readonly Group[]): Cell["sums"] {
  const sum = (of: (group: Group) => number): number => groups.reduce((total, group) => total + of(group), 0);
  return {
    visitors: new Set(groups.flatMap(({ visitors }) => [...visitors])).size,
    visits: new Set(groups.flatMap(({ visits }) => [...visits])).size,
    pageviews: sum(({ pageviews }) => pageviews),
    events: sum(({ events }) => events),
    entries: sum(({ entries }) => entries),
    bounces: sum(({ bounces }) => bounces),
    seconds: sum(({ seconds }) => seconds),
    entryPageviews: sum(({ entryPageviews }) => entryPageviews),
  };
}
