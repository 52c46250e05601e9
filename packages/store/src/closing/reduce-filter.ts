// A filter as a closed day sees it: dimensions no row had are decided, and what is left is told by how it uses each dimension.
import { type CellDimension, dimensionColumns, type Filter } from "../contract.ts";
import type { Leaf } from "../question/dimension-kind.ts";
import { type Filtered, matchesFilter } from "../question/matches-filter.ts";

/** What is left of the filter: nothing to check, nothing that passes, a filter of dimensions the day has, or one cells cannot check. */
export type Reduced =
  | { readonly kind: "all" | "none" | "unknown" }
  | { readonly kind: "filter"; readonly filter: Filter };

export function reduceFilter(filter: Filter | undefined, present: readonly CellDimension[]): Reduced {
  if (filter === undefined) return { kind: "all" };
  switch (filter.op) {
    case "and":
    case "or":
      return joined(
        filter.op,
        filter.of.map((one) => reduceFilter(one, present)),
      );
    case "not": {
      const inner = reduceFilter(filter.of, present);
      if (inner.kind === "filter") return { kind: "filter", filter: { op: "not", of: inner.filter } };
      if (inner.kind === "unknown") return inner;
      return { kind: inner.kind === "all" ? "none" : "all" };
    }
    case "is":
    case "is_not":
    case "contains":
    case "contains_not":
    case "matches":
    case "matches_not":
      if (!isCellDimension(filter.dimension)) return { kind: "unknown" };
      if (present.includes(filter.dimension)) return { kind: "filter", filter };
      return { kind: matchesFilter(filter, absent) ? "all" : "none" };
    case "has_done":
    case "has_not_done":
      // Of events a visit had elsewhere cells know nothing.
      return { kind: "unknown" };
    default:
      return filter satisfies never;
  }
}

const absent: Filtered = { valuesOf: () => [""], hasDone: () => false };

/** Made of the columns of a row or of its visit. */
export const derivedDimensions = ["event_name", "entry_page", "exit_page", "entry_hostname", "exit_hostname"] as const;

/** The derived dimensions of rows that have these columns; every row has a name. */
export function derivedOf(columns: readonly string[]): readonly CellDimension[] {
  return derivedDimensions.filter((one) => one === "event_name" || columns.includes(one.slice(one.indexOf("_") + 1)));
}

/** Cells count by these; what only an event has is not known of a closed day. */
export function isCellDimension(dimension: string): dimension is CellDimension {
  return (
    (dimensionColumns as readonly string[]).includes(dimension) || derivedDimensions.some((one) => one === dimension)
  );
}

function joined(op: "and" | "or", parts: readonly Reduced[]): Reduced {
  if (parts.some(({ kind }) => kind === "unknown")) return { kind: "unknown" };
  const [neutral, decisive] = op === "and" ? (["all", "none"] as const) : (["none", "all"] as const);
  if (parts.some(({ kind }) => kind === decisive)) return { kind: decisive };
  const of = parts.flatMap((part) => (part.kind === "filter" ? [part.filter] : []));
  const [only] = of;
  if (only === undefined) return { kind: neutral };
  return { kind: "filter", filter: of.length === 1 ? only : { op, of } };
}

/** How a filter chooses values of a dimension that the question does not show. */
export type Choice =
  | { readonly kind: "one"; readonly value: string }
  | { readonly kind: "list" | "all but"; readonly values: readonly string[] }
  | { readonly kind: "open" };

/** By dimension; several conditions on one dimension, or one on several, leave it open. */
export function choicesOf(filter: Filter | undefined): ReadonlyMap<CellDimension, Choice> {
  const found = new Map<CellDimension, Choice>();
  const add = (dimension: CellDimension, choice: Choice): void => {
    found.set(dimension, found.has(dimension) ? { kind: "open" } : choice);
  };
  for (const part of conjunctsOf(filter)) {
    if ("dimension" in part) {
      if (isCellDimension(part.dimension)) add(part.dimension, choiceOf(part));
    } else for (const dimension of dimensionsIn(part)) add(dimension, { kind: "open" });
  }
  return found;
}

function conjunctsOf(filter: Filter | undefined): readonly Filter[] {
  if (filter === undefined) return [];
  return filter.op === "and" ? filter.of.flatMap(conjunctsOf) : [turned(filter)];
}

/** `not is` and `not is_not` as what they mean. */
function turned(filter: Filter): Filter {
  if (filter.op !== "not") return filter;
  if (filter.of.op === "is") return { ...filter.of, op: "is_not" };
  return filter.of.op === "is_not" ? { ...filter.of, op: "is" } : filter;
}

function choiceOf(leaf: Leaf): Choice {
  if (!leaf.caseSensitive || (leaf.op !== "is" && leaf.op !== "is_not")) return { kind: "open" };
  const values = [...new Set(leaf.values)];
  const [value] = values;
  if (leaf.op === "is_not") return { kind: "all but", values };
  return value !== undefined && values.length === 1 ? { kind: "one", value } : { kind: "list", values };
}

/** Dimensions a filter names, each once. */
export function dimensionsIn(filter: Filter | undefined): readonly CellDimension[] {
  if (filter === undefined) return [];
  if (filter.op === "and" || filter.op === "or") return [...new Set(filter.of.flatMap(dimensionsIn))];
  if (filter.op === "not") return dimensionsIn(filter.of);
  return "dimension" in filter && isCellDimension(filter.dimension) ? [filter.dimension] : [];
}
