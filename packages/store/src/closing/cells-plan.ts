// Whether the cells of a closed day can answer a question, told from the question and what is known of the day without reading a cell.
import type { CellDimension, Filter, Metric, NotKeptReason, Question } from "../contract.ts";
import { asksOfVisits } from "../question/dimension-kind.ts";
import { isTimeDimension, timeBucket } from "../question/time-bucket.ts";
import { localSeconds, zoneOffsets } from "../question/zone-offsets.ts";
import { type CellKey, type ClosedHead, shapeName } from "./closed-record.ts";
import { type DayBounds, dayBounds } from "./day-bounds.ts";
import { choicesOf, type Choice, dimensionsIn, isCellDimension, type Reduced, reduceFilter } from "./reduce-filter.ts";

/** A day's head and the names of the shapes kept of it. */
export interface ClosedShapes {
  readonly head: ClosedHead;
  readonly shapes: ReadonlySet<string>;
}

export interface CellsPlan {
  /** Shape to read, by name; absent where the filter lets nothing through. */
  readonly shape: string | undefined;
  /** The shape of the same groups without the filter: what is left out is taken from it. */
  readonly without: string;
  /** Keys of the shape that the question groups by, in its order. */
  readonly grouped: readonly CellKey[];
  /** Dimensions that only the filter names and of which it lets more than one value through, and how. */
  readonly unpinned: readonly { readonly dimension: CellDimension; readonly choice: Choice }[];
  readonly filter: Filter | undefined;
  /** For each dimension of the question: its value that day, or undefined where it is a key of the shape. */
  readonly fixed: readonly (string | number | undefined)[];
  /** Hours of the day that are within the range; absent where all are. */
  readonly hours: { readonly from: number; readonly until: number } | undefined;
  readonly bounds: DayBounds;
}

const additive: readonly Metric[] = ["visitors", "visits", "pageviews", "events"];
const known: readonly Metric[] = [...additive, "views_per_visit", "bounce_rate", "visit_duration", "percentage"];

/** The part of a question about this day; a reason where its cells cannot give what rows would have. */
export function planFor({ head, shapes }: ClosedShapes, question: Question): CellsPlan | NotKeptReason {
  const bounds = dayBounds(head.day, head.timeZone);
  const hours = hoursWithin(bounds, head, question);
  if (hours === "hours") return hours;
  const reduced = reduceFilter(question.filter, head.present);
  if (reduced.kind === "unknown" || !question.metrics.every((metric) => known.includes(metric))) return "no shape";
  const fixed = fixedValues(head, question, bounds);
  if (fixed === "zone" || fixed === "no shape") return fixed;
  const grouped = question.dimensions.filter((_, index) => fixed[index] === undefined) as CellKey[];
  const filter = reduced.kind === "filter" ? reduced.filter : undefined;
  // A name is one event's, so nothing of a whole visit is counted by it.
  if (asksOfVisits(question) && [...grouped, ...dimensionsIn(filter)].includes("event_name")) return "no shape";
  const filterOnly = dimensionsIn(filter).filter((dimension) => !grouped.includes(dimension));
  const name = shapeName([...grouped, ...filterOnly]);
  if (reduced.kind !== "none" && !shapes.has(name)) return head.isSmall === true ? "folded" : "no shape";
  const choices = choicesOf(filter);
  const unpinned = filterOnly.flatMap((dimension) => {
    const choice = choices.get(dimension) ?? { kind: "open" };
    return choice.kind === "one" ? [] : [{ dimension, choice }];
  });
  if (!unpinned.every(({ dimension }) => canAddOver(head, question, dimension))) return "union";
  const without = shapeName(grouped);
  return { shape: shapeToRead(reduced, name), without, grouped, unpinned, filter, fixed, hours, bounds };
}

function shapeToRead({ kind }: Reduced, name: string): string | undefined {
  return kind === "none" ? undefined : name;
}

/** Whether groups of several values of a dimension can be added up: an event and a visit's entry have one, the rest may have more. */
function canAddOver(head: ClosedHead, { metrics }: Question, dimension: CellDimension): boolean {
  const asks = (...some: readonly Metric[]): boolean => metrics.some((metric) => some.includes(metric));
  if (asks("visitors", "percentage") && !head.onePerVisitor.includes(dimension)) return false;
  return !asks("visits") || head.onePerVisit.includes(dimension);
}

/** Times are the same for the whole day, and so is what no row had. */
function fixedValues(
  head: ClosedHead,
  { dimensions, timeZone }: Question,
  bounds: DayBounds,
): readonly (string | number | undefined)[] | "zone" | "no shape" {
  const offsets = zoneOffsets(timeZone, bounds.from, bounds.until);
  const values: (string | number | undefined)[] = [];
  for (const dimension of dimensions) {
    if (dimension === "time:hour") {
      if (timeZone !== head.timeZone) return "zone";
      values.push(undefined);
    } else if (isTimeDimension(dimension)) {
      const bucket = timeBucket(dimension, localSeconds(offsets, bounds.from));
      if (bucket !== timeBucket(dimension, localSeconds(offsets, bounds.until - 1))) return "zone";
      values.push(bucket);
    } else if (!isCellDimension(dimension)) return "no shape";
    else values.push(head.present.includes(dimension) ? undefined : "");
  }
  return values;
}

/** A range may cut a day only between hours, and only where each hour is shown for itself and no visit is looked at as a whole. */
function hoursWithin(bounds: DayBounds, head: ClosedHead, question: Question): CellsPlan["hours"] | "hours" {
  const { from, until, timeZone, dimensions, metrics } = question;
  if (from <= bounds.from && until >= bounds.until) return undefined;
  const isEach = dimensions.includes("time:hour") && timeZone === head.timeZone && bounds.isEven;
  if (!isEach || asksOfVisits(question) || !metrics.every((metric) => additive.includes(metric))) return "hours";
  const [first, last] = [(from - bounds.from) / 3600, (until - bounds.from) / 3600];
  return isWhole(first) && isWhole(last) ? { from: Math.max(0, first), until: Math.min(24, last) } : "hours";
}

/** Where an hour begins, or beyond the day. */
function isWhole(hour: number): boolean {
  return Number.isInteger(hour) || hour <= 0 || hour >= 24;
}
