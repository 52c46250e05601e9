// Bit sets over practices and bans for each term: where "at or below" and "overlaps" are paid for, once.
import type { Ban, Practice } from "../model/notice.ts";
import { everybody, ourselves, ownDevice } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { fillRows, united } from "./bit-rows.ts";
import type { Axis, DataAxis, Rows, TableBan, TablePractice } from "./table.ts";

export interface Sides {
  readonly practices: readonly TablePractice[];
  readonly bans: readonly TableBan[];
  readonly width: number;
  readonly banWidth: number;
}

/** Subjects or purposes. A ban silent on the axis stands for any term. */
export function termAxis(
  index: VocabularyIndex,
  kind: "subject" | "purpose",
  sides: Sides,
  named: (side: Practice | Ban) => readonly string[],
): Axis {
  const keys = index.keys(kind);
  return {
    index: new Map(keys.map((key, row) => [key, row])),
    size: keys.length,
    practices: fillRows(keys.length, sides.practices.length, sides.width, (row, bit) => {
      const practice = sides.practices[bit]?.practice;
      return practice !== undefined && named(practice).some((each) => index.isAtOrBelow(kind, keys[row] ?? "", each));
    }),
    bans: fillRows(keys.length, sides.bans.length, sides.banWidth, (row, bit) => {
      const terms = named(sides.bans[bit]?.ban ?? nothing);
      return terms.length === 0 || terms.some((each) => index.overlaps(kind, keys[row] ?? "", each));
    }),
  };
}

const nothing: Ban = { data: [], from: [], for: [], to: [], together: [] };

export function dataAxis(index: VocabularyIndex, sides: Sides): DataAxis {
  const keys = index.keys("data");
  const { practices, width, bans, banWidth } = sides;
  const declaring = (named: (practice: TablePractice) => readonly string[]): Rows =>
    fillRows(keys.length, practices.length, width, (row, bit) => {
      const practice = practices[bit];
      return practice !== undefined && named(practice).some((each) => index.isAtOrBelow("data", keys[row] ?? "", each));
    });
  const held = declaring(({ practice }) => (practice.held === undefined ? practice.data : []));
  const onDevice = declaring(({ practice }) => (practice.held === undefined ? [] : practice.data));
  const looked = declaring((each) => each.practice.reads);
  const sent = declaring((each) => each.practice.sends);
  const read = united(
    declaring((each) => each.withUs),
    looked,
  );
  const overlapsData = (row: number, bit: number): boolean => {
    const terms = bans[bit]?.ban.data ?? [];
    return terms.length === 0 || terms.some((each) => index.overlaps("data", keys[row] ?? "", each));
  };
  return {
    index: new Map(keys.map((key, row) => [key, row])),
    declared: [held, read, sent, sent, onDevice],
    looked,
    bans: fillRows(keys.length, bans.length, banWidth, overlapsData),
  };
}

/**
 * Recipients are compared by name; the person's own device is one of them. Two rows more than ids: the controller, to whom every practice goes, and the stranger, to whom
 * none does. What is published reaches everybody, so a ban on any recipient fires on `public`.
 */
export function recipientAxis(ids: readonly string[], sides: Sides): Axis {
  const rows = [...new Set([...ids, everybody, ownDevice])];
  const controller = rows.length;
  return {
    index: new Map(rows.map((id, row) => [id, row])),
    size: rows.length + 2,
    practices: fillRows(rows.length + 2, sides.practices.length, sides.width, (row, bit) => {
      if (row === controller) return true;
      const id = rows[row];
      const practice = sides.practices[bit]?.practice;
      if (id === ownDevice) return practice?.held !== undefined;
      return id !== undefined && practice?.to.includes(id) === true;
    }),
    bans: fillRows(rows.length + 2, sides.bans.length, sides.banWidth, (row, bit) => {
      const to = sides.bans[bit]?.ban.to ?? [];
      const id = row === controller ? ourselves : rows[row];
      return to.length === 0 || id === everybody || (id !== undefined && to.includes(id));
    }),
  };
}
