// The decision: may this be done with this data? Meaning as in docs/design/language.md. Never throws; a fault denies.
import { lowestBit } from "../compile/bit-rows.ts";
import { type Table, makeDecision, open } from "../compile/table.ts";
import type { Decision, Policy, Request } from "../model/policy.ts";
import { decideScene } from "./decide-scene.ts";
import { refusal } from "./refusal.ts";
import { conditionsOf, mannerOf, recipientOf, sceneOf } from "./scene.ts";

const homeless = makeDecision(false, "internal fault", undefined, { notice: "", version: "" });

/** Default deny. Equal requests give the same frozen object, so that the hot path allocates nothing. */
export function decide(policy: Policy, request: Request): Decision {
  try {
    const table = open(policy);
    return decideAtOnce(table, request) ?? decideWhole(table, request);
  } catch {
    return fault(policy);
  }
}

function fault(policy: Policy): Decision {
  try {
    return refusal(open(policy), "internal fault", -1);
  } catch {
    return homeless;
  }
}

function decideWhole(table: Table, request: Request): Decision {
  const scene = sceneOf(table, request);
  return scene === undefined ? refusal(table, "unknown term", -1) : decideScene(table, scene);
}

/**
 * The common question, one datum raw on day 0, answered by intersecting rows: undefined when it is not that question or nothing
 * permits it. INVARIANT: what this answers, `decideScene` answers alike.
 */
function decideAtOnce(table: Table, request: Request): Decision | undefined {
  const { data, form, ageDays, to } = request;
  if (typeof data !== "string" || (form !== undefined && form !== "raw") || (ageDays !== undefined && ageDays !== 0))
    return undefined;
  const datum = table.data.index.get(data);
  const subject = table.subjects.index.get(request.from);
  const purpose = table.purposes.index.get(request.for);
  const manner = mannerOf(request.act, to);
  const conditions = conditionsOf(table, request);
  if (datum === undefined || subject === undefined || purpose === undefined) return undefined;
  if (manner === undefined || conditions === undefined) return undefined;
  const { width, banWidth } = table;
  const recipient = recipientOf(table, to);
  for (let at = 0; at < banWidth; at += 1) {
    if (banWord(table, datum, subject, purpose, recipient, at) !== 0) return undefined;
  }
  const now = table.data.now[manner];
  const recipients = manner === 3 ? table.storing : table.recipients.practices;
  if (now === undefined) return undefined;
  for (let at = 0; at < width; at += 1) {
    const word =
      (now[datum * width + at] ?? 0) &
      (table.subjects.practices[subject * width + at] ?? 0) &
      (table.purposes.practices[purpose * width + at] ?? 0) &
      (recipients[recipient * width + at] ?? 0) &
      (conditions[at] ?? 0);
    if (word !== 0) return table.allowed[at * 32 + lowestBit(word)];
  }
  return undefined;
}

function banWord(table: Table, datum: number, subject: number, purpose: number, recipient: number, at: number): number {
  const width = table.banWidth;
  return (
    (table.data.bansAlone[datum * width + at] ?? 0) &
    (table.subjects.bans[subject * width + at] ?? 0) &
    (table.purposes.bans[purpose * width + at] ?? 0) &
    (table.recipients.bans[recipient * width + at] ?? 0)
  );
}
