// What is told to someone who was refused: why, the clause, and whom to ask; every refusal carries the contact (clauses.md JP11).
import type { Decision, Policy, Reason, Request } from "@avow/policy";
import type { Ask } from "./contract.ts";

export interface RefusalNotice {
  /** Lower case, no full stop. */
  readonly error: string;
  /** The clause that decided, or the nearest one; null when none came near. */
  readonly clause: string | null;
  readonly contact: string;
}

/** Safe to send to anybody: of the request it repeats terms only, cut to a sane length. */
export function refusal(policy: Policy, request: Request | Ask, decision: Decision): RefusalNotice {
  return {
    error: sentence(decision.reason, request),
    clause: decision.clause ?? null,
    contact: policy.controller.contact,
  };
}

function sentence(reason: Reason, request: Request | Ask): string {
  const data = quoted(request.data);
  const purpose = quoted(request.for);
  switch (reason) {
    case "allowed":
      return "permitted";
    case "unknown term":
      return `the notice knows no such word: ${data} for ${purpose}; use its vocabulary`;
    case "undeclared data":
      return `the notice does not declare ${data}; what is not declared is denied`;
    case "undeclared subject":
      return `the notice declares nothing about ${quoted(request.from)}`;
    case "undeclared purpose":
      return `the notice does not declare the purpose ${purpose} for ${data}`;
    case "undeclared recipient":
      return `the notice does not let ${quoted(request.to)} have ${data}`;
    case "undeclared combination":
      return `no one practice of the notice permits ${data} together; ask for fewer`;
    case "less protected form":
      return `the notice does not permit ${data} in the form ${quoted(request.form ?? "raw")}`;
    case "not held":
      return `${data} is not held by us`;
    case "kept too long":
      return `the notice no longer keeps ${data} at that age`;
    case "not agreed":
      return `${data} needs a yes that was not given`;
    case "refused by the person":
      return `the person said no to ${data}`;
    case "refused by a signal":
      return `a refusal signal came with the request, and signals are honoured`;
    case "no ground":
      return `${data} is disclosed only on a recorded ground`;
    case "forbidden by promise":
      return `a promise of the notice forbids ${data}`;
    case "purpose not of the credential":
      return request.for === undefined
        ? "this credential has no purpose; issue one with a purpose the notice declares"
        : `the purpose ${purpose} is not of this credential; a purpose belongs to the credential, never to the request`;
    case "outside the notice":
      return "the notice does not cover this";
    case "stores nothing":
      return "the notice declares that nothing is stored here";
    case "held under an unknown version":
      return "this is held under a version of the notice that cannot be opened any more, so it is not used";
    case "internal fault":
      return "refused because of a fault on our side";
    default:
      return unknownReason(reason);
  }
}

function unknownReason(reason: never): string {
  return `refused: ${String(reason)}`;
}

/** Terms as the asker wrote them, in backticks, at most four and 60 characters each. */
function quoted(terms: unknown): string {
  const list = (Array.isArray(terms) ? terms : [terms]).filter((term) => typeof term === "string");
  if (list.length === 0) return "this";
  const shown = list.slice(0, 4).map((term: string) => `\`${term.slice(0, 60).replaceAll(/[`\p{C}]/gu, "")}\``);
  return shown.join(", ") + (list.length > 4 ? ` and ${list.length - 4} more` : "");
}
