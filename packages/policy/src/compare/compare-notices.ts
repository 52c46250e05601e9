// Compares two versions of a notice by what they permit and promise, not by their text (docs/design/comparison.md).
import { extendVocabulary } from "../terms/index-vocabulary.ts";
import { alignIds } from "./align-ids.ts";
import { compareCovers } from "./compare-covers.ts";
import { type Unupheld, atomsOf, banReading, unupheld } from "./compare-promises.ts";
import { compareLabels, compareWords, editorialChanges } from "./compare-words.ts";
import { type Change, type Comparison, type Difference, type Nearest, type Review, verdictOf } from "./comparison.ts";
import { type Uncovered, uncovered } from "./cover.ts";
import { normalise } from "./normalise.ts";
import type { Point } from "./point.ts";
import { type Side, settleSide, upward } from "./side.ts";
import { type TermRelation, relateTerms } from "./term-relation.ts";
import { differenceText, differenceWords, pointText, promiseText, whatText } from "./witness.ts";

export interface CompareOptions {
  /** Changes of prose that somebody named has read and found to say the same. */
  readonly reviews?: readonly Review[];
}

/** Expects notices without errors. An addendum is compared together with its parents, each side with its own versions of them. */
export function compareNotices(old: Side, newer: Side, options: CompareOptions = {}): Comparison {
  const { side: next, renamed } = alignIds(old, newer);
  const [before, after] = [vocabularyOf(old), vocabularyOf(next)];
  const forth = relateTerms(after, before);
  const back = relateTerms(before, after);
  const [was, is] = [normalise(settleSide(old)), normalise(settleSide(next))];
  const [promised, promises] = [atomsOf(old), atomsOf(next)];
  const lost = unupheld(promised, promises, banReading(back, forth, after));
  const gained = unupheld(promises, promised, banReading(forth, back, before));
  const changes = [
    ...practiceChanges(uncovered(is, was, forth), forth, true),
    ...practiceChanges(uncovered(was, is, back), back, false),
    ...lost.map((each) => promiseChange("weaker", each, next.notice.id)),
    ...gained.map((each) => promiseChange("stronger", each, old.notice.id)),
    ...compareCovers(old, next),
    ...controllerChanges(old, next),
  ];
  return {
    verdict: verdictOf(changes),
    changes,
    toReview: compareWords(old, next, options.reviews ?? []),
    labels: compareLabels(old, next),
    editorial: [...editorialChanges(old, next), ...renamed],
  };
}

function vocabularyOf(side: Side): Side["vocabulary"] {
  const notices = upward(side)
    .map((each) => each.notice)
    .toReversed();
  return notices.every((each) => each.terms.length === 0)
    ? side.vocabulary
    : extendVocabulary(side.vocabulary, notices);
}

/** One change for each way a practice differs; its points that differ alike are told once. */
function practiceChanges(found: readonly Uncovered[], terms: TermRelation, isNew: boolean): readonly Change[] {
  const changes = new Map<string, Change>();
  const told = found.map(({ point, nearest }) => ({
    point,
    nearest,
    words: nearest === undefined ? [] : differenceWords(point, nearest.point, nearest.differs, terms, isNew),
  }));
  const held = new Set(told.flatMap(({ point, words }) => (point.act === "hold" ? [keepChange(point, words)] : [])));
  for (const { point, nearest, words } of told) {
    // Whoever keeps longer may use longer: that is one change.
    if (point.act === "read" && isOfKeep(words) && held.has(keepChange(point, words))) continue;
    const isFar = nearest === undefined || nearest.differs.length > 3;
    const witness = isFar
      ? `${isNew ? "new" : "gone"}: ${pointText(point)}`
      : `${whatText(point)}: ${differenceText(words)}`;
    const key = `${point.clause}\n${witness}`;
    // Holding is what people ask about; using what is held comes with it.
    if (changes.has(key) && (point.act !== "hold" || changes.get(key)?.point?.act !== "read")) continue;
    changes.set(key, {
      direction: isNew ? "weaker" : "stronger",
      about: point.act === "contact" ? "contact" : "practice",
      clause: point.clause,
      notice: point.notice,
      witness,
      point,
      ...(nearest === undefined ? {} : { nearest: nearestOf(nearest.point, isNew ? "old" : "new") }),
      differs: words,
    });
  }
  return [...changes.values()];
}

function isOfKeep(words: readonly Difference[]): boolean {
  return words.length > 0 && words.every(({ dimension }) => dimension === "keep" || dimension === "form");
}

function keepChange({ clause, notice, subject, purpose }: Point, words: readonly Difference[]): string {
  return JSON.stringify([clause, notice, subject, purpose, words]);
}

function nearestOf(point: Point, side: Nearest["side"]): Nearest {
  return { side, clause: point.clause, notice: point.notice, text: pointText(point), point };
}

function promiseChange(direction: Change["direction"], { atom, nearest }: Unupheld, other: string): Change {
  const isLost = direction === "weaker";
  const [mine, theirs] = [promiseText(atom), nearest && promiseText(nearest)];
  const changed = isLost ? `${mine} → ${theirs ?? ""}` : `${theirs ?? ""} → ${mine}`;
  const witness =
    theirs === undefined ? `${isLost ? "promise lost" : "promise gained"}: ${mine}` : `promise: ${changed}`;
  return {
    direction,
    about: "promise",
    clause: atom.promise,
    notice: atom.notice ?? "",
    witness,
    ...(nearest === undefined
      ? {}
      : {
          nearest: {
            side: isLost ? "new" : "old",
            clause: nearest.promise,
            notice: nearest.notice ?? other,
            text: theirs ?? "",
          },
        }),
    differs: [],
  };
}

/** Another controller is another recipient of everything: what the old one might do, the new one might not, and the other way. */
function controllerChanges(old: Side, next: Side): readonly Change[] {
  const levels = upward(old).map((each) => each.notice);
  return upward(next).flatMap(({ notice: { id, controller } }, at) => {
    // A parent is the one of the same id.
    const was = at === 0 ? old.notice : levels.find((each) => each.id === id);
    const change = { about: "controller", clause: id, notice: id, differs: [] } as const;
    const isKnown = levels.some((each) => each.controller.name === controller.name);
    if (was === undefined)
      return isKnown ? [] : [{ ...change, direction: "weaker", witness: `controller: ${controller.name} too` }];
    if (was.controller.name === controller.name) return [];
    return [
      { ...change, direction: "weaker", witness: `controller: ${was.controller.name} → ${controller.name}` },
      { ...change, direction: "stronger", witness: `controller: no longer ${was.controller.name}` },
    ];
  });
}
