// What things are called in sentences: recipients by their names, features by what they do, the controller as "we".
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { everybody } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

export interface Names {
  readonly vocabulary: VocabularyIndex;
  /** A recipient's name, from this notice or one above it; `public` is `the public`. */
  recipient(id: string): string;
  /** What a feature does, e.g. `lets you pay by card`. */
  feature(id: string): string | undefined;
}

export function namesOf(notice: Notice, vocabulary: VocabularyIndex, parent: Policy | undefined): Names {
  const above = parent === undefined ? undefined : namesOf(parent.notice, vocabulary, parent.parent);
  return {
    vocabulary,
    recipient: (id) => {
      if (id === everybody) return "the public";
      return notice.recipients.find((each) => each.id === id)?.name ?? above?.recipient(id) ?? id;
    },
    feature: (id) => notice.features.find((each) => each.id === id)?.does ?? above?.feature(id),
  };
}
