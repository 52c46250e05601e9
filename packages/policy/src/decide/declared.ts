// What practices declare of the data a scene asks for together.
import { hasBit } from "../compile/bit-rows.ts";
import type { Rows, Table } from "../compile/table.ts";
import type { Scene } from "./scene.ts";

/** Practices that declare all the data asked for, for the manner asked. */
export function declaredWord(table: Table, scene: Scene, at: number): number {
  const rows = table.data.declared[scene.manner];
  let word = -1;
  for (const row of scene.data) word &= rows?.[row * table.width + at] ?? 0;
  return word;
}

/** Data a practice looks at in memory is looked at as it comes, in any form: a look a day later is a use of what is held. */
export function isOnlyLooked(table: Table, scene: Scene, bit: number): boolean {
  const rows: Rows = table.data.looked;
  return scene.manner === 1 && scene.ageDays === 0 && scene.data.every((row) => hasBit(rows, row * table.width, bit));
}
