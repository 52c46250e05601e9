// The meaning of a request, written naively from docs/design/language.md: terms walked, no table, no cleverness. The oracle of tests.
import type { Ban, Form, Practice, Stage } from "../model/notice.ts";
import type { Policy, Request } from "../model/policy.ts";
import type { TermKind, Vocabulary } from "../model/vocabulary.ts";

/** Whether the request is permitted, and whether a promise forbids it. */
export function referenceDecide(
  policy: Policy,
  vocabulary: Vocabulary,
  request: Request,
): "allowed" | "forbidden" | "denied" {
  const parentsOf = (kind: TermKind, key: string): readonly string[] =>
    vocabulary.terms.find((term) => term.kind === kind && term.key === key)?.parents ?? [];
  const isBelow = (kind: TermKind, narrow: string, broad: string): boolean =>
    narrow === broad || parentsOf(kind, narrow).some((parent) => isBelow(kind, parent, broad));
  const isKnown = (kind: TermKind, key: string): boolean =>
    vocabulary.terms.some((term) => term.kind === kind && term.key === key);
  const overlaps = (kind: TermKind, one: string, other: string): boolean =>
    vocabulary.terms.some(
      (term) => term.kind === kind && isBelow(kind, term.key, one) && isBelow(kind, term.key, other),
    );

  const data = typeof request.data === "string" ? [request.data] : request.data;
  const form = readForm(request.form ?? "raw");
  if (data.length === 0 || form === undefined || !data.every((each) => isKnown("data", each))) return "denied";
  if (!isKnown("subject", request.from) || !isKnown("purpose", request.for)) return "denied";

  const fires = (ban: Ban): boolean =>
    (ban.data.length === 0 || data.some((each) => ban.data.some((term) => overlaps("data", each, term)))) &&
    (ban.from.length === 0 || ban.from.some((term) => overlaps("subject", request.from, term))) &&
    (ban.for.length === 0 || ban.for.some((term) => overlaps("purpose", request.for, term))) &&
    (ban.to.length === 0 || request.to === "public" || ban.to.some((id) => id === request.to)) &&
    ban.together.every((term) => data.some((each) => overlaps("data", each, term)));
  const policies: Policy[] = [];
  for (let each: Policy | undefined = policy; each !== undefined; each = each.parent) policies.push(each);
  const bans = policies.flatMap((each) => each.notice.promises.flatMap((promise) => promise.ban ?? []));
  if (bans.some(fires)) return "forbidden";

  const covered = (terms: readonly string[]): boolean =>
    data.every((each) => terms.some((term) => isBelow("data", each, term)));
  const storesAt = (home: number, id: string): boolean =>
    policies
      .slice(home)
      .flatMap((each) => each.notice.recipients)
      .find((each) => each.id === id)?.holds === "stores";
  const permits = (practice: Practice, home: number): boolean => {
    if (!practice.from.some((each) => isBelow("subject", request.from, each))) return false;
    if (!practice.for.some((each) => isBelow("purpose", request.for, each))) return false;
    if (!conditionHolds(practice, request)) return false;
    const stage = practice.keep.find((each) => (request.ageDays ?? 0) <= lastDay(each));
    const isFormed = stage !== undefined && isLower(form, stage.form);
    if (request.to !== undefined) {
      const isStored = request.act !== "hold" || storesAt(home, request.to);
      return practice.to.includes(request.to) && isStored && covered(practice.sends) && isFormed;
    }
    if (request.act === "read")
      return covered(practice.reads) || (covered([...practice.reads, ...practice.data]) && isFormed);
    return covered(practice.data) && isFormed && stage?.keep.kind !== "never by us";
  };
  return policies.some((each, home) => each.notice.practices.some((practice) => permits(practice, home)))
    ? "allowed"
    : "denied";
}

function conditionHolds(practice: Practice, request: Request): boolean {
  const isYes = request.answer === "yes" && request.signal !== true;
  if (practice.needs !== undefined && !isYes) return false;
  if (practice.when === "always" || practice.when === "necessary") return true;
  if (practice.when === "opt-out") return request.answer !== "no" && request.signal !== true;
  if (practice.when === "opt-in") return isYes;
  return request.ground === practice.when;
}

function lastDay({ keep }: Stage): number {
  return keep.kind === "for" ? keep.days : Number.POSITIVE_INFINITY;
}

function readForm(text: string): Form | undefined {
  const least = /^aggregate of (\d+)$/.exec(text)?.[1];
  if (least !== undefined) return { kind: "aggregate", least: Number(least) };
  const kinds = ["raw", "truncated", "pseudonymous", "hashed", "encrypted"] as const;
  const kind = kinds.find((each) => each === text);
  return kind === undefined ? undefined : { kind };
}

function isLower(form: Form, limit: Form): boolean {
  if (limit.kind === "raw") return true;
  if (limit.kind === "aggregate") return form.kind === "aggregate" && form.least >= limit.least;
  return form.kind === "aggregate" || form.kind === limit.kind;
}
