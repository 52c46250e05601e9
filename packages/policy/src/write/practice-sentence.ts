// One practice as English: from whom, which data, what for, on what condition, how long, to whom.
import { formText } from "../model/form-order.ts";
import type { Form, Keep, Practice, Stage } from "../model/notice.ts";
import { isDirect, isHeldByUs } from "../model/practice-reach.ts";
import { listed, plural, sentence, theData } from "./lists.ts";
import type { Names } from "./names.ts";

export function practiceSentence(practice: Practice, names: Names): string {
  return [opening(practice, names), keeping(practice), looking(practice), going(practice, names)]
    .filter((each) => each !== "")
    .map(sentence)
    .join(" ");
}

/** Whether anything of it is kept, by us or on their own device. */
function isKept(practice: Practice): boolean {
  return isHeldByUs(practice) || (practice.held !== undefined && practice.data.length > 0);
}

function isStraight(practice: Practice, names: Names): boolean {
  return practice.held === undefined && isDirect(practice, (id) => names.isReachedDirectly(id));
}

function opening(practice: Practice, names: Names): string {
  const { reads, data, basis } = practice;
  const from = listed(practice.from.map(plural));
  const purpose = purposeText(practice.for);
  const rest = `${purpose}${conditionText(practice, names)}${basis === "" ? "" : ` (${basis})`}`;
  if (data.length === 0) return `from ${from} we read ${theData(reads)} in memory, and write nothing down, ${rest}`;
  if (practice.held !== undefined)
    return `from ${from}, ${theData(data)} ${one(data, "rests", "rest")} on their own device, not with us, ${rest}`;
  if (isStraight(practice, names)) {
    const receivers = listed(practice.to.map((id) => names.recipient(id)));
    const form = sentForm(practice, data);
    return `from ${from}, ${theData(data)} ${one(data, "goes", "go")} straight from their own machine to ${receivers}${form}, not through us, ${rest}`;
  }
  const verb = practice.to.length === 0 ? "use" : "pass on";
  return isHeldByUs(practice)
    ? `from ${from} we hold ${theData(data)} ${rest}`
    : `from ${from} we ${verb} ${theData(data)}, and do not keep ${one(data, "it", "them")}, ${rest}`;
}

/** `to improve the service` where the purpose is something one does, `for payment` where it is a thing. */
export function purposeText(purposes: readonly string[]): string {
  const verbs = purposes.map(verbOf);
  const doing = verbs.filter((each) => each !== undefined);
  const things = purposes.filter((_, number) => verbs[number] === undefined);
  const parts = [doing.length === 0 ? "" : `to ${listed(doing)}`, things.length === 0 ? "" : `for ${listed(things)}`];
  return parts.filter((each) => each !== "").join(" and ");
}

/** Purposes that begin with a gerund, or are a known noun of doing, as a verb. */
function verbOf(purpose: string): string | undefined {
  const whole = deeds[purpose];
  if (whole !== undefined) return whole;
  const [first = "", ...rest] = purpose.split(" ");
  const stem = gerunds[first];
  return stem === undefined ? undefined : [stem, ...rest].join(" ");
}

/** Purposes whose gerund leaves out what is done, or to whom. */
const deeds: Readonly<Record<string, string>> = {
  administering: "administer what we run",
  informing: "inform them",
  replying: "reply to them",
  "service provision": "provide the service",
};

const gerunds: Readonly<Record<string, string>> = {
  answering: "answer",
  complying: "comply",
  contacting: "contact",
  counting: "count",
  defending: "defend",
  detecting: "detect",
  fetching: "fetch",
  enforcing: "enforce",
  enrolling: "enrol",
  finding: "find",
  fixing: "fix",
  improving: "improve",
  investigating: "investigate",
  keeping: "keep",
  maintaining: "maintain",
  managing: "manage",
  measuring: "measure",
  opening: "open",
  preventing: "prevent",
  processing: "process",
  protecting: "protect",
  providing: "provide",
  publishing: "publish",
  running: "run",
  securing: "secure",
  sending: "send",
  showing: "show",
  watching: "watch",
};

function conditionText({ when, needs }: Practice, names: Names): string {
  const feature =
    needs === undefined
      ? undefined
      : `only once they have said yes to the feature that ${names.feature(needs) ?? needs}`;
  // A feature waits for a yes by itself: to say so twice would read as two answers.
  const condition = feature !== undefined && when === "opt-in" ? undefined : whenText(when);
  const both = [condition, feature].filter((each) => each !== undefined && each !== "").join(" and ");
  return both === "" ? "" : `, ${both}`;
}

function whenText(when: string): string {
  switch (when) {
    case "always":
      return "";
    case "necessary":
      return "as far as that is necessary";
    case "opt-out":
      return "unless they object or their browser sends a refusal signal";
    case "opt-in":
      return "only if they say yes";
    case "authorised by the person":
      return "only where they have authorised it";
    case "necessary for what they requested":
      return "only as far as what they requested needs it";
    case "fraud or misuse":
      return "only to detect fraud or misuse";
    case "required by law":
      return "only where the law requires it";
    default:
      return `on the condition: ${when}`;
  }
}

function keeping(practice: Practice): string {
  const { data, keep } = practice;
  if (!isKept(practice)) return "";
  const stages = keep.map((stage) => stageText(stage, data));
  const last = stages.at(-1) ?? "";
  const text = stages.length < 2 ? last : `${stages.slice(0, -1).join(", ")}, then ${last}`;
  const where = practice.held === undefined ? "" : "there ";
  return `${one(data, "it is", "they are")} kept ${where}${text}`;
}

function stageText(stage: Stage, data: readonly string[]): string {
  return `${formWords(stage.form, data)} ${keepWords(stage.keep)}`;
}

export function formWords(form: Form, data: readonly string[]): string {
  if (form.kind === "raw") return one(data, "as it is", "as they are");
  return form.kind === "aggregate" ? `as counts of at least ${form.least}` : `in ${formText(form)} form`;
}

export function keepWords(keep: Keep): string {
  return keep.kind !== "for" || keep.text.startsWith("until ") ? keep.text : `for ${keep.text}`;
}

/** What is looked at beside what is held. */
function looking({ reads, data }: Practice): string {
  return reads.length === 0 || data.length === 0
    ? ""
    : `to do so we read ${theData(reads)} in memory and never write ${one(reads, "it", "them")} down`;
}

function going(practice: Practice, names: Names): string {
  const { to, data, reads, sends } = practice;
  if (data.length > 0 && isStraight(practice, names)) return "";
  const subject = one(data.length === 0 ? reads : data, "it goes", "they go");
  if (to.length === 0) return `${subject} to nobody`;
  const receivers = listed(to.map((id) => names.recipient(id)));
  const isAll = sends.length === data.length && sends.every((each) => data.includes(each));
  const what = isAll ? subject : `of this, ${theData(sends)} ${one(sends, "goes", "go")}`;
  return `${what} to ${receivers}${sentForm(practice, sends)}`;
}

/** The form in which it is sent, where that is another than the one it is kept in. */
function sentForm({ sentAs }: Practice, sends: readonly string[]): string {
  return sentAs === undefined ? "" : `, ${formWords(sentAs, sends)}`;
}

function one(items: readonly string[], singular: string, several: string): string {
  return items.length === 1 ? singular : several;
}
