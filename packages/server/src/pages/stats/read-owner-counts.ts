// The owner's counts: exact, filtered as asked, with hours where a single day is asked.
import type { Answer, Filter, Metric, QuestionDimension } from "@avow/store";
import { timeLabels } from "../../query/time-labels.ts";
import type { Ask } from "./ask-through-gate.ts";
import type { BulletinModel, ChartModel, Figures, TableModel } from "./bulletin-model.ts";
import type { TableDimension } from "./filters.ts";
import type { Period, Span } from "./period.ts";

export interface Plan {
  readonly ask: Ask;
  readonly period: Period;
  readonly timeZone: string;
  /** Tables that may be asked for, with the clause that permits each. */
  readonly clauses: ReadonlyMap<TableDimension, string>;
  readonly hasTime: boolean;
  readonly metrics: readonly Metric[];
  readonly least: number;
  /** Epoch seconds up to which the public sees the running day. */
  readonly shown: number;
  /** Of each table. */
  readonly rows: number;
  readonly filter?: Filter;
}

export type Counts = Pick<BulletinModel, "figures" | "previous" | "chart" | "tables" | "isEmpty" | "leftOutDays">;

export const mostRows = 9;

export async function readOwnerCounts(plan: Plan): Promise<Counts> {
  const { ask, period, metrics, filter } = plan;
  const filtered = filter === undefined ? {} : { filter };
  const totals = (span: Span): Promise<Answer> =>
    ask({ from: span.from, until: span.until, metrics, dimensions: [], limit: 1, ...filtered });
  const [now, before, chart, tables] = await Promise.all([
    totals(period),
    totals(period.previous),
    plan.hasTime ? readChart(plan) : undefined,
    Promise.all([...plan.clauses].map(([dimension, clause]) => readTable(plan, dimension, clause))),
  ]);
  const figures = figuresOf(metrics, now);
  return {
    figures,
    previous: figuresOf(metrics, before),
    ...(chart === undefined ? {} : { chart }),
    tables: tables.map((table) => shareOf(table, figures.visitors)),
    isEmpty: figures.visitors === 0 && filter === undefined,
    leftOutDays: 0,
  };
}

export function figuresOf(metrics: readonly Metric[], answer: Answer): Figures {
  const values = answer.rows[0]?.metrics ?? [];
  const value = (metric: Metric): number | null => values[metrics.indexOf(metric)] ?? null;
  return {
    visitors: value("visitors") ?? 0,
    visits: value("visits") ?? 0,
    pageviews: value("pageviews") ?? 0,
    bounceRate: value("bounce_rate"),
    ...(metrics.includes("visit_duration") ? { duration: value("visit_duration") } : {}),
  };
}

async function readChart({ ask, period, timeZone, filter }: Plan): Promise<ChartModel> {
  const series = async (span: Span): Promise<readonly { readonly label: string; readonly visitors: number }[]> => {
    if (span.until <= span.from) return [];
    const dimensions: readonly QuestionDimension[] = [period.bucket];
    const filtered = filter === undefined ? {} : { filter };
    const answer = await ask({ ...span, metrics: ["visitors"], dimensions, limit: 10_000, ...filtered });
    const found = new Map(answer.rows.map((row) => [row.dimensions[0] ?? "", row.metrics[0] ?? 0]));
    return timeLabels(period.bucket, span, timeZone).map((label) => ({ label, visitors: found.get(label) ?? 0 }));
  };
  const [points, before] = await Promise.all([
    series({ from: period.from, until: period.until }),
    series(period.previous),
  ]);
  return { bucket: period.bucket, points, before: before.map(({ visitors }) => visitors) };
}

async function readTable(plan: Plan, dimension: TableDimension, clause: string): Promise<TableModel> {
  const { ask, period, filter } = plan;
  const answer = await ask({
    from: period.from,
    until: period.until,
    metrics: ["visitors"],
    dimensions: [dimension],
    limit: plan.rows + 1,
    ...(filter === undefined ? {} : { filter }),
  });
  const shown = answer.rows.filter(({ isOther }) => isOther !== true);
  const rows = shown
    .slice(0, plan.rows)
    .map((row) => ({ value: row.dimensions[0] ?? "", visitors: row.metrics[0] ?? 0, share: 0 }));
  const folded = answer.rows.filter(({ isOther }) => isOther === true);
  const other = folded.reduce((sum, row) => sum + (row.metrics[0] ?? 0), 0);
  return { dimension, clause, rows, other, more: Math.max(0, answer.total - folded.length - rows.length) };
}

function shareOf(table: TableModel, visitors: number): TableModel {
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, share: visitors === 0 ? 0 : Math.min(1, row.visitors / visitors) })),
  };
}
