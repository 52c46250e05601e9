// What this installation really enforces, and how to check it. A clause no entry speaks for is "only said".
import { isShipped } from "../../notices/find-notices.ts";
import { columnTerms, columns } from "@avow/collect";
import type { Actor, Gate } from "@avow/gate/server";
import type { Ban, Clause, Policy, Practice } from "@avow/policy";
import { recordsPractices } from "@avow/store";
import { collector } from "../../jobs/collector.ts";
import { quietly } from "../quiet-gate.ts";

/** How one clause is kept here. */
export interface Mechanism {
  /** One or two sentences: what runs. */
  readonly how: string;
  /** What the clause says and this mechanism does not do yet; shown beside the state. */
  readonly lacks?: string;
  /** A command anybody with the notice, or this address, can run. */
  readonly check: string;
  /** `counted`: evidence is what the gate counted. `tried`: the mechanism was tried for this very page. */
  readonly evidence: "counted" | "tried";
  /** Only for `tried`: false when the trial let through what the clause forbids. */
  readonly holds?: boolean;
}

export interface Installation {
  readonly gate: Gate;
  readonly publicUrl: string;
  /** Whether every column of the records names a practice of Avow's own notice; undefined where that was not looked at. */
  readonly columnsHold?: boolean;
}

type Find = (clause: Clause, policy: Policy, installation: Installation) => Mechanism | undefined;

/** Later work adds its mechanism here; the first that speaks for a clause is shown. */
const registry: readonly Find[] = [pageViews, ownRecords, never, questions, ratchet];

export function mechanismOf(clause: Clause, policy: Policy, installation: Installation): Mechanism | undefined {
  for (const find of registry) {
    const found = find(clause, policy, installation);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A practice the page-view collector may hold something under: it writes the declared columns and nothing else. */
function pageViews(clause: Clause, policy: Policy, { gate }: Installation): Mechanism | undefined {
  if (clause.kind !== "practice") return undefined;
  const actor = quietly(gate).actor(collector, policy.id);
  const terms = columns.map((column) => columnTerms[column][0]).filter((term) => decidedBy(actor, term) === clause.id);
  if (terms.length === 0) return undefined;
  const sent = policy.notice.practices.some(({ id, to }) => id === clause.id && to.some((each) => each !== "public"));
  return {
    ...(sent ? { lacks: "deciding at each handing on what its recipients get" } : {}),
    how: "The page-view collector asks the gate before it writes. What the notice does not declare is dropped and counted; the address is cut to its network and, with the user agent, gone when the row is made. Only credentials issued for this purpose may ask. Ten minutes after the site's midnight, or later where the notice keeps rows longer, the day becomes counts and its rows are unlinked; counts go when their time is over.",
    check: `npm run -s avow -- explain ${policy.id}${whereOf(policy)} --data "${terms[0] ?? "page"}" --from visitor --for "${collector.purposes[0]}" --form pseudonymous`,
    evidence: "counted",
  };
}

function decidedBy(actor: Actor, data: string): string | undefined {
  const decision = actor.decide({ act: "hold", data, from: "visitor", form: "pseudonymous" });
  return decision.allowed ? decision.clause : undefined;
}

/** A practice of Avow's own notice that columns of its records stand under (clauses.md PS14). */
function ownRecords(clause: Clause, policy: Policy, { columnsHold }: Installation): Mechanism | undefined {
  if (columnsHold === undefined || !recordsPractices.some((practice) => practice === clause.id)) return undefined;
  const practice = policy.notice.practices.find(({ id }) => id === clause.id);
  const isSecret = practice?.keep[0]?.form.kind === "hashed";
  const lacks = practice === undefined ? [] : keepLacks(practice);
  return {
    ...(lacks.length === 0 ? {} : { lacks: lacks.join("; ") }),
    how: `Every table and column of the records names the practice it stands under; a column that names none refuses the start. ${isSecret ? "Secrets are written as hashes only. " : ""}Compared for this page with the columns on disk.`,
    check: "npm run -s avow -- surface --notice avow --data ./data",
    evidence: "tried",
    holds: columnsHold,
  };
}

/** What of its `keep` nothing ends here; what this does not know is not built. Without it the columns would stand for the whole clause. */
function keepLacks({ keep }: Practice): readonly string[] {
  return keep.flatMap(({ keep: { kind, text } }) => {
    if (kind === "without limit" || text === "until the key is removed") return [];
    // What has run out lets nobody in; it is removed when it is used again or the records are opened.
    return /^\d/.test(text) ? [`removing it after ${text} without a restart`] : [`the end of keeping (${text})`];
  });
}

/** A `never`: tried on every look at the page with a request that it forbids; one that passes is broken. */
function never(clause: Clause, policy: Policy, { gate }: Installation): Mechanism | undefined {
  const promise = policy.notice.promises.find(({ id }) => id === clause.id);
  if (promise?.kind !== "never" || promise.ban === undefined) return undefined;
  const trials = trialsOf(promise.ban, policy);
  if (trials.length === 0) return undefined;
  const holds = trials.every(({ purpose, ...ask }) => {
    const trial = { kind: "job", name: "trial", purposes: [purpose] } as const;
    return !quietly(gate)
      .actor(trial, policy.id)
      .decide({ ...ask, ...easiest }).allowed;
  });
  const [first] = trials;
  return {
    how: `The ban stands in the gate's table; whoever asks for what it forbids is refused, under any purpose. Tried for this page with ${trials.length === 1 ? "one request" : `${trials.length} requests`}: ${holds ? "every one refused" : "one was let through"}.`,
    check: `npm run -s avow -- explain ${policy.id}${whereOf(policy)} --data "${first?.data.join(", ") ?? ""}" --from "${first?.from ?? ""}" --for "${first?.purpose ?? ""}"${first?.to === undefined ? "" : ` --to ${first.to}`}`,
    evidence: "tried",
    holds,
  };
}

/** The form at or below every declared one, with a yes: if even that is refused, everything the ban names is. */
const easiest = { form: "aggregate of 1000000", answer: "yes" } as const;

interface Trial {
  readonly data: readonly string[];
  readonly from: string;
  readonly to?: string;
  readonly purpose: string;
}

const mostTrials = 60;

/** Requests inside the ban; a dimension it leaves open is taken from every practice, where a permission would come from. */
function trialsOf(ban: Ban, policy: Policy): readonly Trial[] {
  const { practices } = policy.notice;
  const froms = any(
    ban.from,
    practices.flatMap(({ from }) => from),
  );
  const purposes = any(
    ban.for,
    practices.flatMap((practice) => practice.for),
  );
  const data =
    ban.together.length > 0
      ? [ban.together]
      : any(
          ban.data,
          practices.flatMap((one) => one.data),
        ).map((one) => [one]);
  const tos: readonly (string | undefined)[] = ban.to.length > 0 ? ban.to : [undefined];
  const trials: Trial[] = [];
  for (const each of data)
    for (const from of froms)
      for (const purpose of purposes)
        for (const to of tos) trials.push({ data: each, from, purpose, ...(to === undefined ? {} : { to }) });
  return trials.slice(0, mostTrials);
}

/** What the ban names, or where it names nothing everything that is declared. */
function any(named: readonly string[], declared: readonly string[]): readonly string[] {
  return named.length > 0 ? named : [...new Set(declared)];
}

/** Every page and every refusal of this installation ends with the contact (clauses.md JP11). */
function questions(clause: Clause, policy: Policy, { publicUrl }: Installation): Mechanism | undefined {
  const promise = policy.notice.promises.find(({ id }) => id === clause.id);
  if (promise?.kind !== "questions") return undefined;
  return {
    how: "Every page of this installation ends with the contact, and every refusal the notice decides carries it.",
    check: `curl -s '${publicUrl}/notices/${policy.id}.json' | grep -o '"contact":"[^"]*"'`,
    evidence: "tried",
    holds: policy.controller.contact !== "",
  };
}

/** Every row carries its version; a question over older ones is asked of both (clauses.md PS11, JL6). */
function ratchet(clause: Clause, policy: Policy, { gate, publicUrl }: Installation): Mechanism | undefined {
  const promise = policy.notice.promises.find(({ id }) => id === clause.id);
  if (promise?.kind !== "changes") return undefined;
  // Tried: data held under a version that nobody knows must not be usable by anybody.
  const practice = policy.notice.practices[0];
  const purposes = practice?.for ?? [];
  const actor = quietly(gate).actor({ kind: "job", name: "trial", purposes }, policy.id);
  const ask = { act: "hold", data: practice?.data ?? [], from: practice?.from[0] ?? "", ...easiest } as const;
  const holds = !actor.decideHeld(ask, { version: "0".repeat(64) }).allowed;
  return {
    how: "Every row carries the practice and the version it was collected under, and is used only as that version and the current one both allow. A weaker version that was not declared, or whose day has not come, is not put in force. Tried for this page with a version nobody knows.",
    lacks: "asking people for their answer to a newer version",
    check: `curl -s '${publicUrl}/notices/${policy.id}.json' | grep -o '"held":[^]]*]'`,
    evidence: "tried",
    holds,
  };
}

/** A notice of one's own is looked up where one keeps it; where that is, is no visitor's business. */
function whereOf({ notice }: Policy): string {
  return isShipped(notice.path) ? "" : " --notices DIR";
}
