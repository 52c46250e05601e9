// The meaning of a request, written naively from docs/design/language.md: terms walked, no table, no cleverness. The oracle of tests.
import type { Ban, Form, Practice, Recipient, Stage } from "../model/notice.ts";
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
    (ban.to.length === 0 ||
      request.to === "public" ||
      ban.to.some((id) => (request.to === undefined ? id === "us" : id === request.to && id !== "us"))) &&
    ban.together.every((term) => data.some((each) => overlaps("data", each, term)));
  const policies: Policy[] = [];
  for (let each: Policy | undefined = policy; each !== undefined; each = each.parent) policies.push(each);
  const bans = policies.flatMap((each) => each.notice.promises.flatMap((promise) => promise.ban ?? []));
  if (bans.some(fires)) return "forbidden";

  return isPermitted(
    policies,
    request,
    form,
    (terms) => data.every((each) => terms.some((term) => isBelow("data", each, term))),
    isBelow,
  )
    ? "allowed"
    : "denied";
}

type IsBelow = (kind: TermKind, narrow: string, broad: string) => boolean;

function isPermitted(
  policies: readonly Policy[],
  request: Request,
  form: Form,
  covered: (terms: readonly string[]) => boolean,
  isBelow: IsBelow,
): boolean {
  const declaredAt = (home: number, id: string): Recipient | undefined =>
    policies
      .slice(home)
      .flatMap((each) => each.notice.recipients)
      .find((each) => each.id === id);
  const comesToUs = (practice: Practice, home: number): readonly string[] => {
    const isNeverOurs = practice.held !== undefined || practice.keep.every((each) => each.keep.kind === "never by us");
    const isAllSent =
      practice.data.every((each) => practice.sends.includes(each)) && practice.data.length === practice.sends.length;
    const isAllDirect =
      practice.to.length > 0 && practice.to.every((id) => declaredAt(home, id)?.reached === "directly");
    if (isAllDirect && (practice.data.length === 0 || isNeverOurs) && (isAllSent || practice.held !== undefined))
      return [];
    return practice.held === undefined ? practice.data : practice.sends;
  };
  const permits = (practice: Practice, home: number): boolean => {
    if (!practice.from.some((each) => isBelow("subject", request.from, each))) return false;
    if (!practice.for.some((each) => isBelow("purpose", request.for, each))) return false;
    if (!conditionHolds(practice, request)) return false;
    const stage = practice.keep.find((each) => (request.ageDays ?? 0) <= lastDay(each));
    const isGone = stage?.keep.kind === "never by us" && (request.ageDays ?? 0) > 0;
    const isFormed = stage !== undefined && !isGone && isLower(form, stage.form);
    const isKept = isFormed && stage.keep.kind !== "never by us";
    if (request.to === "their own device") return practice.held !== undefined && covered(practice.data) && isKept;
    if (request.to !== undefined) {
      const { storesAs, keeps, holds } = declaredAt(home, request.to) ?? {};
      const isSoLong =
        keeps?.kind !== "for" ||
        (stage?.keep.kind === "for" && stage.keep.after !== keeps.after) ||
        stage?.keep.kind !== "for" ||
        (request.ageDays ?? 0) <= keeps.days;
      const isStored =
        request.act !== "hold" ||
        (holds === "stores" && (storesAs === undefined || isLower(form, storesAs)) && isSoLong);
      const isSent = practice.sentAs === undefined || isLower(form, practice.sentAs);
      return practice.to.includes(request.to) && isStored && isSent && covered(practice.sends) && isFormed;
    }
    if (request.act === "read")
      return (
        (covered(practice.reads) && (request.ageDays ?? 0) === 0) ||
        (comesToUs(practice, home).length > 0 && covered([...practice.reads, ...comesToUs(practice, home)]) && isFormed)
      );
    return practice.held === undefined && covered(practice.data) && isKept;
  };
  return policies.some((each, home) => each.notice.practices.some((practice) => permits(practice, home)));
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
