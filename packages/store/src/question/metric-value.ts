// From sums to the figures Plausible reports; both engines add the same sums and end here, or in the same arithmetic in SQL.
import type { Metric } from "../contract.ts";

export interface Sums {
  readonly visitors: number;
  readonly visits: number;
  readonly pageviews: number;
  readonly events: number;
  /** Visits attributed here by their entry, and what they add up to. */
  readonly entries: number;
  readonly bounces: number;
  readonly seconds: number;
  readonly entryPageviews: number;
  /** Visitors of the whole question, without dimensions. */
  readonly allVisitors: number;
}

/** Null where a group holds no visit to average over; a total without any visit is 0. */
export function metricValue(metric: Metric, sums: Sums, isTotal: boolean): number | null {
  const none = isTotal ? 0 : null;
  switch (metric) {
    case "visitors":
    case "visits":
    case "pageviews":
    case "events":
      return sums[metric];
    case "views_per_visit":
      return sums.entries === 0 ? none : Math.round((sums.entryPageviews * 100) / sums.entries) / 100;
    case "bounce_rate":
      return sums.entries === 0 ? none : Math.round((sums.bounces * 100) / sums.entries);
    case "visit_duration":
      return sums.entries === 0 ? none : Math.round(sums.seconds / sums.entries);
    case "percentage":
      return sums.allVisitors === 0 ? 0 : Math.round((sums.visitors * 1000) / sums.allVisitors) / 10;
    default:
      return metric satisfies never;
  }
}
