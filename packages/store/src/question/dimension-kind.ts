// Which dimensions belong to an event, which to its visit, and which questions need visits to be put together.
import type { Filter, Metric, Question, QuestionDimension } from "../contract.ts";

export type FilterDimension = Exclude<QuestionDimension, `time:${string}`>;
type Leaf = Extract<Filter, { readonly dimension: FilterDimension }>;

/** An event has its own; a visit has those of its entry. Everything else is the visit's, frozen at its first event. */
export const eventDimensions = ["page", "hostname"] as const;
export type EventDimension = (typeof eventDimensions)[number];
export type VisitDimension = Exclude<FilterDimension, EventDimension>;

export function isEventDimension(dimension: string): dimension is EventDimension {
  return (eventDimensions as readonly string[]).includes(dimension);
}

/** Metrics of whole visits, each attributed to the page and host it began on. */
export const visitMetrics = ["views_per_visit", "bounce_rate", "visit_duration"] as const satisfies readonly Metric[];

export function asksOfVisits(question: Question): boolean {
  return question.metrics.some((metric) => (visitMetrics as readonly string[]).includes(metric));
}

export function leavesOf(filter: Filter | undefined): readonly Leaf[] {
  if (filter === undefined) return [];
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.flatMap(leavesOf);
    case "not":
      return leavesOf(filter.of);
    case "is":
    case "is_not":
    case "contains":
    case "contains_not":
    case "matches":
    case "matches_not":
      return [filter];
    default:
      return filter satisfies never;
  }
}

/** Dimensions a question names, each once. */
export function dimensionsNamed(question: Question): ReadonlySet<QuestionDimension> {
  return new Set<QuestionDimension>([
    ...question.dimensions,
    ...leavesOf(question.filter).map((leaf) => leaf.dimension),
  ]);
}
