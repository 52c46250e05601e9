// One practice as English: from whom, which data, what for, on what condition, how long, to whom.
import { formText } from "../model/form-order.ts";
import type { Form, Keep, Practice, Stage } from "../model/notice.ts";
import { type Names } from "./names.ts";
import { listed, plural, sentence } from "./lists.ts";

export function practiceSentence(practice: Practice, names: Names): string {
  return [opening(practice, names), keeping(practice), going(practice, names)].filter((each) => each !== "").join(" ");
}

function opening(practice: Practice, names: Names): string {
  const { reads, data } = practice;
  const isHeld = practice.keep.some((stage) => stage.keep.kind !== "never by us");
  const verb = isHeld ? "hold" : "pass on, and do not keep,";
  const looked =
    reads.length === 0
      ? ""
      : `read ${listed(reads)} in memory, never writing ${reads.length === 1 && data.length > 0 ? "it" : "them"} down`;
  const held = data.length === 0 ? "" : `${verb} ${listed(data)}`;
  const both = looked !== "" && held !== "" ? `${held}, and ${looked},` : `${held}${looked === "" ? "" : `${looked},`}`;
  const condition = conditionText(practice, names);
  const basis = practice.basis === "" ? "" : ` (${practice.basis})`;
  const from = listed(practice.from.map(plural));
  return sentence(`from ${from} we ${both} for ${listed(practice.for)}${condition}${basis}`.replaceAll(/,,/g, ","));
}

function conditionText(practice: Practice, names: Names): string {
  const feature =
    practice.needs === undefined
      ? ""
      : `, only once the feature that ${names.feature(practice.needs) ?? practice.needs} is on`;
  return `${whenText(practice.when)}${feature}`;
}

function whenText(when: string): string {
  switch (when) {
    case "always":
      return "";
    case "necessary":
      return ", as far as that is necessary";
    case "opt-out":
      return ", unless you object or your browser sends a refusal signal";
    case "opt-in":
      return ", only if you say yes";
    case "authorised by the person":
      return ", only where you have authorised it";
    case "necessary for what they requested":
      return ", only as far as what you requested needs it";
    case "fraud or misuse":
      return ", only to detect fraud or misuse";
    case "required by law":
      return ", only where the law requires it";
    default:
      return `, on the condition: ${when}`;
  }
}

function keeping(practice: Practice): string {
  if (practice.data.length === 0) return practice.reads.length > 0 ? "Nothing of it is kept." : "";
  const stages = practice.keep;
  if (stages.length === 0) return "";
  if (stages.every((stage) => stage.keep.kind === "never by us")) return "We keep none of it.";
  return sentence(`it is kept ${listed(stages.map(stageText), "then")}`.replace(" then ", ", then "));
}

function stageText(stage: Stage): string {
  return `${formWords(stage.form)} ${keepWords(stage.keep)}`;
}

function formWords(form: Form): string {
  switch (form.kind) {
    case "raw":
      return "as it is";
    case "aggregate":
      return `as counts of at least ${form.least}`;
    default:
      return formText(form);
  }
}

function keepWords(keep: Keep): string {
  if (keep.kind !== "for") return keep.text;
  return keep.text.startsWith("until ") ? keep.text : `for ${keep.text}`;
}

function going(practice: Practice, names: Names): string {
  if (practice.to.length === 0) return "It goes to nobody.";
  const to = listed(practice.to.map((id) => names.recipient(id)));
  const isAll =
    practice.sends.length === practice.data.length && practice.sends.every((each) => practice.data.includes(each));
  return sentence(
    isAll
      ? `it goes to ${to}`
      : `of this, ${listed(practice.sends)} ${practice.sends.length === 1 ? "goes" : "go"} to ${to}`,
  );
}
