// One recipient as English: who it is, what it does, what it sees and keeps, who vouches for it.
import type { Recipient } from "../model/notice.ts";
import { formWords, keepWords, purposeText } from "./practice-sentence.ts";
import { listed, sentence, theData, withArticle } from "./lists.ts";
import type { Names } from "./names.ts";

export function recipientSentence(recipient: Recipient, names: Names): string {
  return [
    roleText(recipient),
    reachText(recipient),
    holdText(recipient),
    useText(recipient),
    seenText(recipient),
    throughText(recipient, names),
    vouchText(recipient),
  ]
    .filter((each) => each !== "")
    .map(sentence)
    .join(" ");
}

function roleText({ name, role, does }: Recipient): string {
  return `${name}, ${withArticle(role)}, ${does}`;
}

function reachText(recipient: Recipient): string {
  if (recipient.reached !== "directly") return "";
  const hosts = recipient.hosts.length === 0 ? "" : ` at ${listed(recipient.hosts)}`;
  const visible =
    recipient.visibleToUs === true
      ? ", and we can see what it gets"
      : recipient.visibleToUs === false
        ? ", and we cannot see what it gets"
        : "";
  return `your own machine contacts it${hosts}${visible}`;
}

function useText({ usesFor, name }: Recipient): string {
  return usesFor === undefined ? "" : `${name} uses it ${purposeText(usesFor)}, and for nothing else`;
}

function holdText({ holds, storesAs, keeps }: Recipient): string {
  switch (holds) {
    case "stores":
      return `it stores what it gets${storesAs === undefined ? "" : ` ${formWords(storesAs, ["it"])}`}${keeps === undefined ? "" : ` ${keepWords(keeps)}`}`;
    case "transits":
      return "what it gets passes through and is not kept there";
    case "nothing":
      return "it keeps nothing";
    case "not stated":
      return "whether it keeps what it gets is not stated";
    default:
      return holds satisfies never;
  }
}

function seenText({ sees }: Recipient): string {
  if (sees === undefined) return "what it sees when it is used is not stated";
  return sees.length === 0 ? "it sees nothing of you" : `when it is used it sees ${theData(sees)}`;
}

function throughText({ through }: Recipient, names: Names): string {
  return through.length === 0 ? "" : `it stands on ${listed(through.map((id) => names.recipient(id)))}`;
}

function vouchText({ vouched }: Recipient): string {
  if (vouched === undefined) return "";
  if (vouched === "not yet") return "nobody has vouched for its protection yet";
  return `${vouched.by} vouches for it, from ${vouched.on} until ${vouched.until}: ${vouched.says}`;
}
