// Which dimensions belong to an event, which to its visit, and which questions need visits to be put together.
import type { EventDetail, Filter, Metric, Question, QuestionDimension } from "../contract.ts";
import { StoreValueError } from "../errors.ts";

export type FilterDimension = Exclude<QuestionDimension, `time:${string}`>;
export type Leaf = Extract<Filter, { readonly dimension: FilterDimension }>;

/** An event has its own; a visit has those of its entry. Everything else is the visit's, frozen at its first event. */
export const eventDimensions = ["page", "hostname"] as const;
export type EventDimension = (typeof eventDimensions)[number];
export type VisitDimension = Exclude<FilterDimension, EventDimension | EventDetail>;

export function isEventDimension(dimension: string): dimension is EventDimension {
  return (eventDimensions as readonly string[]).includes(dimension);
}

/** Belongs to an event alone: nothing of it can be said of a whole visit but that one of its events has it. */
export function isEventDetail(dimension: string): dimension is EventDetail {
  return dimension === "event_name" || dimension === "goal" || dimension.startsWith("prop:");
}

export function isVisitDimension(dimension: FilterDimension): dimension is VisitDimension {
  return !isEventDimension(dimension) && !isEventDetail(dimension);
}

/** Metrics of whole visits, each attributed to the page and host it began on. */
export const visitMetrics = ["views_per_visit", "bounce_rate", "visit_duration"] as const satisfies readonly Metric[];

export function asksOfVisits(question: Question): boolean {
  return question.metrics.some((metric) => (visitMetrics as readonly string[]).includes(metric));
}

/** Metrics of what engagement says of a page. */
const engagementMetrics = ["scroll_depth", "time_on_page"] as const satisfies readonly Metric[];

export function asksOfEngagement(question: Question): boolean {
  return question.metrics.some((metric) => (engagementMetrics as readonly string[]).includes(metric));
}

/** @throws StoreValueError for what has no meaning, in the words of whoever asks */
export function requireMeaning(question: Question): void {
  const detail = question.dimensions.find(isEventDetail);
  if (detail !== undefined && (asksOfVisits(question) || asksOfEngagement(question))) {
    throw new StoreValueError(`figures of whole visits and of pages cannot be grouped by \`${detail}\``);
  }
  for (const { of } of visitFiltersOf(question.filter)) {
    if (visitFiltersOf(of).length > 0) throw new StoreValueError("what a visit has done cannot be asked within itself");
    const wrong = leavesOf(of).find(({ dimension }) => isVisitDimension(dimension));
    if (wrong !== undefined) throw new StoreValueError(`what a visit has done is not told by \`${wrong.dimension}\``);
  }
}

export type VisitFilter = Extract<Filter, { readonly op: "has_done" | "has_not_done" }>;

/** Conditions on what a visit has done, outermost only. */
export function visitFiltersOf(filter: Filter | undefined): readonly VisitFilter[] {
  if (filter === undefined || "dimension" in filter) return [];
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.flatMap(visitFiltersOf);
    case "not":
      return visitFiltersOf(filter.of);
    case "has_done":
    case "has_not_done":
      return [filter];
    default:
      return filter satisfies never;
  }
}

/** Every condition on a dimension, those of what a visit has done included. */
export function leavesOf(filter: Filter | undefined): readonly Leaf[] {
  if (filter === undefined) return [];
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.flatMap(leavesOf);
    case "not":
    case "has_done":
    case "has_not_done":
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
