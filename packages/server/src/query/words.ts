// The words of the query API and the stored columns they stand for.
import type { Metric, QuestionDimension } from "@avow/store";

/** Dimensions of the API and the columns that answer them. `visit:country_name` is the column `country`, spelled out. */
const dimensionsByWord = {
  "event:goal": "goal",
  "event:name": "event_name",
  "event:page": "page",
  "event:hostname": "hostname",
  "visit:entry_page": "entry_page",
  "visit:exit_page": "exit_page",
  "visit:entry_page_hostname": "entry_hostname",
  "visit:exit_page_hostname": "exit_hostname",
  "visit:source": "source",
  "visit:referrer": "referrer",
  "visit:channel": "channel",
  "visit:utm_medium": "utm_medium",
  "visit:utm_source": "utm_source",
  "visit:utm_campaign": "utm_campaign",
  "visit:utm_content": "utm_content",
  "visit:utm_term": "utm_term",
  "visit:device": "device",
  "visit:browser": "browser",
  "visit:browser_version": "browser_version",
  "visit:os": "os",
  "visit:os_version": "os_version",
  "visit:country": "country",
  "visit:country_name": "country",
  "visit:region": "region",
  "visit:region_name": "region",
  "visit:city": "city",
  "visit:city_name": "city",
  "time:hour": "time:hour",
  "time:day": "time:day",
  "time:week": "time:week",
  "time:month": "time:month",
} as const satisfies Readonly<Record<string, QuestionDimension>>;

type FixedWord = keyof typeof dimensionsByWord;

/** A dimension as a client writes it; `time` alone is resolved by the length of the range first. */
export type DimensionWord = FixedWord | `event:props:${string}`;

export const fixedWords = Object.keys(dimensionsByWord) as readonly FixedWord[];

const propertyWord = "event:props:";
/** As long as a property's name may be when it is collected. */
const longestProperty = 300;

/** The word, if it is one. */
export function dimensionWord(given: unknown): DimensionWord | undefined {
  if (typeof given !== "string") return undefined;
  if (isPropertyWord(given)) return given.length <= propertyWord.length + longestProperty ? given : undefined;
  return fixedWords.find((known) => known === given);
}

function isPropertyWord(word: string): word is `event:props:${string}` {
  return word.startsWith(propertyWord) && word.length > propertyWord.length;
}

export function dimensionOf(word: DimensionWord): QuestionDimension {
  return isPropertyWord(word) ? `prop:${word.slice(propertyWord.length)}` : dimensionsByWord[word];
}

/** The first word for a column. */
export function wordOf(dimension: QuestionDimension): string {
  if (dimension.startsWith("prop:")) return propertyWord + dimension.slice("prop:".length);
  return fixedWords.find((word) => dimensionsByWord[word] === dimension) ?? dimension;
}

export type TimeWord = Extract<FixedWord, `time:${string}`>;

export function isTimeWord(word: string): word is TimeWord {
  return word.startsWith("time:");
}

/** What an event has and no visit as a whole. */
export function isDetailWord(word: DimensionWord): boolean {
  return word === "event:goal" || word === "event:name" || isPropertyWord(word);
}

/** Metrics of a whole visit; asked by event they would count a visit several times. */
export const visitMetrics: ReadonlySet<ApiMetric> = new Set(["bounce_rate", "views_per_visit", "visit_duration"]);
/** What is said of a page by those who looked at it. */
export const pageMetrics: ReadonlySet<ApiMetric> = new Set(["scroll_depth", "time_on_page"]);

/** Shares of visitors who met a goal; put together from two questions. */
export const rateMetrics = ["conversion_rate", "group_conversion_rate"] as const;
export type RateMetric = (typeof rateMetrics)[number];
export type ApiMetric = Metric | RateMetric;

export function isRate(metric: string): metric is RateMetric {
  return (rateMetrics as readonly string[]).includes(metric);
}

/** Named by the peer's API for amounts of money, which are not kept here. */
export const revenueMetrics: readonly string[] = ["average_revenue", "total_revenue"];
