// A decision in one or two plain sentences: the clause, the reason, what would make it allowed, whom to ask (clauses.md JP11).
import { formText } from "../model/form-order.ts";
import type { Practice } from "../model/notice.ts";
import type { Decision, Policy, Request } from "../model/policy.ts";
import { listed } from "../write/lists.ts";

export function explain(policy: Policy, request: Request, decision: Decision): string {
  const home = homeOf(policy, decision);
  const clause = clauseText(home, decision);
  if (decision.allowed) return `Permitted by ${clause}.`;
  return `Refused: ${why(home, request, decision, clause)}. Ask ${policy.controller.name}, ${policy.controller.contact}.`;
}

/** The policy whose clause decided: this one or one above it. */
function homeOf(policy: Policy, decision: Decision): Policy {
  if (policy.id === decision.notice || policy.parent === undefined) return policy;
  return homeOf(policy.parent, decision);
}

function clauseText(policy: Policy, decision: Decision): string {
  if (decision.clause === undefined) return `“${policy.title}”`;
  const clause = policy.clauses.find((each) => each.id === decision.clause);
  return clause === undefined
    ? `clause \`${decision.clause}\` of “${policy.title}”`
    : `clause ${clause.number} (\`${clause.id}\`) of “${policy.title}”`;
}

function why(policy: Policy, request: Request, decision: Decision, clause: string): string {
  const practice = policy.notice.practices.find((each) => each.id === decision.clause);
  const near = practice === undefined ? "" : `; ${clause} comes nearest`;
  const data = listed((typeof request.data === "string" ? [request.data] : request.data).map(quoted));
  switch (decision.reason) {
    case "allowed":
      return "nothing";
    case "unknown term":
      return `${data} from ${quoted(request.from)} for ${quoted(request.for)} is not in the words of ${clause}; it would have to be asked in terms of the vocabulary`;
    case "undeclared data":
      return `no practice declares ${data} for this${near}${allows("data", practice?.data)}`;
    case "undeclared subject":
      return `${data} is not declared from ${quoted(request.from)}${near}${allows("data of", practice?.from)}`;
    case "undeclared purpose":
      return `${data} may not be used for ${quoted(request.for)}${near}${allows("use for", practice?.for)}`;
    case "undeclared recipient":
      return `${data} may not go to ${request.to === undefined ? "anyone" : quoted(request.to)}${near}${allows("giving it to", practice?.to.length === 0 ? ["nobody"] : practice?.to)}`;
    case "undeclared combination":
      return `each of ${data} is declared, but no one practice holds them together; asked for apart they may be permitted`;
    case "less protected form":
      return `${data} is not ${request.to === undefined ? "kept" : "sent"} ${request.form ?? "raw"} by then${near}, which ${formsText(practice, request)}`;
    case "not held":
      return (request.ageDays ?? 0) > 0 && practice?.keep.every((each) => each.keep.kind === "never by us") === true
        ? `${clause} keeps nothing of ${data}: it is there only in the moment it comes`
        : `${clause} lets nobody keep ${data} there; passing it on may be permitted`;
    case "kept too long":
      return `${data} is older than ${clause} keeps it${keeps(practice)}`;
    case "not agreed":
      return `${clause} needs that person's yes, and there is none; with it this is allowed`;
    case "refused by the person":
      return `that person said no, and ${clause} keeps to it; only their own new yes changes that`;
    case "refused by a signal":
      return `the browser or program sent a refusal signal, and ${clause} keeps to it`;
    case "no ground":
      return `${clause} permits it only on the ground “${practice?.when ?? ""}”, and that was not claimed`;
    case "forbidden by promise":
      return `${clause} promises that it never happens; nothing allows it while that promise stands`;
    case "purpose not of the credential":
      return `who asked may not act for this purpose; a credential that carries it is needed`;
    case "outside the notice":
      return `${clause} does not cover this place; its operator is who to ask there`;
    case "stores nothing":
      return `this place is declared to store nothing`;
    case "held under an unknown version":
      return `it is held under a version of the notice that cannot be opened any more; nothing is known to allow its use`;
    case "internal fault":
      return `the question could not be decided, and what cannot be decided is denied`;
    default:
      return decision.reason satisfies never;
  }
}

function quoted(text: string): string {
  return `\`${text}\``;
}

function allows(what: string, terms: readonly string[] | undefined): string {
  return terms === undefined || terms.length === 0 ? "" : ` and allows ${what} ${listed(terms.map(quoted), "or")}`;
}

function formsText(practice: Practice | undefined, { to }: Request): string {
  const kept = `keeps it ${listed(formsOf(practice), "then")}`;
  const sentAs = practice?.sentAs;
  return to === undefined || sentAs === undefined ? kept : `${kept} and sends it ${formText(sentAs)}`;
}

function formsOf(practice: Practice | undefined): string[] {
  return (practice?.keep ?? []).map((each) => formText(each.form));
}

function keeps(practice: Practice | undefined): string {
  const last = practice?.keep.at(-1);
  return last === undefined ? "" : ` (${last.keep.text})`;
}
