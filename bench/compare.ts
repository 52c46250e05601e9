// Comparison of two versions of a notice of 50 and 500 practices, normal form and vocabularies included, nothing remembered between runs.
import { type Notice, compareNotices, parseNotice, standardVocabulary } from "@avow/policy";
import { median, quantile } from "./median.ts";
import type { Line } from "./run.ts";

const rounds = 200;

/** A small deterministic generator: the same notices on every run and machine. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
}

const terms = (kind: string): string[] =>
  standardVocabulary.terms.filter((term) => term.kind === kind).map((term) => term.key);
const [data, purposes, subjects] = [terms("data"), terms("purpose"), terms("subject")];
const recipients = Array.from({ length: 12 }, (_, index) => `recipient-${index}`);

function noticeOf(practices: number, seed = 20_261_120): Notice {
  const pick = generator(seed);
  const one = (words: readonly string[]): string => words[pick(words.length)] ?? "";
  const text = [
    "avow: 1\nnotice: bench\ntitle: Bench\ncontroller: { name: Bench, contact: bench@example.org }\ncovers: [bench.example]\nrecipients:",
    ...recipients.map((id) => `  ${id}: { role: processor, name: ${id}, does: works, holds: stores }`),
    "practices:",
    ...Array.from({ length: practices }, (_, index) => {
      const held = [...new Set([one(data), one(data), one(data)])].map((each) => `"${each}"`).join(", ");
      const when = ["always", "opt-in", "opt-out", "necessary"][pick(4)] ?? "always";
      const to = index % 2 === 0 ? "nobody" : one(recipients);
      return `  - { id: practice-${index}, from: ["${one(subjects)}"], data: [${held}], for: ["${one(purposes)}"], when: ${when}, basis: consent, form: raw, keep: ${10 + pick(80)} days, to: ${to} }`;
    }),
    `page:\n  - Everything: [${[...recipients, ...Array.from({ length: practices }, (_, index) => `practice-${index}`)].join(", ")}]`,
  ].join("\n");
  const { notice, diagnostics } = parseNotice(text, "bench.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("; "));
  return notice;
}

/** Three edits, as a version has: one practice keeps longer, one asks less, one is gone. */
function edited(notice: Notice): Notice {
  const practices = notice.practices.slice(1).map((each, index) => {
    if (index === 3)
      return {
        ...each,
        keep: each.keep.map((stage) => ({ ...stage, keep: { kind: "without limit", text: "without limit" } as const })),
      };
    return index === 7 ? { ...each, data: each.data.slice(0, 1), sends: each.sends.slice(0, 1) } : each;
  });
  return { ...notice, practices };
}

/** A vocabulary of another version: one word has moved. */
function moved(): typeof standardVocabulary {
  const terms2 = standardVocabulary.terms.map((each) =>
    each.key === "page" ? { ...each, parents: [...each.parents, "contact data"] } : each,
  );
  return { terms: terms2 };
}

function measure(work: () => unknown, times = rounds): number[] {
  for (let warm = 0; warm < Math.min(50, times); warm += 1) work();
  return Array.from({ length: times }, () => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
}

export function run(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const size of [50, 500]) {
    const old = { notice: noticeOf(size), vocabulary: standardVocabulary };
    const next = { notice: edited(old.notice), vocabulary: standardVocabulary };
    if (compareNotices(old, old).verdict !== "equivalent") throw new Error("a notice is not equivalent to itself");
    if (compareNotices(old, next).verdict !== "incomparable") throw new Error("the edits were not seen");
    const other = { notice: noticeOf(size, 7), vocabulary: standardVocabulary };
    const cases = [
      ["one vocabulary", measure(() => compareNotices(old, next))],
      ["two vocabularies", measure(() => compareNotices(old, { ...next, vocabulary: moved() }))],
      ["nothing in common", measure(() => compareNotices(old, other), size === 50 ? rounds : 20)],
    ] as const;
    for (const [name, times] of cases) {
      const middle = median(times);
      const what = `${size} × ${size} practices, ${name}: median (p95)`;
      const figure = `${middle.toFixed(2)} ms (${quantile(times, 0.95).toFixed(2)})`;
      // Versions of one notice have much in common; two notices that have nothing are compared by mistake, and told at length.
      const bar = name === "nothing in common" ? 10 : 2;
      lines.push(size === 50 ? { what, figure, bar: `≤ ${bar} ms`, holds: middle <= bar } : { what, figure });
    }
  }
  return Promise.resolve(lines);
}
