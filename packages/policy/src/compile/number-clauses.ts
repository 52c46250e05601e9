// The clauses of a notice in page order, each with its number, its sentence and its prose.
import type { Notice } from "../model/notice.ts";
import type { Clause } from "../model/policy.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { featureSentence } from "../write/feature-sentence.ts";
import { practiceSentence } from "../write/practice-sentence.ts";
import { promiseSentence } from "../write/promise-sentence.ts";
import { recipientSentence } from "../write/recipient-sentence.ts";
import { venueSentence } from "../write/venue-sentence.ts";
import { type Above, type Names, namesOf } from "../write/names.ts";

/** Sections count from 1, clauses within them too: `2.1`. Ids that name nothing are left out; `checkNotice` reports them. */
export function numberClauses(notice: Notice, index: VocabularyIndex, parent: Above | undefined): readonly Clause[] {
  const names = namesOf(notice, index, parent);
  return notice.page.flatMap((section, sectionIndex) =>
    section.ids.flatMap((id, clauseIndex) => {
      const written = writtenOf(notice, names, id);
      if (written === undefined) return [];
      const words = Object.hasOwn(notice.words, id) ? notice.words[id] : undefined;
      const number = `${sectionIndex + 1}.${clauseIndex + 1}`;
      return [{ id, number, section: section.heading, ...written, ...(words === undefined ? {} : { words }) }];
    }),
  );
}

type Written = Pick<Clause, "kind" | "sentence" | "assumed">;

function writtenOf(notice: Notice, names: Names, id: string): Written | undefined {
  const practice = notice.practices.find((each) => each.id === id);
  if (practice !== undefined)
    return { kind: "practice", sentence: practiceSentence(practice, names), assumed: practice.assumed };
  const promise = notice.promises.find((each) => each.id === id);
  if (promise !== undefined) {
    return {
      kind: promise.kind === "attested" ? "attestation" : "promise",
      sentence: promiseSentence(promise, names),
      assumed: [],
    };
  }
  const recipient = notice.recipients.find((each) => each.id === id);
  if (recipient !== undefined)
    return { kind: "recipient", sentence: recipientSentence(recipient, names), assumed: recipient.assumed ?? [] };
  const feature = notice.features.find((each) => each.id === id);
  if (feature !== undefined) return { kind: "feature", sentence: featureSentence(feature, names), assumed: [] };
  const venue = notice.venues.find((each) => each.id === id);
  return venue === undefined ? undefined : { kind: "venue", sentence: venueSentence(venue), assumed: [] };
}
