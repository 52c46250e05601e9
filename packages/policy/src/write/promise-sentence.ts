// One promise as English, a sentence for each kind.
import type { Ban, Message, NoticePromise } from "../model/notice.ts";
import { ourselves, ownDevice } from "../model/values.ts";
import { listed, plural, sentence, theData } from "./lists.ts";
import type { Names } from "./names.ts";

export function promiseSentence(promise: NoticePromise, names: Names): string {
  return sentence(text(promise, names));
}

function text(promise: NoticePromise, names: Names): string {
  const { kind, detail } = promise;
  const main = listed(valuesOf(detail[kind]));
  switch (kind) {
    case "never":
      return promise.ban === undefined ? "" : banText(promise.ban, names);
    case "rights":
      return `of what we hold about you, you may ask us to ${listed(valuesOf(detail["rights"]).map(rightText))}${within(detail["within"])}`;
    case "changes":
      return changesText(main);
    case "cookies":
      return `cookies ${main}`;
    case "no account for":
      return `no account is needed for ${listed(valuesOf(detail[kind]), "or")}`;
    case "disclosed only":
      return `we disclose personal data only on these grounds: ${main}${receiver(detail["receiver"])}`;
    case "mail":
      return `mail from us is ${main}${exceptText(detail["except"])}${messagesText(promise.messages)}`;
    case "told first":
      return `before you give anything you are told ${main}`;
    case "free of":
      return `what this notice covers is free of ${main}${exceptText(detail["except"])}`;
    case "vendor of":
      return main === "nobody" ? "we are nobody's vendor or service provider" : `we are the vendor of ${main}`;
    case "questions":
      return `questions go to ${main === "controller" ? "the controller named above" : main}`;
    case "applies to":
      return `this notice applies to ${listed(valuesOf(detail[kind]).map((who) => peopleText(who, names)))}`;
    case "secured":
      return `what we hold is secured by ${main}`;
    case "attested":
      return attestedText(promise);
    case "says":
      return main;
    default:
      return kind satisfies never;
  }
}

/** The usual promise in words that cannot be read as "data held without consent". */
function changesText(said: string): string {
  return said === "never weaker for data already held without consent"
    ? "a change of this notice never weakens the protection of data we already hold, unless the person it is about agrees"
    : `changes of this notice are ${said}`;
}

/** A word of the vocabulary in the plural; the author's own words as they stand. */
function peopleText(who: string, names: Names): string {
  return names.vocabulary.has("subject", who) ? plural(who) : who;
}

function attestedText({ voucher }: NoticePromise): string {
  return voucher === undefined
    ? ""
    : `${voucher.says} (vouched for by ${voucher.by}, from ${voucher.on} until ${voucher.until})`;
}

/** `We never hold, use or send postal address from voting members to the public.` */
function banText(ban: Ban, names: Names): string {
  const joined = ban.together.length === 0 ? "" : `${theData(ban.together)} together`;
  const data = ban.data.length === 0 ? "" : theData(ban.data, "or");
  const what = [data, joined].filter((each) => each !== "").join(", and ") || "anything";
  const from = ban.from.length === 0 ? "" : ` from ${listed(ban.from.map(plural), "or")}`;
  const purpose = ban.for.length === 0 ? "" : ` for ${listed(ban.for, "or")}`;
  const others = ban.to.filter((id) => id !== ourselves && id !== ownDevice).map((id) => names.recipient(id));
  const parts = [
    ...(ban.to.includes(ourselves) ? [`get ${what}${from} ourselves${purpose}`] : []),
    ...(others.length === 0 ? [] : [`give ${what}${from} to ${listed(others, "or")}${purpose}`]),
    ...(ban.to.includes(ownDevice) ? [`keep ${what}${from} on their own device${purpose}`] : []),
  ];
  if (parts.length > 0) return `we never ${parts.join(", and never ")}`;
  return `we never hold, use or send ${what}${from}${purpose}`;
}

/** PS9: what comes without a yes is a closed list, each with its cause and its very words. */
function messagesText(messages: readonly Message[] | undefined): string {
  if (messages === undefined || messages.length === 0) return "";
  const each = messages.map((message) => `when ${message.on}, “${message.text}”`);
  return `; without your yes we send only this, word for word and once each time: ${listed(each)}`;
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function rightText(right: string): string {
  switch (right) {
    case "access":
      return "show it to you";
    case "correct":
      return "correct it";
    case "delete":
      return "delete it";
    case "restrict":
      return "restrict its use";
    case "object":
      return "stop using it";
    case "report misuse":
      return "look into a misuse you report";
    default:
      return right;
  }
}

function within(value: string | readonly string[] | undefined): string {
  return value === undefined ? "" : `; we do so within ${listed(valuesOf(value))}`;
}

function receiver(value: string | readonly string[] | undefined): string {
  const said = listed(valuesOf(value));
  if (said === "") return "";
  return said === "same protection"
    ? "; whoever receives it must protect it at least as well"
    : `; the receiver: ${said}`;
}

function exceptText(value: string | readonly string[] | undefined): string {
  return value === undefined ? "" : `, except for ${listed(valuesOf(value))}`;
}
