// A form answered from a notice: a letter that declines where the project is nobody's vendor, else an answer to each question (clauses.md JP9).
import type { Notice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import { extendVocabulary, indexVocabulary } from "../terms/index-vocabulary.ts";
import { vendorOfNobody } from "../whose/whose-vendor.ts";
import { answerQuestion } from "./answer-question.ts";
import type { QuestionAnswer } from "./answered.ts";
import { practicesOf } from "./found-data.ts";
import { type Fact, factSheet } from "./fact-sheet.ts";
import type { QuestionForm } from "./question-form.ts";

interface Head {
  readonly form: string;
  readonly title: string;
  readonly to?: string;
  readonly notice: string;
  readonly version: string;
  readonly controller: string;
  readonly contact: string;
  readonly example?: string;
  /** ISO day. */
  readonly date: string;
}

export type FormAnswer = Head &
  (
    | { readonly kind: "answers"; readonly answers: readonly QuestionAnswer[] }
    | {
        readonly kind: "letter";
        readonly title: string;
        /** The promise that says it is nobody's vendor. */
        readonly clause: string;
        readonly paragraphs: readonly string[];
        readonly facts: readonly Fact[];
      }
    /** It says it is nobody's vendor and yet a practice holds what only a vendor has. */
    | { readonly kind: "refused"; readonly clause: string; readonly against: readonly Against[] }
  );

export interface Against {
  readonly practice: string;
  readonly data: string;
}

/** What nobody has who serves no customer; found by overlap, so that a broader word counts too. */
const vendorData = ["customer database", "billing data", "payment card", "payment record"] as const;

/** `date` is an ISO day; `vocabulary` the one the policy was compiled with. */
export function answerForm(policy: Policy, form: QuestionForm, vocabulary: Vocabulary, date: string): FormAnswer {
  const index = indexVocabulary(extendVocabulary(vocabulary, noticesOf(policy).toReversed()));
  const head: Head = {
    form: form.id,
    title: form.title,
    ...(form.from === undefined ? {} : { to: form.from }),
    notice: policy.id,
    version: policy.version,
    controller: policy.controller.name,
    contact: policy.controller.contact,
    ...(policy.example === undefined ? {} : { example: policy.example }),
    date,
  };
  const [clause] = vendorOfNobody(policy);
  if (clause === undefined)
    return { ...head, kind: "answers", answers: form.questions.map((each) => answerQuestion(policy, index, each)) };
  const against = practicesOf(policy).flatMap(({ id, data, reads, sends }): readonly Against[] =>
    [...new Set([...data, ...reads, ...sends])]
      .filter((word) => vendorData.some((each) => index.overlaps("data", word, each)))
      .map((word) => ({ practice: id, data: word })),
  );
  if (against.length > 0) return { ...head, kind: "refused", clause, against };
  return { ...head, kind: "letter", clause, paragraphs: paragraphs(policy), facts: factSheet(policy) };
}

function noticesOf(policy: Policy): readonly Notice[] {
  return policy.parent === undefined ? [policy.notice] : [policy.notice, ...noticesOf(policy.parent)];
}

function paragraphs({ controller, title }: Policy): readonly string[] {
  return [
    "Thank you for your questions. We do not fill in this form, for two reasons.",
    "The legal one: we publish software that anybody may use, and have no agreement with you by which we would supply or serve you. Answers to a form of a vendor would say that there is one.",
    "The technical one: we do not operate the software for you, and so do not know how it is set up, where it runs or what is done with it there.",
    "Whoever operates the service for you is responsible and can answer: in the cloud its address will likely tell who that is; on machines of your own, the way it was installed, and then it is likely your own organisation or the vendor that installed it.",
    `What we can say is on the sheet below. It is taken from ${title}; what the notice does not declare is not done. Other questions: ${controller.name}, ${controller.contact}.`,
  ];
}
