// The keys of every block of a notice, in the order of docs/design/language.md; the readers and the editor's schema share them.
import type { PromiseKind } from "../model/notice.ts";

export const noticeKeys = [
  "avow",
  "notice",
  "title",
  "example",
  "controller",
  "covers",
  "installed",
  "addendum to",
  "see also",
  "terms",
  "recipients",
  "groups",
  "features",
  "venues",
  "practices",
  "promises",
  "page",
  "words",
] as const;

export const controllerKeys = ["name", "contact"] as const;
export const coveredKeys = ["host", "stores", "caution"] as const;
export const termKeys = ["kind", "is", "means"] as const;

export const recipientKeys = [
  "role",
  "name",
  "does",
  "holds",
  "stores as",
  "keeps",
  "for",
  "reached",
  "hosts",
  "sees",
  "visible to us",
  "through",
  "agreement",
  "privacy",
  "vouched",
  "assumed",
] as const;
export const voucherKeys = ["says", "by", "on", "until"] as const;

export const featureKeys = ["does", "needs", "when", "within", "off"] as const;
export const venueKeys = ["name", "operator", "url", "privacy", "contact"] as const;

export const practiceKeys = [
  "id",
  "from",
  "reads",
  "data",
  "except",
  "held",
  "sends",
  "sent as",
  "for",
  "when",
  "basis",
  "form",
  "keep",
  "to",
  "needs",
  "assumed",
] as const;

export const banKeys = ["data", "from", "for", "to", "together"] as const;
export const messageKeys = ["on", "for", "text"] as const;

/** Keys that may stand beside each kind of promise; they are part of its sentence. */
export const promiseSideKeys: Readonly<Record<PromiseKind, readonly string[]>> = {
  never: [],
  rights: ["within"],
  changes: [],
  cookies: [],
  "no account for": [],
  "disclosed only": ["receiver"],
  mail: ["except", "messages"],
  "told first": [],
  "free of": ["except"],
  "vendor of": [],
  questions: [],
  "applies to": [],
  secured: [],
  attested: [],
  says: [],
};
