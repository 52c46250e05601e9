// Which declared data a question touches: the terms behind each dimension and metric, in the words of the vocabulary.
import { columnTerms } from "@avow/collect";
import type { Policy } from "@avow/policy";
import type { Filter, Metric, QuestionDimension } from "@avow/store";

/** Terms any one of which lets the thing be asked: seconds of a visit say when it was as well as how long. */
type AnyOf = readonly [string, ...string[]];

const time: AnyOf = ["time of visit", "visit duration"];
const duration: AnyOf = ["visit duration", "time of visit"];

const property: AnyOf = ["custom property"];

const ofDimension: Readonly<Record<Exclude<QuestionDimension, `prop:${string}`>, AnyOf>> = {
  ...columnTerms,
  entry_page: columnTerms.page,
  exit_page: columnTerms.page,
  entry_hostname: columnTerms.hostname,
  exit_hostname: columnTerms.hostname,
  event_name: ["custom event", "page"],
  goal: ["custom event", "page"],
  "time:hour": time,
  "time:day": time,
  "time:week": time,
  "time:month": time,
};

const ofMetric: Readonly<Record<Metric, AnyOf>> = {
  visitors: ["page"],
  visits: ["page"],
  pageviews: ["page"],
  events: ["page"],
  views_per_visit: ["page"],
  bounce_rate: ["page"],
  visit_duration: duration,
  percentage: ["page"],
  scroll_depth: ["scroll depth"],
  time_on_page: duration,
};

export interface Touched {
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly QuestionDimension[];
  readonly filter?: Filter;
}

/** Each term once; of alternatives the one the notice declares, else the first, so that a refusal names it. */
export function termsTouched({ metrics, dimensions, filter }: Touched, policy: Policy): readonly string[] {
  const declared = declaredData(policy);
  const alternatives = [
    ...metrics.map((metric) => ofMetric[metric]),
    ...[...dimensions, ...filteredDimensions(filter)].map(termsOfDimension),
  ];
  return [...new Set(alternatives.map((anyOf) => anyOf.find((term) => declared.has(term)) ?? anyOf[0]))];
}

function termsOfDimension(dimension: QuestionDimension): AnyOf {
  return isProperty(dimension) ? property : ofDimension[dimension];
}

function isProperty(dimension: QuestionDimension): dimension is `prop:${string}` {
  return dimension.startsWith("prop:");
}

/** Data terms that the notice or one it is an addendum to names. */
function declaredData(policy: Policy): ReadonlySet<string> {
  const own = policy.notice.practices.flatMap(({ data }) => data);
  return new Set(policy.parent === undefined ? own : [...own, ...declaredData(policy.parent)]);
}

function filteredDimensions(filter: Filter | undefined): readonly QuestionDimension[] {
  if (filter === undefined) return [];
  switch (filter.op) {
    case "and":
    case "or":
      return filter.of.flatMap(filteredDimensions);
    case "not":
    case "has_done":
    case "has_not_done":
      return filteredDimensions(filter.of);
    default:
      return [filter.dimension];
  }
}
