// What things are called in sentences: recipients by their names, features by what they do, the controller as "we".
import type { Notice } from "../model/notice.ts";
import { everybody } from "../model/values.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";

/** A notice with those above it; a policy is one. */
export interface Above {
  readonly notice: Notice;
  readonly parent?: Above;
}

export interface Names {
  readonly vocabulary: VocabularyIndex;
  /** A recipient's name, from this notice or one above it; `public` is `the public`. */
  recipient(id: string): string;
  /** True for a recipient the person's own machine contacts, so that nothing of it passes through us. */
  isReachedDirectly(id: string): boolean;
  /** What a feature does, e.g. `lets you pay by card`. */
  feature(id: string): string | undefined;
}

export function namesOf(notice: Notice, vocabulary: VocabularyIndex, parent: Above | undefined): Names {
  const above = parent === undefined ? undefined : namesOf(parent.notice, vocabulary, parent.parent);
  return {
    vocabulary,
    recipient: (id) => {
      if (id === everybody) return "the public";
      const name = notice.recipients.find((each) => each.id === id)?.name;
      // Within a sentence an article is small: `The npm registry` goes on as `the npm registry`.
      return name?.replace(/^(?:The|An?) /, (article) => article.toLowerCase()) ?? above?.recipient(id) ?? id;
    },
    isReachedDirectly: (id) => {
      const recipient = notice.recipients.find((each) => each.id === id);
      return recipient === undefined ? (above?.isReachedDirectly(id) ?? false) : recipient.reached === "directly";
    },
    feature: (id) => notice.features.find((each) => each.id === id)?.does ?? above?.feature(id),
  };
}
