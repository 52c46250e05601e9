// Closed days that a bulletin's figures or tables say nothing of, because what was kept of them cannot tell.
import type { NotKept, NotKeptReason, QuestionDimension } from "@avow/store";
import { type TableDimension, inShownOrder, isTableDimension } from "./filters.ts";

export interface NotKeptModel {
  readonly reason: NotKeptReason;
  readonly days: readonly string[];
  /** Tables they are missing from; empty where they are missing from the figures themselves. */
  readonly tables: readonly TableDimension[];
}

export interface NotKeptNotes {
  readonly note: (notKept: readonly NotKept[], dimensions: readonly QuestionDimension[]) => void;
  readonly all: () => readonly NotKeptModel[];
}

export function createNotKeptNotes(): NotKeptNotes {
  const byReason = new Map<NotKeptReason, { days: Set<string>; tables: Set<TableDimension>; isWhole: boolean }>();
  return {
    note(notKept, dimensions) {
      const table = dimensions.find(isTableDimension);
      for (const { reason, days } of notKept) {
        const noted = byReason.get(reason) ?? { days: new Set(), tables: new Set(), isWhole: false };
        for (const day of days) noted.days.add(day);
        if (table === undefined) noted.isWhole = true;
        else noted.tables.add(table);
        byReason.set(reason, noted);
      }
    },
    all: () =>
      [...byReason].map(([reason, { days, tables, isWhole }]) => ({
        reason,
        days: [...days].toSorted(),
        tables: isWhole ? [] : inShownOrder(tables),
      })),
  };
}
