// Filters as clients write them (`["is", "visit:country", ["NL"]]`, nested by and/or/not) to the store's form.
import type { Filter } from "@avow/store";
import { nearestWord } from "../http/nearest.ts";
import { Refusal } from "../http/refusal.ts";
import { shown } from "../http/shown.ts";
import { countryCodes } from "./country-names.ts";
import { dimensionOf, dimensionWord, fixedWords, isTimeWord, wordOf } from "./words.ts";

export const filterOps = ["is", "is_not", "contains", "contains_not", "matches", "matches_not"] as const;
type FilterOp = (typeof filterOps)[number];
export const filterWords = fixedWords.filter((word) => !isTimeWord(word));
/** Of the whole visit: whether one of its events passes. */
export const visitOps = ["has_done", "has_not_done"] as const;

/** How much filter one question may carry; `values` in all its conditions together, because each is tried on every row. */
export const filterLimits = { depth: 8, leaves: 100, values: 500, valueLength: 2000, patternLength: 300 } as const;

type Leaf = Extract<Filter, { readonly values: readonly string[] }>;

interface Count {
  leaves: number;
  values: number;
}

/** Undefined when there is nothing to filter. @throws Refusal naming `filters`. */
export function readFilters(given: unknown): Filter | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given)) throw bad("must be a list");
  const count = { leaves: 0, values: 0 };
  const of = given.map((one) => readFilter(one, 1, count));
  return of.length <= 1 ? of[0] : { op: "and", of };
}

function readFilter(given: unknown, depth: number, count: Count): Filter {
  if (depth > filterLimits.depth) throw bad(`are nested deeper than ${filterLimits.depth}`);
  if (!Array.isArray(given)) throw bad('must be lists like ["is", "event:page", ["/"]]');
  const [op, second] = given as readonly unknown[];
  if (op === "and" || op === "or") {
    if (!Array.isArray(second) || second.length === 0 || given.length !== 2)
      throw bad(`: \`${op}\` takes one list of filters`);
    return { op, of: second.map((one) => readFilter(one, depth + 1, count)) };
  }
  if (op === "not") {
    if (given.length !== 2) throw bad(": `not` takes one filter");
    return { op, of: readFilter(second, depth + 1, count) };
  }
  if (op === "has_done" || op === "has_not_done") {
    if (given.length !== 2) throw bad(`: \`${op}\` takes one filter`);
    return { op, of: ofEvents(readFilter(second, depth + 1, count), op) };
  }
  count.leaves += 1;
  if (count.leaves > filterLimits.leaves) throw bad(`have more than ${filterLimits.leaves} conditions`);
  const leaf = readLeaf(given);
  count.values += leaf.values.length;
  if (count.values > filterLimits.values) throw bad(`have more than ${filterLimits.values} values together`);
  return leaf;
}

/** What a visit has done is told by its events alone. */
function ofEvents(filter: Filter, op: string): Filter {
  if ("dimension" in filter) {
    const { dimension } = filter;
    const isOfEvent = ["page", "hostname", "goal", "event_name"].includes(dimension) || dimension.startsWith("prop:");
    if (!isOfEvent) throw bad(`: \`${op}\` is told by events; filter by \`${wordOf(dimension)}\` beside it`);
    return filter;
  }
  switch (filter.op) {
    case "has_done":
    case "has_not_done":
      throw bad(`: \`${op}\` cannot stand within itself`);
    case "not":
      return { op: filter.op, of: ofEvents(filter.of, op) };
    case "and":
    case "or":
      return { op: filter.op, of: filter.of.map((one) => ofEvents(one, op)) };
    default:
      return filter satisfies never;
  }
}

function readLeaf(given: readonly unknown[]): Leaf {
  const op = filterOps.find((known) => known === given[0]);
  if (op === undefined) throw unknown("operator", given[0], [...filterOps, ...visitOps, "and", "or", "not"]);
  if (given[1] === "segment") throw bad(": segments are not kept here; write their conditions out");
  const word = dimensionWord(given[1]);
  if (word === undefined || isTimeWord(word)) {
    if (given[1] === "time" || (typeof given[1] === "string" && given[1].startsWith("time:")))
      throw bad("cannot use time; set date_range instead");
    throw unknown("dimension", given[1], [...filterWords, "event:props:NAME"]);
  }
  if (word === "visit:country_name" && op.startsWith("matches")) {
    throw bad(`: \`${op}\` is not offered for visit:country_name; use \`contains\`, or visit:country`);
  }
  if (given.length > 4) throw bad(`: \`${op}\` takes a dimension, values and modifiers`);
  const values = readValues(op, given[2]);
  const leaf = { op, dimension: dimensionOf(word), values, caseSensitive: readCaseSensitive(given[3]) } as Leaf;
  return word === "visit:country_name" ? byCountryName(leaf) : leaf;
}

function readValues(op: FilterOp, given: unknown): readonly string[] {
  if (!Array.isArray(given) || given.length === 0) throw bad(`: \`${op}\` needs a list of values`);
  if (given.length > filterLimits.values) throw bad(`: \`${op}\` has more than ${filterLimits.values} values`);
  const longest = op.startsWith("matches") ? filterLimits.patternLength : filterLimits.valueLength;
  return given.map((value: unknown) => {
    if (typeof value !== "string" && typeof value !== "number") throw bad(`: values of \`${op}\` must be text`);
    const text = String(value);
    if (text.length > longest) throw bad(`: a value of \`${op}\` is longer than ${longest} characters`);
    if (op.startsWith("matches") && !isPattern(text)) throw bad(`: ${shown(text)} is not a regular expression`);
    return text;
  });
}

function readCaseSensitive(modifiers: unknown): boolean {
  if (modifiers === undefined) return true;
  const isObject = typeof modifiers === "object" && modifiers !== null;
  const value = isObject && "case_sensitive" in modifiers ? modifiers.case_sensitive : undefined;
  if (!isObject || Object.keys(modifiers).length > 1 || typeof value !== "boolean") {
    throw bad(': the fourth part must be {"case_sensitive": true} or {"case_sensitive": false}');
  }
  return value;
}

/** Names become the codes they stand for; part of a name becomes the list of codes that have it. */
function byCountryName(leaf: Leaf): Leaf {
  const codes = countryCodes(leaf.op, leaf.values, leaf.caseSensitive);
  return {
    op: leaf.op.endsWith("_not") || leaf.op === "is_not" ? "is_not" : "is",
    dimension: "country",
    values: codes,
    caseSensitive: true,
  };
}

/** The intersection of both dialects: what RE2 lacks (look-around, back references) is refused here. */
function isPattern(text: string): boolean {
  if (/\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(text)) return false;
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function unknown(what: string, given: unknown, known: readonly string[]): Refusal {
  const nearest = typeof given === "string" ? nearestWord(given, known) : undefined;
  const help = nearest === undefined ? `known: ${known.join(", ")}` : `did you mean \`${nearest}\`?`;
  return bad(`: unknown ${what} ${shown(given)}; ${help}`);
}

function bad(problem: string): Refusal {
  return new Refusal(400, "bad-query", `filters${problem.startsWith(":") ? "" : " "}${problem}`);
}
