// Sums of whole days, remembered for as long as their day's file is attached and unchanged; never written anywhere.
import type { Question } from "../contract.ts";
import type { DaySums } from "../question/answer-from-sums.ts";
import type { DayFile } from "./duckdb-day-files.ts";

/** Groups of one question that may be added up on the main thread; beyond it DuckDB adds and cuts. */
const mostOfQuestion = 20_000;
/** Groups of all questions together, about 350 B each. */
const mostInAll = 100_000;

interface Kept {
  readonly state: string;
  readonly sums: DaySums;
}

interface Shape {
  /** Weakly, so that nothing of a day outlives its file. */
  readonly days: WeakMap<DayFile, Kept>;
  groups: number;
  /** With so many days the question had too many groups. */
  tooManyDays: number;
}

export class KeptSums {
  readonly most: number;
  /** By question without its range and order; least recently asked first. */
  readonly #shapes = new Map<string, Shape>();
  #groups = 0;

  /** `most` groups of one question are added up here; 0 leaves everything to DuckDB. */
  constructor(most: number = mostOfQuestion) {
    this.most = most;
  }

  /** Whether a question of so many days is worth asking by day. */
  fits(question: Question, days: number): boolean {
    return this.most > 0 && days < this.#of(question).tooManyDays;
  }

  refuse(question: Question, days: number): void {
    this.#of(question).tooManyDays = days;
  }

  get(question: Question, file: DayFile, state: string): DaySums | undefined {
    const kept = this.#of(question).days.get(file);
    return kept?.state === state ? kept.sums : undefined;
  }

  /** `state` is the file's from before it was read: sums that saw more are asked again, never fewer. */
  set(question: Question, file: DayFile, state: string, sums: DaySums): void {
    const shape = this.#of(question);
    const added = 1 + sums.groups.length;
    const before = shape.days.get(file);
    const replaced = before === undefined ? 0 : 1 + before.sums.groups.length;
    shape.days.set(file, { state, sums });
    shape.groups += added - replaced;
    this.#groups += added - replaced;
    for (const [name, oldest] of this.#shapes) {
      if (this.#groups <= mostInAll || oldest === shape) break;
      this.#shapes.delete(name);
      this.#groups -= oldest.groups;
    }
  }

  #of({ site, timeZone, metrics, dimensions, filter, goals }: Question): Shape {
    const name = JSON.stringify([site, timeZone, metrics, dimensions, filter, goals]);
    const known = this.#shapes.get(name);
    const shape = known ?? { days: new WeakMap(), groups: 1, tooManyDays: Number.POSITIVE_INFINITY };
    if (known === undefined) this.#groups += 1;
    else this.#shapes.delete(name);
    this.#shapes.set(name, shape);
    return shape;
  }
}

/** What a file holds and which of it is looked at, as far as sums depend on it: another state, other rows. */
export function stateOf({ applied, columns }: DayFile, permitted: string): string {
  return `${[...applied].join(" ")} ${columns.length} ${permitted}`;
}

/** Every row of the file is within the question's range. */
export function isWhole({ first, last }: DayFile, { from, until }: Question): boolean {
  return first >= from && last < until;
}
