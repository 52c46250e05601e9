// The public's counts: days with enough visitors, folded one by one and added up, so that no two questions differ by a small group (PI3).
import type { Answer, Metric } from "@avow/store";
import { timeLabels } from "../../query/time-labels.ts";
import type { ChartModel, Figures, TableModel } from "./bulletin-model.ts";
import type { TableDimension } from "./filters.ts";
import { type DayCell, foldDays } from "./fold.ts";
import type { Period, Span } from "./period.ts";
import { type Counts, type Plan, figuresOf } from "./read-owner-counts.ts";

type DayFigures = ReadonlyMap<string, Figures>;

export async function readPublicCounts(plan: Plan): Promise<Counts> {
  const { least, shown } = plan;
  const period = { ...plan.period, until: Math.min(plan.period.until, shown) };
  const nothing: Counts = { tables: [], isEmpty: false, leftOutDays: 0 };
  // Without declared time there are no days to fold, and without folding nothing is public.
  if (!plan.hasTime || period.until <= period.from) return nothing;
  const [now, before] = await Promise.all([readDays(plan, period), readDays(plan, period.previous)]);
  const kept = enough(now, least);
  if (kept.size === 0)
    return { ...nothing, isEmpty: now.size === 0 && shown >= plan.period.until, leftOutDays: now.size };
  const keptBefore = enough(before, least);
  const figures = addUp(kept);
  const totals = new Map([...kept].map(([day, { visitors }]) => [day, visitors]));
  const tables = await Promise.all(
    [...plan.clauses].map(([dimension, clause]) =>
      readTable({ ...plan, period }, dimension, clause, totals, figures.visitors),
    ),
  );
  const chart = chartOf(plan, now, kept, keptBefore);
  return {
    figures,
    ...(keptBefore.size === 0 ? {} : { previous: addUp(keptBefore) }),
    ...(chart === undefined ? {} : { chart }),
    tables,
    isEmpty: false,
    leftOutDays: now.size - kept.size,
  };
}

async function readDays({ ask, metrics }: Plan, span: Span): Promise<DayFigures> {
  const { from, until } = span;
  const answer = await ask({ from, until, metrics, dimensions: ["time:day"], limit: 10_000 });
  return new Map(answer.rows.map((row) => [row.dimensions[0] ?? "", figuresOfRow(metrics, row)]));
}

function figuresOfRow(metrics: readonly Metric[], row: Answer["rows"][number]): Figures {
  return figuresOf(metrics, { rows: [row], total: 1, leftOut: [] });
}

function enough(days: DayFigures, least: number): DayFigures {
  return new Map([...days].filter(([, { visitors }]) => visitors >= least));
}

/** Averages weigh by visits. */
function addUp(days: DayFigures): Figures {
  const all = [...days.values()];
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, one) => total + of(one), 0);
  const visits = sum((one) => one.visits);
  const mean = (of: (figures: Figures) => number | null | undefined): number | null =>
    visits === 0 ? null : Math.round(sum((one) => (of(one) ?? 0) * one.visits) / visits);
  return {
    visitors: sum((one) => one.visitors),
    visits,
    pageviews: sum((one) => one.pageviews),
    bounceRate: mean((one) => one.bounceRate),
    ...(all.some((one) => one.duration !== undefined) ? { duration: mean((one) => one.duration) } : {}),
  };
}

/** A single day has no chart: its hours are the owner's. Empty days are 0; days with too few visitors are gaps. */
function chartOf(
  { period, timeZone }: Plan,
  now: DayFigures,
  kept: DayFigures,
  before: DayFigures,
): ChartModel | undefined {
  if (period.bucket === "time:hour") return undefined;
  const points = timeLabels("time:day", period, timeZone).map((label) => ({
    label,
    visitors: now.has(label) && !kept.has(label) ? null : (kept.get(label)?.visitors ?? 0),
  }));
  if (period.bucket === "time:month") return { bucket: "time:month", points: byMonth(points), before: [] };
  const previous: Period["previous"] = period.previous;
  const labels = previous.until > previous.from ? timeLabels("time:day", previous, timeZone) : [];
  const wasThere = before.size > 0;
  return {
    bucket: "time:day",
    points,
    before: wasThere ? labels.map((label) => before.get(label)?.visitors ?? null) : [],
  };
}

function byMonth(days: ChartModel["points"]): ChartModel["points"] {
  const months = Map.groupBy(days, ({ label }) => `${label.slice(0, 7)}-01`);
  return [...months].map(([label, of]) => ({
    label,
    visitors: of.every(({ visitors }) => visitors === null)
      ? null
      : of.reduce((sum, { visitors }) => sum + (visitors ?? 0), 0),
  }));
}

async function readTable(
  { ask, period, least, rows: most }: Plan,
  dimension: TableDimension,
  clause: string,
  totals: ReadonlyMap<string, number>,
  visitors: number,
): Promise<TableModel> {
  const { from, until } = period;
  const answer = await ask({ from, until, metrics: ["visitors"], dimensions: ["time:day", dimension], limit: 10_000 });
  const folded = answer.rows.filter(({ isOther }) => isOther === true);
  const rest = answer.rows.filter(({ isOther }) => isOther !== true);
  const cells = rest.map((row): DayCell => ({
    day: row.dimensions[0] ?? "",
    label: row.dimensions[1] ?? "",
    visitors: row.metrics[0] ?? 0,
  }));
  const { shown, other } = foldDays(cells, totals, least);
  const rows = shown.slice(0, most).map((cell) => ({
    value: cell.label,
    visitors: cell.visitors,
    share: Math.min(1, cell.visitors / visitors),
  }));
  const alreadyFolded = folded.reduce((sum, row) => sum + (row.metrics[0] ?? 0), 0);
  return { dimension, clause, rows, other: other + alreadyFolded, more: shown.length - rows.length };
}
