// The JSON Schema of a notice for editors, made from the very keys and words the readers know; a test holds schema/notice.schema.json to it.
import { holdings, placeWords, reaches, roles } from "../model/values.ts";
import { termKinds } from "../model/vocabulary.ts";
import type { Vocabulary } from "../model/vocabulary.ts";
import type {
  controllerKeys,
  coveredKeys,
  featureKeys,
  noticeKeys,
  recipientKeys as RecipientKeys,
  termKeys,
  venueKeys,
} from "../syntax/keys.ts";
import { recipientKeys } from "../syntax/keys.ts";
import { type Schema, anyNumber, block, eitherWay, keyedBy, oneOf, oneOrMore, reference, text } from "./json-schema.ts";
import { practiceSchema } from "./practice-schema.ts";
import { promiseSchema, voucherSchema } from "./promise-schema.ts";
import { idPattern, keepsPattern, word, wordDefinitions, words } from "./words.ts";

/** Draft 7. Vocabulary words are enumerations, unless the notice adds words of its own or extends one that may. */
export function noticeSchema(vocabulary: Vocabulary): Schema {
  const addsWords = { anyOf: [{ required: ["terms"] }, { required: ["addendum to"] }] };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A privacy notice in the language of Avow",
    ...block("one notice", topProperties(), ["avow", "notice", "title", "controller", "page"]),
    ...eitherWay(addsWords, { properties: wordy(true) }, { properties: wordy(false) }),
    definitions: {
      ...wordDefinitions(vocabulary),
      voucher: voucherSchema(),
      practice: practiceSchema(false),
      "practice or added": practiceSchema(true),
      promise: promiseSchema(false),
      "promise or added": promiseSchema(true),
      recipient: recipientSchema(false),
      "recipient or added": recipientSchema(true),
    },
  };
}

/** Sections that use words of the vocabulary. */
function wordy(isOpen: boolean): Readonly<Record<string, Schema>> {
  const of = (name: string): Schema => reference(isOpen ? `${name} or added` : name);
  const isFree = { not: { enum: placeWords } };
  return {
    recipients: { ...keyedBy("who gets data", idPattern, of("recipient")), propertyNames: isFree },
    practices: { type: "array", minItems: 1, items: of("practice") },
    promises: { type: "array", minItems: 1, items: of("promise") },
  };
}

function topProperties(): Readonly<Record<(typeof noticeKeys)[number], Schema>> {
  const ids = oneOrMore("ids of clauses", reference("id"));
  return {
    avow: { description: "version of the language", const: 1 },
    notice: reference("id"),
    title: text("as people read it"),
    example: text("whose published notice it follows, on examples only"),
    controller: controllerSchema(),
    covers: { description: "hosts it speaks for", type: "array", minItems: 1, items: coveredSchema() },
    installed: {
      description: "names of the software by how it is installed",
      type: "object",
      additionalProperties: oneOrMore("names", text("a name")),
    },
    "addendum to": reference("path"),
    "see also": oneOrMore("notices of their own", reference("path")),
    terms: {
      description: "words this notice adds, each below a known one",
      type: "object",
      maxProperties: 500,
      additionalProperties: termSchema(),
    },
    recipients: { type: "object" },
    groups: keyedBy("one name for several recipients", idPattern, oneOrMore("recipients by id", reference("id"))),
    features: keyedBy("what needs a recipient and a yes", idPattern, featureSchema()),
    venues: keyedBy("places run by somebody else", idPattern, venueSchema()),
    practices: { description: "what is done with data", type: "array" },
    promises: { description: "guarantees and nevers", type: "array" },
    page: {
      description: "headings with the ids under them; every clause exactly once",
      type: "array",
      minItems: 1,
      items: { type: "object", minProperties: 1, maxProperties: 1, additionalProperties: ids },
    },
    words: {
      description: "your own prose by clause; the generated sentence stays beside it",
      type: "object",
      additionalProperties: text("prose", 1_200),
    },
  };
}

function controllerSchema(): Schema {
  const properties: Readonly<Record<(typeof controllerKeys)[number], Schema>> = {
    name: text("who answers for the data"),
    contact: text("whom to ask: an address for mail or a link"),
  };
  return block("whose notice it is", properties, ["name", "contact"]);
}

function coveredSchema(): Schema {
  const properties: Readonly<Record<(typeof coveredKeys)[number], Schema>> = {
    host: reference("host"),
    stores: { const: "nothing" },
    caution: text("what not to bring there"),
  };
  return {
    anyOf: [reference("host"), { ...block("a host", properties, ["host"]), dependencies: { stores: ["caution"] } }],
  };
}

function termSchema(): Schema {
  const properties: Readonly<Record<(typeof termKeys)[number], Schema>> = {
    kind: oneOf("what it can be used as", termKinds),
    is: oneOrMore("the broader words it stands below", text("a word")),
    means: text("one sentence"),
  };
  return block("a word", properties, ["kind", "is", "means"]);
}

function featureSchema(): Schema {
  const properties: Readonly<Record<(typeof featureKeys)[number], Schema>> = {
    does: text("what it does, as in: lets you pay by card"),
    needs: oneOrMore("recipients or groups by id", reference("id")),
    when: { const: "opt-in" },
    within: reference("id"),
    off: text("how to turn it off for an installation"),
  };
  return block("something off until a yes", properties, ["does", "needs", "when"]);
}

function venueSchema(): Schema {
  const link = reference("link");
  const properties: Readonly<Record<(typeof venueKeys)[number], Schema>> = {
    name: text("what it is called"),
    operator: text("who runs it"),
    url: link,
    privacy: link,
    contact: link,
  };
  return block("a place run by somebody else", properties, ["name", "operator", "url", "privacy", "contact"]);
}

function recipientSchema(isOpen: boolean): Schema {
  const link = reference("link");
  const properties: Readonly<Record<(typeof RecipientKeys)[number], Schema>> = {
    role: oneOf("what it is to us", roles),
    name: text("what it is called"),
    does: text("what it does, as in: carries every request"),
    holds: oneOf("what becomes of the data there", holdings),
    "stores as": reference("form"),
    keeps: { description: "how long it keeps what it gets", type: "string", pattern: keepsPattern },
    for: words("what it uses the data for itself", "purpose", isOpen),
    reached: oneOf("by the person's own machine, or by us", reaches),
    hosts: anyNumber("its hosts", reference("host")),
    sees: anyNumber("what it sees when it is used; silent: not stated", word("data", isOpen)),
    "visible to us": oneOf("whether we can see what it gets", ["yes", "no"]),
    through: anyNumber("recipients it stands on, by id", reference("id")),
    agreement: link,
    privacy: link,
    vouched: { anyOf: [{ const: "not yet" }, reference("voucher")] },
    assumed: oneOrMore("keys whose value the published text does not state", {
      enum: recipientKeys.filter((key) => key !== "assumed"),
    }),
  };
  return block("who gets data", properties, ["role", "name", "does", "holds"]);
}
