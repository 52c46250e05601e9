// The sums of a question's groups on a closed day, from its cells: exactly what its rows would have given, or why not.
import type { NotKeptReason, Question } from "../contract.ts";
import type { DayGroup, DaySums } from "../question/answer-from-sums.ts";
import { matchesFilter } from "../question/matches-filter.ts";
import type { Cell, CellKey, KeptShape } from "./closed-record.ts";
import { type CellsPlan, type ClosedShapes, planFor } from "./cells-plan.ts";

/** `isFolded`: groups are missing, or stand together as one. */
export type CellSums = DaySums & { readonly isFolded: boolean };

/** Reads a shape of the day by its name. */
export type ReadShape = (name: string) => Promise<KeptShape>;

/** `question.filter` must hold stored values. */
export async function sumsOfCells(
  day: ClosedShapes,
  question: Question,
  read: ReadShape,
): Promise<CellSums | NotKeptReason> {
  const plan = planFor(day, question);
  if (typeof plan === "string") return plan;
  const found = await groupsOf(plan, read);
  if (found === "folded") return found;
  if (!question.metrics.includes("percentage")) return { ...found, people: 0 };
  const people = await sumsOfCells(day, { ...question, metrics: ["visitors"], dimensions: [] }, read);
  if (typeof people === "string") return people;
  return { ...found, people: people.groups[0]?.sums.visitors ?? 0 };
}

type Groups = Omit<CellSums, "people">;

async function groupsOf(plan: CellsPlan, read: ReadShape): Promise<Groups | "folded"> {
  if (plan.shape === undefined) return { groups: [], isFolded: false };
  const shape = await read(plan.shape);
  const chosen = shape.cells.filter((cell) => isWithin(plan, shape, cell) && isChosen(plan, shape, cell));
  const isFolded = shape.folded > 0;
  if (plan.unpinned.length === 0 || !isFolded) return shownGroups(plan, shape, chosen, isFolded);
  const [first, ...more] = plan.unpinned;
  if (first === undefined || more.length > 0) return "folded";
  const { choice, dimension } = first;
  if (choice.kind === "list") return listedGroups(plan, shape, chosen, choice.values.length);
  if (choice.kind !== "all but") return "folded";
  const unwanted = shape.cells.filter((cell) => isWithin(plan, shape, cell) && !isChosen(plan, shape, cell));
  if (!isAllBut(plan, dimension)) return "folded";
  return leftGroups(plan, await read(plan.without), shape, unwanted, choice.values.length);
}

/** Every chosen cell is a whole part of its group. */
function shownGroups(plan: CellsPlan, shape: KeptShape, chosen: readonly Cell[], isFolded: boolean): Groups | "folded" {
  const groups = added(plan, shape, chosen);
  // What was folded may be the very cell that is asked for.
  if (isFolded && plan.grouped.length === 0 && groups.length === 0) return "folded";
  const other = isFolded && plan.filter === undefined && plan.hours === undefined ? shape.other : undefined;
  const all = other === undefined ? groups : [...groups, otherGroup(plan, other)];
  return { groups: all, isFolded: isFolded && plan.grouped.length > 0 };
}

/** Several named values: a group is whole when each of them is kept. */
function listedGroups(plan: CellsPlan, shape: KeptShape, chosen: readonly Cell[], wanted: number): Groups | "folded" {
  const whole = wholeGroups(plan, shape, chosen, wanted);
  if (plan.grouped.length === 0 && whole.length === 0) return "folded";
  return { groups: added(plan, shape, whole), isFolded: plan.grouped.length > 0 };
}

/** All but some named values: the group without the filter, less what is kept of each of them. */
function leftGroups(
  plan: CellsPlan,
  without: KeptShape,
  shape: KeptShape,
  unwanted: readonly Cell[],
  named: number,
): Groups | "folded" {
  const taken = new Map(
    added(plan, shape, wholeGroups(plan, shape, unwanted, named)).map((group) => [group.key, group]),
  );
  const groups = added(plan, without, without.cells).flatMap((group): readonly DayGroup[] => {
    const less = taken.get(group.key);
    if (less === undefined) return [];
    const sums = { ...group.sums };
    for (const name of sumNames) sums[name] -= less.sums[name];
    return [{ ...group, sums, ...(less.isWithheld === true ? { isWithheld: true } : {}) }];
  });
  if (plan.grouped.length === 0 && groups.length === 0) return "folded";
  return { groups, isFolded: plan.grouped.length > 0 };
}

/** Cells of groups that have all of so many named values. */
function wholeGroups(plan: CellsPlan, shape: KeptShape, cells: readonly Cell[], named: number): readonly Cell[] {
  const byGroup = Map.groupBy(cells, (cell) => keyOf(plan, shape, cell));
  return [...byGroup.values()].flatMap((some) => (some.length === named ? some : []));
}

/** The whole filter is of this dimension alone. */
function isAllBut({ filter }: CellsPlan, dimension: string): boolean {
  return filter !== undefined && (filter.op === "not" || ("dimension" in filter && filter.dimension === dimension));
}

const sumNames = [
  "visitors",
  "visits",
  "pageviews",
  "events",
  "entries",
  "bounces",
  "seconds",
  "entryPageviews",
] as const satisfies readonly (keyof DayGroup["sums"])[];

function added(plan: CellsPlan, shape: KeptShape, cells: readonly Cell[]): readonly DayGroup[] {
  const groups = new Map<string, { values: DayGroup["values"]; sums: Writable; isWithheld: boolean }>();
  for (const cell of cells) {
    const key = keyOf(plan, shape, cell);
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, { values: valuesOf(plan, shape, cell), sums: { ...cell.sums }, isWithheld: !isOpen(cell) });
      continue;
    }
    for (const name of sumNames) known.sums[name] += cell.sums[name];
    known.isWithheld ||= !isOpen(cell);
  }
  return [...groups.values()].map(({ values, sums, isWithheld }) => ({
    key: groupKey(values),
    values,
    sums,
    ...(isWithheld ? { isWithheld } : {}),
  }));
}

type Writable = { -readonly [Sum in keyof DayGroup["sums"]]: number };

function isOpen({ isWithheld }: Cell): boolean {
  return isWithheld !== true;
}

function keyOf(plan: CellsPlan, shape: KeptShape, cell: Cell): string {
  return groupKey(valuesOf(plan, shape, cell));
}

/** As the sums of a day's rows are called. */
function groupKey(values: DayGroup["values"]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values);
}

function valuesOf({ grouped, fixed, bounds }: CellsPlan, { keys }: KeptShape, { values }: Cell): DayGroup["values"] {
  const shown = grouped.map((key) => {
    const value = values[keys.indexOf(key)] ?? "";
    return key === "time:hour" ? bounds.firstHour + Number(value) : value;
  });
  return fixed.map((value) => value ?? shown.shift() ?? "");
}

/** No stored text holds half a surrogate pair, so the key is nobody else's. */
function otherGroup({ fixed }: CellsPlan, { sums, isWithheld }: Cell): DayGroup {
  const values = fixed.map((value) => value ?? "other");
  return {
    key: `\ud800${JSON.stringify(values)}`,
    values,
    sums,
    isOther: true,
    ...(isWithheld === true ? { isWithheld } : {}),
  };
}

function isWithin({ hours }: CellsPlan, { keys }: KeptShape, { values }: Cell): boolean {
  if (hours === undefined) return true;
  const hour = Number(values[keys.indexOf("time:hour")]);
  return hour >= hours.from && hour < hours.until;
}

function isChosen({ filter }: CellsPlan, { keys }: KeptShape, { values }: Cell): boolean {
  return matchesFilter(filter, {
    valuesOf: (dimension) => [String(values[keys.indexOf(dimension as CellKey)] ?? "")],
    hasDone: () => false,
  });
}
