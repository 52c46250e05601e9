// The words of the query API and the stored columns they stand for.
import type { Metric, QuestionDimension } from "@avow/store";

/** Dimensions of the API and the columns that answer them. `visit:country_name` is the column `country`, spelled out. */
export const dimensionsByWord = {
  "event:page": "page",
  "event:hostname": "hostname",
  "visit:entry_page": "entry_page",
  "visit:exit_page": "exit_page",
  "visit:source": "source",
  "visit:referrer": "referrer",
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
  "time:hour": "time:hour",
  "time:day": "time:day",
  "time:week": "time:week",
  "time:month": "time:month",
} as const satisfies Readonly<Record<string, QuestionDimension>>;

/** A dimension as a client writes it; `time` alone is resolved by the length of the range first. */
export type DimensionWord = keyof typeof dimensionsByWord;

export const dimensionWords = Object.keys(dimensionsByWord) as readonly DimensionWord[];

export type TimeWord = Extract<DimensionWord, `time:${string}`>;

export function isTimeWord(word: string): word is TimeWord {
  return word.startsWith("time:");
}

/** Metrics of a whole visit; asked by event they would count a visit several times. */
export const visitMetrics: ReadonlySet<Metric> = new Set(["bounce_rate", "views_per_visit", "visit_duration"]);

/** Words of Plausible's API for what no column holds, with the term a notice would have to declare for it to exist. */
export const unmeasuredWords: ReadonlyMap<string, string> = new Map([
  ["event:goal", "custom event"],
  ["visit:channel", "source"],
  ["visit:city", "city"],
  ["visit:city_name", "city"],
  ["visit:entry_page_hostname", "page host"],
  ["visit:exit_page_hostname", "page host"],
  ["visit:region", "region"],
  ["visit:region_name", "region"],
]);
