// The decision in full: any data together, any form and age, bans first, and the nearest practice on a refusal.
import { lowestBit } from "../compile/bit-rows.ts";
import type { Table } from "../compile/table.ts";
import type { Decision } from "../model/policy.ts";
import { refuseNearest } from "./refuse-nearest.ts";
import { refusal } from "./refusal.ts";
import { declaredWord, isOnlyLooked } from "./declared.ts";
import type { Scene } from "./scene.ts";
import { stageFault } from "./stage-fault.ts";

export function decideScene(table: Table, scene: Scene): Decision {
  const ban = firstBan(table, scene);
  if (ban !== undefined) return ban;
  const practice = firstPractice(table, scene);
  return practice === -1
    ? refuseNearest(table, scene)
    : (table.allowed[practice] ?? refusal(table, "internal fault", -1));
}

/** A ban fires when it overlaps the request on every axis, and the data asked for together overlap all it keeps apart. */
function firstBan(table: Table, scene: Scene): Decision | undefined {
  const { banWidth: width, data, bans } = table;
  for (let at = 0; at < width; at += 1) {
    let word = 0;
    for (const row of scene.data) word |= data.bans[row * width + at] ?? 0;
    word &= table.subjects.bans[scene.subject * width + at] ?? 0;
    word &= table.purposes.bans[scene.purpose * width + at] ?? 0;
    word &= table.recipients.bans[scene.recipient * width + at] ?? 0;
    while (word !== 0) {
      const bit = at * 32 + lowestBit(word);
      word &= word - 1;
      const apart = bans[bit]?.together ?? [];
      if (apart.every((each) => scene.data.some((row) => each.has(row)))) return table.banned[bit];
    }
  }
  return undefined;
}

/** The first practice, in page order, that covers the request on every axis; -1 when none does. */
function firstPractice(table: Table, scene: Scene): number {
  const { width, subjects, purposes, practices } = table;
  const recipients = scene.manner === 3 ? table.storing : table.recipients.practices;
  for (let at = 0; at < width; at += 1) {
    let word = declaredWord(table, scene, at) & (subjects.practices[scene.subject * width + at] ?? 0);
    word &= purposes.practices[scene.purpose * width + at] ?? 0;
    word &= recipients[scene.recipient * width + at] ?? 0;
    word &= scene.conditions[at] ?? 0;
    while (word !== 0) {
      const bit = at * 32 + lowestBit(word);
      word &= word - 1;
      const practice = practices[bit];
      if (practice !== undefined && (stageFault(practice, scene) === undefined || isOnlyLooked(table, scene, bit)))
        return bit;
    }
  }
  return -1;
}
