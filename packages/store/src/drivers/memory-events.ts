// Events in memory, for tests: the reference every other driver is compared with. Nothing outlives the process.
import type { Answer, Column, EventRow, Events, Question } from "../contract.ts";
import { StoreClosedError } from "../errors.ts";
import { checkedRow } from "../event-row-check.ts";
import { eventColumns } from "../layout.ts";
import { answerFromRows } from "../question/answer-from-rows.ts";
import { heldOver } from "../question/permitted.ts";

export function openMemoryEvents(): Events {
  const rows: EventRow[] = [];
  let closed = false;
  const used = (): void => {
    if (closed) throw new StoreClosedError();
  };
  return {
    async append(row: EventRow): Promise<void> {
      used();
      rows.push(checkedRow(row));
    },
    async ask(question: Question, signal?: AbortSignal): Promise<Answer> {
      used();
      signal?.throwIfAborted();
      return answerFromRows(rows, question);
    },
    async days() {
      used();
      const counts = new Map<string, number>();
      for (const { day } of rows) counts.set(day, (counts.get(day) ?? 0) + 1);
      return [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, count]) => ({ day, rows: count, bytes: 0 }));
    },
    async held() {
      used();
      return heldOver(rows.map((row) => ({ day: row.day, held: [{ ...row, rows: 1 }] })));
    },
    async columns(): Promise<readonly Column[]> {
      used();
      const present = new Set<string>(rows.flatMap((row) => Object.keys(row.dimensions)));
      return eventColumns
        .filter(({ table, column, always }) => table === "events" && (always || present.has(column)))
        .map(({ store, table, column }) => ({ store, table, column }));
    },
    async close(): Promise<void> {
      closed = true;
    },
  };
}
