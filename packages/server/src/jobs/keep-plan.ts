// What a practice's `keep` says of one day: until when its rows may rest, and then its counts (design, "Visits without a visitor", 4).
import { type Keep, type Practice, type Stage, isFormAtOrBelow } from "@avow/policy";
import { addDays, addMonths } from "../query/zone.ts";

/** Local days, `YYYY-MM-DD`; a day is the first on which something must be gone, undefined is never. */
export interface KeepPlan {
  readonly rowsUntil: string | undefined;
  /** Absent where the practice keeps no counts: rows go without leaving any. */
  readonly counts?: { readonly least: number; readonly until: string | undefined };
}

/** Rows are pseudonymous; a stage in a form that says more permits them too. */
const rowForm = { kind: "pseudonymous" } as const;

/** `day`: the local day the rows are of. Nothing is due before the day is over. */
export function keepPlan({ keep }: Pick<Practice, "keep">, day: string): KeepPlan {
  const rows = keep.filter(({ form }) => isFormAtOrBelow(rowForm, form));
  const counts = keep.filter(({ form }) => form.kind === "aggregate");
  const plan = { rowsUntil: latest(rows, day) };
  if (counts.length === 0) return plan;
  const least = Math.min(...counts.map(({ form }) => (form.kind === "aggregate" ? form.least : 1)));
  return { ...plan, counts: { least, until: latest(counts, day) } };
}

function latest(stages: readonly Stage[], day: string): string | undefined {
  const ends = stages.map(({ keep }) => endOf(keep, day));
  return ends.includes(undefined) ? undefined : (ends.toSorted().at(-1) ?? addDays(day, 1));
}

/** Months and years by the calendar. What is counted from an event that days do not have ends with the day. */
function endOf(keep: Keep, day: string): string | undefined {
  if (keep.kind === "without limit") return undefined;
  const dayAfter = addDays(day, 1);
  if (keep.kind === "never by us") return dayAfter;
  const [, count = "0", unit = ""] = /^(\d+) (day|week|month|year)s?(?: after collection)?$/.exec(keep.text) ?? [];
  const number = Number(count);
  const end = { day: addDays(day, number), week: addDays(day, 7 * number), month: addMonths(day, number) }[unit];
  const found = unit === "year" ? addMonths(day, 12 * number) : (end ?? dayAfter);
  return found < dayAfter ? dayAfter : found;
}
