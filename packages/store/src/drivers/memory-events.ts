// Events in memory, for tests: the reference every other driver is compared with. Nothing outlives the process.
import { answerWithCells, askCells, type ClosedSource, isAsked } from "../closing/answer-with-cells.ts";
import { closeRows } from "../closing/close-rows.ts";
import { type ClosedRecord, closedDayOf, emptyHead, shapeName } from "../closing/closed-record.ts";
import { checkedOrder } from "../closing/closing-order.ts";
import { sumsFromRows } from "../closing/sums-from-rows.ts";
import type { Answer, ClosedDay, ClosingOrder, Column, EventRow, Events, Question } from "../contract.ts";
import { DayClosedError, StoreClosedError } from "../errors.ts";
import { checkedRow } from "../event-row-check.ts";
import { eventColumns } from "../layout.ts";
import { answerFromRows } from "../question/answer-from-rows.ts";
import { withStoredValues } from "../question/empty-label.ts";
import { heldApart, heldOver, openDaysOf } from "../question/permitted.ts";

export function openMemoryEvents(): Events {
  return new MemoryEvents();
}

class MemoryEvents implements Events {
  #rows: readonly EventRow[] = [];
  readonly #closed = new Map<string, ClosedRecord>();
  #isClosed = false;

  async append(row: EventRow): Promise<void> {
    this.#mustBeOpen();
    const checked = checkedRow(row);
    if (this.#closed.has(keyOf(checked))) throw new DayClosedError(checked.site, checked.day);
    (this.#rows as EventRow[]).push(checked);
  }

  async ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    this.#mustBeOpen();
    signal?.throwIfAborted();
    const closed = [...this.#closed.values()].filter((day) => day.site === question.site && isAsked(day, question));
    if (closed.length === 0) return answerFromRows(this.#rows, question);
    const asked = question.filter === undefined ? question : { ...question, filter: withStoredValues(question.filter) };
    const { used, leftOut } = heldApart(this.#rows, asked);
    const cells = await askCells(closed.toSorted(inOrder).map(sourceOf), asked, signal);
    return answerWithCells({ sums: sumsFromRows(used, asked), leftOut }, cells, asked);
  }

  async days(): ReturnType<Events["days"]> {
    this.#mustBeOpen();
    const counts = new Map<string, number>();
    for (const { day } of this.#rows) counts.set(day, (counts.get(day) ?? 0) + 1);
    return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, count]) => ({ day, rows: count, bytes: 0 }));
  }

  async held(): ReturnType<Events["held"]> {
    this.#mustBeOpen();
    return heldOver(this.#rows.map((row) => ({ day: row.day, held: [{ ...row, rows: 1 }] })));
  }

  async openDays(): ReturnType<Events["openDays"]> {
    this.#mustBeOpen();
    return openDaysOf(this.#rows.map((row) => ({ day: row.day, held: [{ ...row, rows: 1 }] })));
  }

  async columns(): Promise<readonly Column[]> {
    this.#mustBeOpen();
    const present = new Set<string>(this.#rows.flatMap((row) => Object.keys(row.dimensions)));
    return eventColumns
      .filter(({ table, column, always }) => table === "events" && (always || present.has(column)))
      .map(({ store, table, column }) => ({ store, table, column }));
  }

  async closeDay(order: ClosingOrder, signal?: AbortSignal): Promise<ClosedDay> {
    this.#mustBeOpen();
    signal?.throwIfAborted();
    const { site, day } = checkedOrder(order);
    const known = this.#closed.get(keyOf(order));
    if (known !== undefined) return shownDay(known);
    const ofDay = this.#rows.filter((row) => row.site === site && row.day === day);
    if (ofDay.length === 0) return closedDayOf(emptyHead(order), 0, 0);
    const record = closeRows(ofDay, order);
    this.#closed.set(keyOf(order), record);
    this.#rows = this.#rows.filter((row) => row.site !== site || row.day !== day);
    return shownDay(record);
  }

  async closedDays(site?: string): Promise<readonly ClosedDay[]> {
    this.#mustBeOpen();
    const wanted = [...this.#closed.values()].filter((day) => site === undefined || day.site === site);
    return wanted.toSorted(inOrder).map(shownDay);
  }

  async forgetCells(site: string, beforeDay: string): Promise<readonly string[]> {
    this.#mustBeOpen();
    const gone = [...this.#closed.values()].filter((one) => one.site === site && one.day < beforeDay);
    for (const one of gone) this.#closed.delete(keyOf(one));
    return gone.map(({ day }) => day).toSorted();
  }

  async dropDay(site: string, day: string): Promise<number> {
    this.#mustBeOpen();
    const before = this.#rows.length;
    this.#rows = this.#rows.filter((row) => row.site !== site || row.day !== day);
    return before - this.#rows.length;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #mustBeOpen(): void {
    if (this.#isClosed) throw new StoreClosedError();
  }
}

function keyOf({ site, day }: { readonly site: string; readonly day: string }): string {
  return `${day} ${site}`;
}

function inOrder(a: ClosedRecord, b: ClosedRecord): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function shownDay(record: ClosedRecord): ClosedDay {
  const cells = record.shapes.reduce((sum, shape) => sum + shape.cells.length, 0);
  return closedDayOf(
    record,
    cells,
    record.shapes.reduce((sum, shape) => sum + shape.folded, 0),
  );
}

function sourceOf(head: ClosedRecord): ClosedSource {
  const byName = new Map(head.shapes.map((shape) => [shapeName(shape.keys), shape]));
  const read: ClosedSource["read"] = async (name) => byName.get(name) ?? { keys: [], cells: [], folded: 0 };
  return { head, shapes: new Set(byName.keys()), read };
}
