// One question answered from a notice, with the clauses that say so; `unknown` wherever the notice does not say (clauses.md JP9).
import { dataWithUs, isHeldByUs } from "../model/practice-reach.ts";
import { formText } from "../model/form-order.ts";
import type { Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { answerAboutHead } from "./answer-head.ts";
import { answerAboutOthers } from "./answer-others.ts";
import { type Answered, type QuestionAnswer, idsOf, unknown } from "./answered.ts";
import { type Found, findData, practicesOf } from "./found-data.ts";
import type { FormQuestion } from "./question-form.ts";

export function answerQuestion(policy: Policy, index: VocabularyIndex, question: FormQuestion): QuestionAnswer {
  const { id, asks } = question;
  return { id, asks, ...answered(policy, index, question) };
}

function answered(policy: Policy, index: VocabularyIndex, { about, of = "" }: FormQuestion): Answered {
  switch (about) {
    case undefined:
      return unknown("a notice does not speak of this");
    case "controller":
    case "contact":
    case "hosts":
    case "version":
    case "features":
      return answerAboutHead(policy, about);
    case "holds":
    case "form":
    case "keeps":
    case "why":
    case "public":
      return index.has("data", of)
        ? answerAboutData(policy, index, about, of)
        : unknown(`\`${of}\` is no data of the vocabulary`);
    case "uses for":
    case "condition":
      return index.has("purpose", of)
        ? answerAboutPurpose(policy, index, about, of)
        : unknown(`\`${of}\` is no purpose of the vocabulary`);
    case "recipients":
    case "agreement":
    case "stores":
    case "right":
    case "promise":
    case "secured":
      return answerAboutOthers(policy, index, about, of);
    default:
      return about satisfies never;
  }
}

type DataTopic = "holds" | "form" | "keeps" | "why" | "public";

function answerAboutData(policy: Policy, index: VocabularyIndex, about: DataTopic, datum: string): Answered {
  if (about === "public") {
    const given = findData(policy, index, datum, ({ to, sends }) => (to.includes("public") ? sends : []));
    return yesOrNo(given, "to", `the public gets no ${datum}`);
  }
  const held = findData(policy, index, datum, (practice) => (isHeldByUs(practice) ? practice.data : []));
  if (about === "holds") {
    const passing = findData(policy, index, datum, (practice) => [
      ...practice.reads,
      ...dataWithUs(practice, () => false),
    ]);
    const ids = idsOf([...passing.sure, ...passing.perhaps].filter((each) => !held.sure.includes(each)));
    if (ids.length === 0) return yesOrNo(held, "data", "not declared, so it is not held");
    const no =
      passing.sure.length > 0
        ? "only looked at or passed on, not held"
        : "not held; it may be in what is looked at or passed on";
    return yesOrNo(held, "data", no, ids);
  }
  if (held.sure.length === 0) {
    return held.perhaps.length > 0
      ? unknown(broader(held, datum), idsOf(held.perhaps))
      : { answer: "none is held", clauses: [] };
  }
  const key = { form: "form", keeps: "keep", why: "for" }[about];
  const assumed = held.sure.filter((each) => each.assumed.includes(key));
  if (assumed.length > 0) return unknown(`the published text does not state \`${key}\``, idsOf(assumed));
  const words = held.sure.map((practice) => wordsAbout(practice, about));
  return { answer: [...new Set(words)].join("; "), clauses: idsOf(held.sure) };
}

function wordsAbout({ keep, for: purposes }: Practice, about: "form" | "keeps" | "why"): string {
  switch (about) {
    case "form":
      return keep.map(({ form }) => formText(form)).join(", then ");
    case "keeps":
      return keep.map(({ form, keep: each }) => `${formText(form)}: ${each.text}`).join(", then ");
    case "why":
      return purposes.join(", ");
    default:
      return about satisfies never;
  }
}

function answerAboutPurpose(
  policy: Policy,
  index: VocabularyIndex,
  about: "uses for" | "condition",
  purpose: string,
): Answered {
  const all = practicesOf(policy);
  const sure = all.filter((each) => each.for.some((word) => index.isAtOrBelow("purpose", word, purpose)));
  const perhaps = all.filter(
    (each) => !sure.includes(each) && each.for.some((word) => index.overlaps("purpose", word, purpose)),
  );
  if (about === "uses for") return yesOrNo({ sure, perhaps }, "for", "not declared, so nothing is used for it");
  if (sure.length === 0)
    return perhaps.length > 0
      ? unknown(broader({ sure, perhaps }, purpose), idsOf(perhaps))
      : { answer: "nothing is used for it", clauses: [] };
  const assumed = sure.filter((each) => each.assumed.includes("when"));
  if (assumed.length > 0) return unknown("the published text does not state `when`", idsOf(assumed));
  return { answer: [...new Set(sure.map(({ when }) => when))].join("; "), clauses: idsOf(sure) };
}

/** Yes on what is stated; unknown on what is assumed or said with a broader word; else no. */
function yesOrNo(found: Found, key: string, no: string, also: readonly string[] = []): Answered {
  const stated = found.sure.filter((each) => !each.assumed.includes(key));
  if (stated.length > 0) return { answer: "yes", clauses: idsOf(stated) };
  if (found.sure.length > 0) return unknown(`the published text does not state \`${key}\``, idsOf(found.sure));
  if (found.perhaps.length > 0) return unknown(broader(found, "this"), idsOf(found.perhaps));
  return { answer: `no: ${no}`, clauses: also };
}

function broader({ perhaps }: Found, word: string): string {
  return `${perhaps.length === 1 ? "a practice uses" : "practices use"} a broader word, which does not say whether ${word} is meant`;
}
