// Conversion rates: the question as asked, and the same without its goals, put together (docs/design/analytics.md).
import type { Answer, Filter, Metric, Question } from "@avow/store";
import { Refusal } from "../http/refusal.ts";
import { queryLimits, type ReadQuery } from "./read-query.ts";
import { type ApiMetric, type RateMetric, dimensionOf, isRate } from "./words.ts";

export type AskStore = (question: Question) => Promise<Answer>;

/** `question` is the store's form of the query; the answer has a figure for each metric of the query. @throws Refusal 400 */
export async function askWithRates(ask: AskStore, query: ReadQuery, question: Question): Promise<Answer> {
  const rates = query.metrics.filter(isRate);
  if (rates.length === 0) return ask(question);
  const isSorted = query.orderBy.some(([by]) => isRate(by));
  const metrics: readonly Metric[] = [...new Set([...question.metrics, "visitors" as const])];
  // To sort by a rate all rows must be known; an answer has at most so many.
  const whole = isSorted ? { orderBy: [], limit: queryLimits.rows, offset: 0 } : {};
  const [met, ...beside] = await Promise.all([
    ask({ ...question, metrics, ...whole }),
    ...rates.map((rate) => ask(totalsOf(question, rate))),
  ]);
  // Days of which only one of the two is known would make a share of nothing.
  const isKnown = met.notKept === undefined;
  const totals = new Map(rates.map((rate, index) => [rate, visitorsBy(beside[index])]));
  const figure = (row: Answer["rows"][number], metric: ApiMetric): number | null => {
    if (!isRate(metric)) return row.metrics[metrics.indexOf(metric)] ?? null;
    if (!isKnown) return null;
    const key = keyOf(row.dimensions.filter((_, index) => isOfTotals(question.dimensions[index], metric)));
    const among = totals.get(metric)?.get(key) ?? 0;
    return among === 0 ? 0 : Math.round(((row.metrics[metrics.indexOf("visitors")] ?? 0) * 1000) / among) / 10;
  };
  const rows = met.rows.map((row) => ({ ...row, metrics: query.metrics.map((metric) => figure(row, metric)) }));
  if (!isSorted) return { ...met, rows };
  const sorted = rows.toSorted(inOrder(query));
  return { ...met, rows: sorted.slice(query.offset, query.offset + query.limit) };
}

/** Everybody whom the rate is a share of: by the same groups without goals, or by time alone. */
function totalsOf(question: Question, rate: RateMetric): Question {
  const { filter, ...rest } = question;
  const without = withoutGoals(filter);
  return {
    ...rest,
    metrics: ["visitors"],
    dimensions: question.dimensions.filter((dimension) => isOfTotals(dimension, rate)),
    ...(without === undefined ? {} : { filter: without }),
    orderBy: [],
    limit: queryLimits.rows,
    offset: 0,
  };
}

function isOfTotals(dimension: Question["dimensions"][number] | undefined, rate: RateMetric): boolean {
  if (dimension === undefined || dimension === "goal") return false;
  return rate === "group_conversion_rate" || dimension.startsWith("time:");
}

function withoutGoals(filter: Filter | undefined): Filter | undefined {
  if (filter === undefined || "dimension" in filter) return filter?.dimension === "goal" ? undefined : filter;
  if (filter.op === "and") {
    const of = filter.of.flatMap((one) => withoutGoals(one) ?? []);
    return of.length === 0 ? undefined : { op: "and", of };
  }
  if (namesGoal(filter)) {
    throw new Refusal(
      400,
      "bad-query",
      "filters: for a conversion rate `event:goal` must stand beside the other filters",
    );
  }
  return filter;
}

function namesGoal(filter: Filter): boolean {
  if ("dimension" in filter) return filter.dimension === "goal";
  if (filter.op === "and" || filter.op === "or") return filter.of.some(namesGoal);
  return filter.op === "not" && namesGoal(filter.of);
}

function visitorsBy(answer: Answer | undefined): ReadonlyMap<string, number> {
  return new Map((answer?.rows ?? []).map(({ dimensions, metrics }) => [keyOf(dimensions), metrics[0] ?? 0]));
}

function keyOf(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** As asked, a missing figure last, then by the dimensions. */
function inOrder({
  orderBy,
  metrics,
  dimensions,
}: ReadQuery): (a: Answer["rows"][number], b: Answer["rows"][number]) => number {
  const keys = orderBy.map(([by, direction]) => ({
    metric: metrics.findIndex((metric) => metric === by),
    dimension: dimensions.findIndex((word) => dimensionOf(word) === by || word === by),
    sign: direction === "desc" ? -1 : 1,
  }));
  return (a, b) => {
    for (const { metric, dimension, sign } of keys) {
      const order =
        metric >= 0
          ? byFigure(a.metrics[metric] ?? null, b.metrics[metric] ?? null, sign)
          : sign * byText(a.dimensions[dimension] ?? "", b.dimensions[dimension] ?? "");
      if (order !== 0) return order;
    }
    return byText(keyOf(a.dimensions), keyOf(b.dimensions));
  };
}

function byFigure(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
