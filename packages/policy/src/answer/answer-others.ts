// Questions about those who get data and about promises: silence of a notice is `unknown`, never `no`.
import type { NoticePromise, Recipient } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import { isOneOf } from "../model/values.ts";
import { promiseKinds } from "../model/notice.ts";
import type { VocabularyIndex } from "../terms/index-vocabulary.ts";
import { type Answered, idsOf, unknown } from "./answered.ts";
import { findData, practicesOf } from "./found-data.ts";

type Topic = "recipients" | "agreement" | "stores" | "right" | "promise" | "secured";

export function answerAboutOthers(policy: Policy, index: VocabularyIndex, about: Topic, of: string): Answered {
  switch (about) {
    case "recipients":
      return recipientsOf(policy, index, of);
    case "agreement":
    case "stores":
      return aboutRecipient(policy, about, of);
    case "right": {
      const promise = promisesOf(policy).find((each) => each.kind === "rights" && words(each, "rights").includes(of));
      if (promise === undefined) return unknown("no promise names this right");
      const [within] = words(promise, "within");
      return { answer: within === undefined ? "yes" : `yes, within ${within}`, clauses: [promise.id] };
    }
    case "promise": {
      const made = isOneOf(promiseKinds, of) ? promisesOf(policy).filter(({ kind }) => kind === of) : [];
      if (made.length === 0) return unknown("no promise of this kind is made");
      return { answer: made.map(({ id }) => sentenceOf(policy, id)).join(" "), clauses: idsOf(made) };
    }
    case "secured": {
      const promise = promisesOf(policy).find((each) => each.kind === "secured" && words(each, "secured").includes(of));
      return promise === undefined
        ? unknown("no promise names this measure")
        : { answer: "yes", clauses: [promise.id] };
    }
    default:
      return about satisfies never;
  }
}

function recipientsOf(policy: Policy, index: VocabularyIndex, datum: string): Answered {
  if (datum !== "" && !index.has("data", datum)) return unknown(`\`${datum}\` is no data of the vocabulary`);
  const sending = practicesOf(policy).filter(({ to }) => to.length > 0);
  const { sure, perhaps } =
    datum === ""
      ? { sure: sending, perhaps: [] }
      : findData(policy, index, datum, ({ to, sends }) => (to.length > 0 ? sends : []));
  const unstated = practicesOf(policy).filter(
    (each) => each.assumed.includes("to") && (datum === "" || sure.includes(each)),
  );
  if (unstated.length > 0) return unknown("the published text does not state `to`", idsOf(unstated));
  if (sure.length === 0)
    return perhaps.length === 0
      ? { answer: "nobody", clauses: [] }
      : unknown("practices use a broader word, which does not say whether this is meant", idsOf(perhaps));
  const names = sure.flatMap(({ to }) => to).map((id) => recipient(policy, id)?.name ?? `the ${id}`);
  return { answer: [...new Set(names)].join(", "), clauses: idsOf(sure) };
}

function aboutRecipient(policy: Policy, about: "agreement" | "stores", of: string): Answered {
  const found = recipient(policy, of);
  if (found === undefined) return unknown(`the notice names no recipient \`${of}\``);
  const { id, agreement, holds, assumed = [] } = found;
  if (assumed.includes(about === "stores" ? "holds" : "agreement"))
    return unknown("the published text does not state it", [id]);
  if (about === "agreement")
    return agreement === undefined
      ? unknown("no agreement is named", [id])
      : { answer: `yes: ${agreement}`, clauses: [id] };
  switch (holds) {
    case "stores":
      return { answer: "yes: it stores what it gets", clauses: [id] };
    case "transits":
      return { answer: "no: it only passes it on", clauses: [id] };
    case "nothing":
      return { answer: "no: it holds nothing", clauses: [id] };
    case "not stated":
      return unknown("the notice says that this is not stated", [id]);
    default:
      return holds satisfies never;
  }
}

function recipient(policy: Policy, id: string): Recipient | undefined {
  const own = policy.notice.recipients.find((each) => each.id === id);
  return own ?? (policy.parent === undefined ? undefined : recipient(policy.parent, id));
}

function promisesOf(policy: Policy): readonly NoticePromise[] {
  return [...policy.notice.promises, ...(policy.parent === undefined ? [] : promisesOf(policy.parent))];
}

function words(promise: NoticePromise, key: string): readonly string[] {
  const value = promise.detail[key];
  return value === undefined ? [] : [value].flat();
}

export function sentenceOf(policy: Policy, id: string): string {
  const own = policy.clauses.find((each) => each.id === id)?.sentence;
  return own ?? (policy.parent === undefined ? id : sentenceOf(policy.parent, id));
}
