// What an answer says where nothing is stored, and the way back: such a label in a filter means "nothing stored".
import type { Filter, QuestionDimension } from "../contract.ts";

/** Plausible's labels. A country is a code for other tables to spell out, so its absence stays an empty string. */
export function emptyLabel(dimension: QuestionDimension): string {
  if (dimension === "channel") return "Direct";
  if (dimension === "source" || dimension === "referrer") return "Direct / None";
  if (dimension.startsWith("prop:")) return "(none)";
  return dimension === "country" || dimension.startsWith("time:") ? "" : "(not set)";
}

/** `is` and `is_not` with labels of absence replaced by the empty string both engines compare with. */
export function withStoredValues(filter: Filter): Filter {
  if (filter.op === "and" || filter.op === "or") return { op: filter.op, of: filter.of.map(withStoredValues) };
  if (filter.op === "not" || filter.op === "has_done" || filter.op === "has_not_done") {
    return { op: filter.op, of: withStoredValues(filter.of) };
  }
  if (filter.op !== "is" && filter.op !== "is_not") return filter;
  const label = emptyLabel(filter.dimension);
  return { ...filter, values: filter.values.map((value) => (value === label ? "" : value)) };
}
