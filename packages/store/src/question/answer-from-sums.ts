// Puts the sums of days together: a visitor and a visit belong to one day, so every figure of a range is made of its days' sums.
import type { Answer, Metric, Question, QuestionDimension } from "../contract.ts";
import { type GroupValue, labelled } from "./answer-from-rows.ts";
import { asksOfVisits, visitMetrics } from "./dimension-kind.ts";
import { type CountedSums, type EngagementSums, metricValue, type Sums } from "./metric-value.ts";
import { inOrder } from "./order-groups.ts";

/** A group within a day. Without events there is only a visit's entry, which makes no group of its own. */
export interface DayGroup {
  /** The same for the same values on any day. */
  readonly key: string;
  readonly values: readonly GroupValue[];
  readonly sums: CountedSums;
  readonly engagement?: EngagementSums;
  /** What was folded when the day was closed. */
  readonly isOther?: true;
  /** On this day too few visitors began a visit here for figures of whole visits. */
  readonly isWithheld?: true;
}

export interface DaySums {
  readonly groups: readonly DayGroup[];
  /** Visitors of the day whatever their group; 0 where the question does not ask for a share. */
  readonly people: number;
}

type Added = { -readonly [Sum in keyof CountedSums]: number };

interface Group {
  readonly values: readonly GroupValue[];
  readonly sums: Added;
  engagement: EngagementSums | undefined;
  readonly isOther: boolean;
  isWithheld: boolean;
}

/** The answer of the reference, from sums instead of rows. */
export function answerFromSums(days: readonly DaySums[], question: Question): Omit<Answer, "leftOut"> {
  const isTotal = question.dimensions.length === 0;
  const groups = new Map<string, Group>();
  for (const day of days) for (const group of day.groups) add(groups, group);
  const allVisitors = days.reduce((sum, { people }) => sum + people, 0);
  const made =
    isTotal && groups.size === 0
      ? [{ values: [], sums: none(), engagement: undefined, isOther: false, isWithheld: false }]
      : [...groups.values()];
  const found = made
    .filter(({ sums }) => isTotal || sums.events > 0)
    .map(({ values, sums, engagement, isOther, isWithheld }) => {
      const all: Sums = { ...sums, ...(engagement === undefined ? {} : { engagement }), allVisitors };
      const figure = (metric: Metric): number | null =>
        isWithheld && isOfVisits(metric) ? null : metricValue(metric, all, isTotal);
      return { values, isOther, isWithheld, metrics: question.metrics.map(figure) };
    });
  found.sort(inOrder(question));
  return {
    rows: found
      .slice(question.offset, question.offset + question.limit)
      .map(({ values, metrics, isOther, isWithheld }) => ({
        dimensions: values.map((value, index) => valueText(question.dimensions[index], value, isOther)),
        metrics,
        ...(isOther ? { isOther } : {}),
        ...(isWithheld && asksOfVisits(question) ? { isWithheld } : {}),
      })),
    total: found.length,
  };
}

/** In a folded group only a time has a value; the rest is text that stands for many. */
function valueText(dimension: QuestionDimension | undefined, value: GroupValue, isOther: boolean): string {
  return isOther && typeof value === "string" ? value : labelled(dimension, value);
}

function isOfVisits(metric: Metric): boolean {
  return (visitMetrics as readonly string[]).includes(metric);
}

function add(groups: Map<string, Group>, { key, values, sums, engagement, isOther, isWithheld }: DayGroup): void {
  const known = groups.get(key);
  if (known === undefined) {
    const marks = { isOther: isOther === true, isWithheld: isWithheld === true };
    groups.set(key, { values, sums: { ...sums }, engagement, ...marks });
    return;
  }
  if (engagement !== undefined) known.engagement = addedEngagement(known.engagement, engagement);
  known.isWithheld ||= isWithheld === true;
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

function addedEngagement(to: EngagementSums | undefined, sums: EngagementSums): EngagementSums {
  if (to === undefined) return sums;
  return {
    scrolled: to.scrolled + sums.scrolled,
    scrollDepths: to.scrollDepths + sums.scrollDepths,
    engaged: to.engaged + sums.engaged,
    engagedMs: to.engagedMs + sums.engagedMs,
  };
}
