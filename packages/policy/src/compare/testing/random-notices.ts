// Random pairs of versions for the tests of comparison: a notice, and the same after one to three edits, its vocabulary among them.
import type { Form, Keep, Notice, Practice, Recipient, Stage } from "../../model/notice.ts";
import { conditions, grounds } from "../../model/values.ts";
import type { Term, TermKind, Vocabulary } from "../../model/vocabulary.ts";
import { keepOf } from "../../syntax/read-keep.ts";
import type { Side } from "../side.ts";

export type Pick = <T>(from: readonly T[]) => T;

/** The same choices on every machine for one seed. */
export function picker(seed: number): Pick {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    const chosen = from[((mixed ^ (mixed >>> 12)) >>> 0) % from.length];
    if (chosen === undefined) throw new RangeError("nothing to pick from");
    return chosen;
  };
}

export interface Pair {
  readonly old: Side;
  readonly next: Side;
  readonly edits: readonly string[];
}

const kinds = ["data", "subject", "purpose"] as const;
type Kind = (typeof kinds)[number];
const sizes = { data: 6, subject: 4, purpose: 4 } as const;
export const recipientIds = ["alpha", "beta", "gamma"] as const;
export const hosts = ["a.example", "b.example"] as const;
export const featureIds = ["f1", "f2"] as const;
const forms: readonly Form[] = [
  { kind: "raw" },
  { kind: "truncated" },
  { kind: "pseudonymous" },
  { kind: "hashed" },
  { kind: "encrypted" },
  { kind: "aggregate", least: 5 },
  { kind: "aggregate", least: 10 },
];
export const keepTexts = [
  "7 days",
  "30 days",
  "1 month",
  "90 days",
  "3 months",
  "until E",
  "until F",
  "30 days after E",
  "30 days after F",
  "never by us",
  "without limit",
] as const;

function keep(text: string): Keep {
  const read = keepOf(text);
  if (read === undefined) throw new RangeError(text);
  return read;
}

export function randomPair(seed: number): Pair {
  const pick = picker(seed);
  const vocabulary: Vocabulary = { terms: kinds.flatMap((kind) => randomTerms(kind, pick)) };
  const notice = randomNotice(pick, vocabulary);
  const isAddendum = pick([true, false, false, false]);
  let next: Draft = { notice, vocabulary };
  const edits: string[] = [];
  for (let count = pick([1, 1, 2, 3]); count > 0; count -= 1) {
    const edit = pick(editNames);
    next = editsByName[edit](next, pick);
    edits.push(edit);
  }
  return { old: sideOf({ notice, vocabulary }, isAddendum), next: sideOf(next, isAddendum), edits };
}

interface Draft {
  readonly notice: Notice;
  readonly vocabulary: Vocabulary;
}

/** Half of the practices stand in the parent, with its own declaration of everybody. */
function sideOf({ notice, vocabulary }: Draft, isAddendum: boolean): Side {
  if (!isAddendum) return { notice, vocabulary };
  const half = Math.ceil(notice.practices.length / 2);
  const parent = { notice: { ...notice, id: "parent", practices: notice.practices.slice(0, half) } };
  return { notice: { ...notice, practices: notice.practices.slice(half) }, parent, vocabulary };
}

function randomTerms(kind: Kind, pick: Pick): Term[] {
  return Array.from({ length: sizes[kind] }, (_, number): Term => {
    const earlier = Array.from({ length: number }, (__, each) => `${kind} ${each}`);
    const parents = number === 0 ? [] : Array.from({ length: pick([0, 1, 1, 2]) }, () => pick(earlier));
    return { kind, key: `${kind} ${number}`, dpv: "", means: "", parents: [...new Set(parents)] };
  });
}

function randomNotice(pick: Pick, vocabulary: Vocabulary): Notice {
  return {
    path: "",
    id: "n",
    title: "N",
    controller: { name: "A", contact: "a@example.org" },
    covers: [],
    installed: {},
    seeAlso: [],
    terms: [],
    recipients: recipientIds.map((id) => randomRecipient(id, pick, vocabulary)),
    features: [
      { id: "f1", does: "x", needs: ["alpha"], when: "opt-in" },
      { id: "f2", does: "y", needs: ["beta"], when: "opt-in", ...(pick([true, false]) ? { within: "f1" } : {}) },
    ],
    venues: [],
    practices: Array.from({ length: pick([1, 2, 3, 4]) }, (_, number) =>
      randomPractice(`p${number}`, pick, vocabulary),
    ),
    promises: [],
    page: [],
    words: {},
    spans: {},
  };
}

function randomRecipient(id: string, pick: Pick, vocabulary: Vocabulary): Recipient {
  return {
    id,
    name: id,
    does: "works",
    role: pick(["processor", "joint controller", "independent controller", "public body"]),
    reached: pick(["directly", "by us", "by us"]),
    hosts: hosts.filter(() => pick([true, false, false])),
    holds: pick(["stores", "transits", "nothing", "not stated"]),
    ...(pick([true, false]) ? {} : { sees: [pick(keysOf(vocabulary, "data"))] }),
    ...(pick([true, false]) ? {} : { visibleToUs: pick([true, false]) }),
    ...(pick([true, false]) ? {} : { agreement: "https://a" }),
    ...(pick([true, false]) ? {} : { privacy: "https://p" }),
    ...(pick([true, false])
      ? {}
      : { vouched: { says: "same", by: "b", on: "2026-01-01", until: pick(["2027-01-01", "2028-01-01"]) } }),
    ...(pick([true, true, false]) ? {} : { storesAs: pick(forms) }),
    ...(pick([true, true, false])
      ? {}
      : { keeps: keep(pick(["30 days", "1 month", "90 days", "3 months", "without limit"])) }),
    ...(pick([true, true, false]) ? {} : { usesFor: [pick(keysOf(vocabulary, "purpose"))] }),
    through: recipientIds.filter((each) => each !== id && pick([true, false, false, false])),
  };
}

export function keysOf(vocabulary: Vocabulary, kind: TermKind): string[] {
  return vocabulary.terms.filter((each) => each.kind === kind).map((each) => each.key);
}

function randomPractice(id: string, pick: Pick, vocabulary: Vocabulary): Practice {
  const some = (kind: Kind, counts: readonly number[]): string[] => [
    ...new Set(Array.from({ length: pick(counts) }, () => pick(keysOf(vocabulary, kind)))),
  ];
  const data = some("data", [1, 1, 2, 3]);
  const to = pick([[], [], [pick(recipientIds)], [pick(recipientIds), "public"]]);
  return {
    id,
    from: some("subject", [1, 1, 2]),
    reads: some("data", [0, 0, 1, 2]),
    data,
    sends: to.length === 0 ? [] : pick([data, data.slice(0, 1)]),
    for: some("purpose", [1, 1, 2]),
    when: pick([...conditions, ...conditions, ...grounds]),
    basis: "consent",
    keep: randomStages(pick),
    to: [...new Set(to)],
    ...(pick([true, false, false]) ? { needs: pick(featureIds) } : {}),
    ...(pick([true, true, true, true, false]) ? {} : { held: "their own device" as const }),
    ...(to.length > 0 && pick([true, true, false]) ? { sentAs: pick(forms) } : {}),
    assumed: [],
  };
}

/** One stage, or two of which the later leaves less of the person. */
function randomStages(pick: Pick): Stage[] {
  if (pick([true, true, false])) return [{ form: pick(forms), keep: keep(pick(keepTexts)) }];
  const first = pick(["7 days", "30 days", "until E"]);
  return [
    { form: pick(forms.slice(0, 5)), keep: keep(first) },
    { form: { kind: "aggregate", least: pick([5, 10]) }, keep: keep(pick(["90 days", "3 months", "without limit"])) },
  ];
}

type Edit = (draft: Draft, pick: Pick) => Draft;

function practice(change: (practice: Practice, pick: Pick, vocabulary: Vocabulary) => Partial<Practice>): Edit {
  return ({ notice, vocabulary }, pick) => {
    if (notice.practices.length === 0) return { notice, vocabulary };
    const chosen = pick(notice.practices);
    const practices = notice.practices.map((each) =>
      each === chosen ? { ...each, ...change(each, pick, vocabulary) } : each,
    );
    return { notice: { ...notice, practices }, vocabulary };
  };
}

/** The same for a practice that loses a key. */
function changeOne(
  notice: Notice,
  vocabulary: Vocabulary,
  pick: Pick,
  change: (practice: Practice) => Practice,
): Draft {
  if (notice.practices.length === 0) return { notice, vocabulary };
  const chosen = pick(notice.practices);
  const practices = notice.practices.map((each) => (each === chosen ? change(each) : each));
  return { notice: { ...notice, practices }, vocabulary };
}

function replaced(list: readonly string[], kind: Kind, pick: Pick, vocabulary: Vocabulary): string[] {
  const keys = keysOf(vocabulary, kind);
  const how = pick(["add", "replace", "broaden", "drop"]);
  const chosen = list.length === 0 ? pick(keys) : pick(list);
  const parents = vocabulary.terms.find((each) => each.kind === kind && each.key === chosen)?.parents ?? [];
  if (how === "add" || list.length === 0) return [...new Set([...list, pick(keys)])].slice(-3);
  if (how === "drop" && list.length > 1) return list.filter((each) => each !== chosen);
  const instead = how === "broaden" && parents.length > 0 ? pick(parents) : pick(keys);
  return [...new Set(list.map((each) => (each === chosen ? instead : each)))];
}

function vocabularyEdit(kind: Kind, change: (term: Term, before: readonly string[], pick: Pick) => Term): Edit {
  return ({ notice, vocabulary }, pick) => {
    const mine = vocabulary.terms.filter((each) => each.kind === kind);
    const chosen = pick(mine);
    const before = mine.slice(0, mine.indexOf(chosen)).map((each) => each.key);
    const terms = vocabulary.terms.map((each) => (each === chosen ? change(each, before, pick) : each));
    return { notice, vocabulary: { terms } };
  };
}

function reparent(kind: Kind): Edit {
  return vocabularyEdit(kind, (term, before, pick) => {
    if (before.length === 0) return term;
    const other = pick(before);
    return { ...term, parents: pick([[other], [...new Set([...term.parents, other])], []]) };
  });
}

/** A term is taken away; what names it names the term it went into, which says so or not. */
function mergeTerm({ notice, vocabulary }: Draft, pick: Pick): Draft {
  const kind = pick(kinds);
  const mine = vocabulary.terms.filter((each) => each.kind === kind);
  const gone = pick(mine);
  const heir = pick(mine.filter((each) => each !== gone));
  const isSaid = pick([true, false]);
  const swap = (list: readonly string[]): string[] => [
    ...new Set(list.map((each) => (each === gone.key ? heir.key : each))),
  ];
  const terms = vocabulary.terms
    .filter((each) => each !== gone)
    .map((each) => {
      const parents =
        each.kind === kind ? each.parents.flatMap((one) => (one === gone.key ? gone.parents : [one])) : each.parents;
      return { ...each, parents: [...new Set(parents)], ...(each === heir && isSaid ? { also: [gone.key] } : {}) };
    });
  const practices = notice.practices.map((each) =>
    kind === "data"
      ? { ...each, data: swap(each.data), reads: swap(each.reads), sends: swap(each.sends) }
      : kind === "subject"
        ? { ...each, from: swap(each.from) }
        : { ...each, for: swap(each.for) },
  );
  const recipients = notice.recipients.map((each) => ({
    ...each,
    ...(kind === "data" && each.sees !== undefined ? { sees: swap(each.sees) } : {}),
    ...(kind === "purpose" && each.usesFor !== undefined ? { usesFor: swap(each.usesFor) } : {}),
  }));
  return { notice: { ...notice, practices, recipients }, vocabulary: { terms } };
}

function addTerm({ notice, vocabulary }: Draft, pick: Pick): Draft {
  const kind = pick(kinds);
  const key = `${kind} new`;
  if (keysOf(vocabulary, kind).includes(key)) return { notice, vocabulary };
  const parents = [
    ...new Set([pick(keysOf(vocabulary, kind)), ...(pick([true, false]) ? [pick(keysOf(vocabulary, kind))] : [])]),
  ];
  return { notice, vocabulary: { terms: [...vocabulary.terms, { kind, key, dpv: "", means: "", parents }] } };
}

const editsByName = {
  data: practice((each, pick, vocabulary) => ({ data: replaced(each.data, "data", pick, vocabulary) })),
  reads: practice((each, pick, vocabulary) => ({ reads: replaced(each.reads, "data", pick, vocabulary) })),
  sends: practice((each, pick, vocabulary) =>
    each.to.length === 0 ? {} : { sends: replaced(each.sends, "data", pick, vocabulary) },
  ),
  from: practice((each, pick, vocabulary) => ({ from: replaced(each.from, "subject", pick, vocabulary) })),
  for: practice((each, pick, vocabulary) => ({ for: replaced(each.for, "purpose", pick, vocabulary) })),
  when: practice((_, pick) => ({ when: pick([...conditions, ...grounds]) })),
  keep: practice(({ keep: stages }, pick) => ({
    keep: stages.map((each, at) =>
      at === stages.length - 1
        ? { ...each, keep: keep(pick(keepTexts.slice(stages.length > 1 ? 3 : 0, stages.length > 1 ? 5 : undefined))) }
        : each,
    ),
  })),
  form: practice(({ keep: stages }, pick) => ({
    keep: stages.map((each, at) =>
      at === 0 ? { ...each, form: pick(forms.slice(0, stages.length > 1 ? 5 : undefined)) } : each,
    ),
  })),
  stages: practice((_, pick) => ({ keep: randomStages(pick) })),
  to: practice((each, pick) => {
    const to = pick([[], [pick(recipientIds)], [...new Set([...each.to, pick([...recipientIds, "public"])])]]);
    return { to, sends: to.length === 0 ? [] : each.sends.length === 0 ? each.data : each.sends };
  }),
  needs: practice((_, pick) => ({ needs: pick(featureIds) })),
  held: ({ notice, vocabulary }, pick) =>
    changeOne(notice, vocabulary, pick, ({ held, ...rest }) =>
      held === undefined ? { ...rest, held: "their own device" } : rest,
    ),
  "sent as": ({ notice, vocabulary }, pick) =>
    changeOne(notice, vocabulary, pick, ({ sentAs, ...rest }) =>
      rest.to.length > 0 && (sentAs === undefined || pick([true, false])) ? { ...rest, sentAs: pick(forms) } : rest,
    ),
  free: ({ notice, vocabulary }) => ({
    vocabulary,
    notice: { ...notice, practices: notice.practices.map(withoutNeeds) },
  }),
  drop: ({ notice, vocabulary }, pick) => {
    if (notice.practices.length === 0) return { notice, vocabulary };
    const chosen = pick(notice.practices);
    return { vocabulary, notice: { ...notice, practices: notice.practices.filter((each) => each !== chosen) } };
  },
  add: ({ notice, vocabulary }, pick) => ({
    vocabulary,
    notice: { ...notice, practices: [...notice.practices, randomPractice("added", pick, vocabulary)] },
  }),
  split: ({ notice, vocabulary }, pick) => {
    if (notice.practices.length === 0) return { notice, vocabulary };
    const chosen = pick(notice.practices);
    const half = { ...chosen, id: "half", data: chosen.data.slice(0, 1), sends: chosen.sends.slice(0, 1) };
    return { vocabulary, notice: { ...notice, practices: [...notice.practices, half] } };
  },
  recipient: ({ notice, vocabulary }, pick) => {
    const chosen = pick(notice.recipients);
    const drawn = randomRecipient(chosen.id, pick, vocabulary);
    const key = pick([
      "role",
      "reached",
      "hosts",
      "holds",
      "sees",
      "visibleToUs",
      "agreement",
      "privacy",
      "vouched",
      "storesAs",
      "keeps",
      "usesFor",
      "through",
    ] as const);
    const { [key]: _, ...rest } = chosen;
    const { [key]: value } = drawn;
    const changed = { ...rest, ...(value === undefined ? {} : { [key]: value }) } as Recipient;
    return {
      vocabulary,
      notice: { ...notice, recipients: notice.recipients.map((each) => (each === chosen ? changed : each)) },
    };
  },
  "re-parent data": reparent("data"),
  "re-parent subject": reparent("subject"),
  "re-parent purpose": reparent("purpose"),
  merge: mergeTerm,
  term: addTerm,
} satisfies Record<string, Edit>;
const editNames = Object.keys(editsByName) as (keyof typeof editsByName)[];

function withoutNeeds({ needs, ...rest }: Practice): Practice {
  return needs === undefined ? { ...rest } : rest;
}
