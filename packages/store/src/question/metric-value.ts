// From sums to the figures Plausible reports; both engines add the same sums and end here, or in the same arithmetic in SQL.
import type { Metric } from "../contract.ts";

export interface EngagementSums {
  /** Visitors who scrolled, and the deepest per cent of each, added up. */
  readonly scrolled: number;
  readonly scrollDepths: number;
  /** Visits with time in view, and the milliseconds. */
  readonly engaged: number;
  readonly engagedMs: number;
}

/** What is counted for every question; closed days keep it. */
export interface CountedSums {
  readonly visitors: number;
  readonly visits: number;
  readonly pageviews: number;
  readonly events: number;
  /** Visits attributed here by their entry, and what they add up to. */
  readonly entries: number;
  readonly bounces: number;
  readonly seconds: number;
  readonly entryPageviews: number;
}

export interface Sums extends CountedSums {
  /** Absent where the question does not ask for it. */
  readonly engagement?: EngagementSums;
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
    case "scroll_depth":
      return mean(sums.engagement?.scrollDepths, sums.engagement?.scrolled);
    case "time_on_page":
      return mean(sums.engagement?.engagedMs, (sums.engagement?.engaged ?? 0) * 1000);
    default:
      return metric satisfies never;
  }
}

/** Of nothing there is no mean, not even of a total. */
function mean(sum = 0, count = 0): number | null {
  return count === 0 ? null : Math.round(sum / count);
}
