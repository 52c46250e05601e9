// Rows of an older version that a bulletin's answers could not use: how many, and for which of its parts (clauses.md PS11).
import type { QuestionDimension } from "@avow/store";
import type { NotUsed } from "../../query/ask-gate.ts";
import { type TableDimension, inShownOrder, isTableDimension } from "./filters.ts";

export interface NotUsedModel {
  readonly version: string;
  /** The most rows that any one answer left out. */
  readonly rows: number;
  /** Tables they are missing from; empty where they are missing from the figures themselves. */
  readonly tables: readonly TableDimension[];
}

export interface NotUsedNotes {
  readonly note: (unused: readonly NotUsed[], dimensions: readonly QuestionDimension[]) => void;
  readonly all: () => readonly NotUsedModel[];
}

export function createNotUsedNotes(): NotUsedNotes {
  const byVersion = new Map<string, { rows: number; tables: Set<TableDimension>; isWhole: boolean }>();
  return {
    note(unused, dimensions) {
      const table = dimensions.find(isTableDimension);
      const rows = Map.groupBy(unused, ({ version }) => version);
      for (const [version, left] of rows) {
        const noted = byVersion.get(version) ?? { rows: 0, tables: new Set(), isWhole: false };
        noted.rows = Math.max(
          noted.rows,
          left.reduce((sum, one) => sum + one.rows, 0),
        );
        if (table === undefined) noted.isWhole = true;
        else noted.tables.add(table);
        byVersion.set(version, noted);
      }
    },
    all: () =>
      [...byVersion].map(([version, { rows, tables, isWhole }]) => ({
        version,
        rows,
        tables: isWhole ? [] : inShownOrder(tables),
      })),
  };
}
