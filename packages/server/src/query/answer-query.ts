// A checked question, asked of the store and answered in the form of the stats API, its query normalised beside it.
import type { Answer, Events, Question, Site } from "@avow/store";
import { Refusal } from "../http/refusal.ts";
import type { NotUsed } from "./ask-gate.ts";
import { countryName } from "./country-names.ts";
import { notKeptWords } from "./not-kept-words.ts";
import type { ReadQuery } from "./read-query.ts";
import { timeLabels } from "./time-labels.ts";
import { type DimensionWord, dimensionOf, dimensionWord, isRate, isTimeWord, wordOf } from "./words.ts";
import { isoInZone } from "./zone.ts";

/** The store's form of a question. */
export function questionOf(query: ReadQuery, site: Site): Omit<Question, "permits"> {
  return {
    site: site.domain,
    from: query.range.from,
    until: query.range.until,
    timeZone: site.timeZone,
    metrics: query.metrics.filter((metric) => !isRate(metric)),
    dimensions: query.dimensions.map(dimensionOf),
    ...(query.filter === undefined ? {} : { filter: query.filter }),
    ...(site.goals === undefined ? {} : { goals: site.goals }),
    orderBy: query.orderBy.filter(([by]) => !isRate(by)).map(([by, direction]) => ({ by: columnOf(by), direction })),
    limit: query.limit,
    offset: query.offset,
  };
}

/** @throws Refusal 400 when the answer takes longer than `timeMs`. */
export async function askInTime(
  events: Events,
  question: Question,
  timeMs: number,
  gone: AbortSignal,
): Promise<Answer> {
  const late = AbortSignal.timeout(timeMs);
  try {
    return await events.ask(question, AbortSignal.any([late, gone]));
  } catch (error) {
    if (gone.aborted) throw new Refusal(400, "client-gone", "the client left before the answer");
    if (!late.aborted) throw error;
    const seconds = Math.ceil(timeMs / 1000);
    throw new Refusal(
      400,
      "query-too-slow",
      `date_range: the answer took longer than ${seconds} s; ask a shorter range`,
    );
  }
}

/** The reply body. */
export function replyOf(query: ReadQuery, site: Site, answer: Answer, unused: readonly NotUsed[]): object {
  const time = query.dimensions.find(isTimeWord);
  const { imports, time_labels, total_rows } = query.include;
  return {
    results: answer.rows.map((row) => ({
      metrics: isUnknown(answer, row) ? row.metrics.map(() => null) : row.metrics,
      dimensions: row.dimensions.map((value, index) => label(query.dimensions[index], value)),
    })),
    meta: {
      ...(imports === true ? { imports_included: false, imports_skip_reason: "no_imported_data" } : {}),
      ...(time_labels === true && time !== undefined
        ? { time_labels: timeLabels(time, query.range, site.timeZone) }
        : {}),
      ...(total_rows === true ? { total_rows: answer.total } : {}),
      ...(unused.length === 0 ? {} : { not_used: unused }),
      ...(answer.notKept === undefined ? {} : { not_kept: answer.notKept.map(notKeptOf) }),
      ...(answer.folded === undefined ? {} : { folded_days: answer.folded }),
    },
    query: {
      site_id: site.domain,
      metrics: query.metrics,
      date_range: [isoInZone(query.range.from, site.timeZone), isoInZone(query.range.until - 1, site.timeZone)],
      filters: query.filters,
      dimensions: query.dimensions,
      order_by: query.orderBy,
      include: query.include,
      pagination: { offset: query.offset, limit: query.limit },
    },
  };
}

/** A total of nothing but days that cannot be answered for is not zero. */
function isUnknown({ notKept }: Answer, { dimensions, metrics }: Answer["rows"][number]): boolean {
  return notKept !== undefined && dimensions.length === 0 && metrics.every((figure) => figure === 0 || figure === null);
}

/** In the words of the API; `nearest` can be asked as it stands. */
function notKeptOf({ days, reason, nearest }: NonNullable<Answer["notKept"]>[number]): object {
  return {
    days,
    reason,
    says: notKeptWords[reason],
    ...(nearest === undefined ? {} : { nearest: { dimensions: nearest.dimensions.map(wordOf), filters: [] } }),
  };
}

function columnOf(by: string): string {
  const word = dimensionWord(by);
  return word === undefined ? by : dimensionOf(word);
}

function label(word: DimensionWord | undefined, value: string): string {
  return word === "visit:country_name" && value !== "" ? countryName(value) : value;
}
