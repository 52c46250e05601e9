// The decision: may this be done with this data? Meaning as in docs/design/language.md. Never throws; a fault denies.
import { type Remembered, type Table, makeDecision, memoShift, open } from "../compile/table.ts";
import type { Decision, Policy, Request } from "../model/policy.ts";
import { decideScene } from "./decide-scene.ts";
import { refusal } from "./refusal.ts";
import { sceneOf } from "./scene.ts";

const homeless = makeDecision(false, "internal fault", undefined, { notice: "", version: "" });

/** Default deny. Decisions are frozen and reused, so that the hot path allocates nothing. */
export function decide(policy: Policy, request: Request): Decision {
  try {
    const table = open(policy);
    const { data, form, ageDays, ground } = request;
    // The common question is one datum, raw, on day 0; its answer is remembered.
    if (typeof data === "string" && form === undefined && ageDays === undefined && ground === undefined) {
      return decideRemembered(table, request, data);
    }
    return decideWhole(table, request);
  } catch {
    return fault(policy);
  }
}

function decideWhole(table: Table, request: Request): Decision {
  const scene = sceneOf(table, request);
  return scene === undefined ? refusal(table, "unknown term", -1) : decideScene(table, scene);
}

function decideRemembered(table: Table, request: Request, data: string): Decision {
  const { memo } = table;
  const slot = slotOf(data, request);
  const first = memo[slot];
  if (first !== undefined && isSame(first, request)) return first.decision;
  const second = memo[slot ^ 1];
  if (second !== undefined && isSame(second, request)) return second.decision;
  const decision = decideWhole(table, request);
  const { from, for: purpose, to, act, answer, signal } = request;
  // Only words of the notice are kept, so that strangers' texts neither stay in memory nor push others out.
  if (decision.reason !== "unknown term" && (to === undefined || table.recipients.index.has(to))) {
    memo[slot ^ 1] = first;
    memo[slot] = { data, from, for: purpose, to, act, answer, signal, decision };
  }
  return decision;
}

/** INVARIANT: every key the answer depends on is compared; the slot is only where to look. */
function isSame(known: Remembered, request: Request): boolean {
  return (
    known.data === request.data &&
    known.for === request.for &&
    known.to === request.to &&
    known.from === request.from &&
    known.answer === request.answer &&
    known.act === request.act &&
    known.signal === request.signal
  );
}

/** A cheap mix of lengths and letters: it need not be even, it must only spread the questions of one notice. */
function slotOf(data: string, request: Request): number {
  const { from, for: purpose, to, act, answer } = request;
  const whose = Math.imul(mixed(data), 0x9e37_79b1) ^ Math.imul(mixed(purpose), 0x85eb_ca6b);
  const where = to === undefined ? 0 : Math.imul(mixed(to), 0xc2b2_ae35);
  const how = Math.imul(
    (act === undefined ? 0 : act.charCodeAt(0)) * 128 + (answer === undefined ? 0 : answer.charCodeAt(0)),
    0x27d4_eb2f,
  );
  return (whose ^ where ^ how ^ Math.imul(from.length, 0x1656_67b1)) >>> memoShift;
}

function mixed(word: string): number {
  const { length } = word;
  const ends = (length * 131 + word.charCodeAt(0)) * 131 + word.charCodeAt(length - 1);
  return Math.imul(ends, 131) + word.charCodeAt(length >> 1);
}

function fault(policy: Policy): Decision {
  try {
    return refusal(open(policy), "internal fault", -1);
  } catch {
    return homeless;
  }
}
