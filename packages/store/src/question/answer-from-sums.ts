// Puts the sums of days together: a visitor and a visit belong to one day, so every figure of a range is made of its days' sums.
import type { Answer, Question } from "../contract.ts";
import { type GroupValue, labelled } from "./answer-from-rows.ts";
import { metricValue, type Sums } from "./metric-value.ts";
import { inOrder } from "./order-groups.ts";

/** A group within a day. Without events there is only a visit's entry, which makes no group of its own. */
export interface DayGroup {
  /** The same for the same values on any day. */
  readonly key: string;
  readonly values: readonly GroupValue[];
  readonly sums: Omit<Sums, "allVisitors">;
}

export interface DaySums {
  readonly groups: readonly DayGroup[];
  /** Visitors of the day whatever their group; 0 where the question does not ask for a share. */
  readonly people: number;
}

type Added = { -readonly [Sum in keyof DayGroup["sums"]]: number };

interface Group {
  readonly values: readonly GroupValue[];
  readonly sums: Added;
}

/** The answer of the reference, from sums instead of rows. */
export function answerFromSums(days: readonly DaySums[], question: Question): Omit<Answer, "leftOut"> {
  const isTotal = question.dimensions.length === 0;
  const groups = new Map<string, Group>();
  for (const day of days) for (const group of day.groups) add(groups, group);
  const allVisitors = days.reduce((sum, { people }) => sum + people, 0);
  const made = isTotal && groups.size === 0 ? [{ values: [], sums: none() }] : [...groups.values()];
  const found = made
    .filter(({ sums }) => isTotal || sums.events > 0)
    .map(({ values, sums }) => {
      const all: Sums = { ...sums, allVisitors };
      return { values, metrics: question.metrics.map((metric) => metricValue(metric, all, isTotal)) };
    });
  found.sort(inOrder(question));
  return {
    rows: found.slice(question.offset, question.offset + question.limit).map(({ values, metrics }) => ({
      dimensions: values.map((value, index) => labelled(question.dimensions[index], value)),
      metrics,
    })),
    total: found.length,
  };
}

function add(groups: Map<string, Group>, { key, values, sums }: DayGroup): void {
  const known = groups.get(key);
  if (known === undefined) {
    groups.set(key, { values, sums: { ...sums } });
    return;
  }
  const to = known.sums;
  to.visitors += sums.visitors;
  to.visits += sums.visits;
  to.pageviews += sums.pageviews;
  to.events += sums.events;
  to.entries += sums.entries;
  to.bounces += sums.bounces;
  to.seconds += sums.seconds;
  to.entryPageviews += sums.entryPageviews;
}

function none(): Added {
  return {
    visitors: 0,
    visits: 0,
    pageviews: 0,
    events: 0,
    entries: 0,
    bounces: 0,
    seconds: 0,
    entryPageviews: 0,
  };
}
