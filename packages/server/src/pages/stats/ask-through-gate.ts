// A bulletin's question: every data term it touches is decided by the reader's credential before the store sees it (clauses.md PY4).
import type { Actor } from "@avow/gate/server";
import type { Policy } from "@avow/policy";
import type { Answer, NotKept, Question, QuestionDimension, Site } from "@avow/store";
import type { House } from "../../house.ts";
import { askInTime } from "../../query/answer-query.ts";
import { type NotUsed, askHeld, refusedBy } from "../../query/ask-gate.ts";
import { type Touched, termsTouched } from "../../query/terms.ts";

/** Told of rows that an answer could not use. */
export type OnNotUsed = (unused: readonly NotUsed[], dimensions: readonly QuestionDimension[]) => void;

/** Told of closed days that an answer says nothing of. */
export type OnNotKept = (notKept: readonly NotKept[], dimensions: readonly QuestionDimension[]) => void;

export type Ask = (
  question: Pick<Question, "from" | "until" | "metrics" | "dimensions" | "limit"> &
    Partial<Pick<Question, "filter" | "orderBy">>,
) => Promise<Answer>;

const mostMs = 10_000;
const nothing: Answer = { rows: [], total: 0, leftOut: [] };

/** Asks for one site; a question the notice refuses is answered with nothing, and counted as refused. */
export function askerOf(
  house: House,
  actor: Actor,
  policy: Policy,
  site: Pick<Site, "domain" | "timeZone" | "goals">,
  nowMs: number,
  onNotUsed: OnNotUsed,
  onNotKept: OnNotKept,
): Ask {
  const gone = new AbortController();
  return async (asked) => {
    const question: Omit<Question, "permits"> = {
      site: site.domain,
      timeZone: site.timeZone,
      orderBy: asked.metrics[0] === undefined ? [] : [{ by: asked.metrics[0], direction: "desc" }],
      offset: 0,
      ...(site.goals === undefined ? {} : { goals: site.goals }),
      ...asked,
    };
    if (question.until <= question.from) return nothing;
    if (refusedBy(actor, termsTouched(question, policy)) !== undefined) return nothing;
    const held = askHeld({ gate: house.gate, actor, policy, touched: question, nowMs });
    const answer = await askInTime(house.events, { ...question, permits: held.permits }, mostMs, gone.signal);
    if (answer.leftOut.length > 0) onNotUsed(held.notUsed(answer.leftOut), question.dimensions);
    if (answer.notKept !== undefined) onNotKept(answer.notKept, question.dimensions);
    return answer;
  };
}

/** The clause that permits a question, or undefined. Give a quiet actor: this is a look ahead, not a question. */
export function clauseFor(quiet: Actor, policy: Policy, touched: Touched): string | undefined {
  const terms = termsTouched(touched, policy);
  if (refusedBy(quiet, terms) !== undefined) return undefined;
  const about = { act: "hold", from: "visitor", form: "pseudonymous" } as const;
  return quiet.decide({ ...about, data: terms.at(-1) ?? terms }).clause;
}
