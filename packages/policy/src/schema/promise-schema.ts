// The schema of one promise: an id, exactly one kind, and beside it only the keys that kind has.
import { promiseKinds } from "../model/notice.ts";
import { everybody, grounds, ourselves, ownDevice } from "../model/values.ts";
import { type banKeys, type messageKeys, promiseSideKeys, type voucherKeys } from "../syntax/keys.ts";
import { type Schema, block, keyedBy, oneOrMore, reference, text } from "./json-schema.ts";
import { idPattern, word, words } from "./words.ts";

export function voucherSchema(): Schema {
  const properties: Readonly<Record<(typeof voucherKeys)[number], Schema>> = {
    says: text("what is vouched for"),
    by: text("who vouches"),
    on: reference("day"),
    until: reference("day"),
  };
  return block("a dated word of somebody", properties, ["says", "by", "on", "until"]);
}

export function promiseSchema(isOpen: boolean): Schema {
  const plain = oneOrMore("what is promised", text("one thing"));
  const kinds = Object.fromEntries(promiseKinds.map((kind) => [kind, kindSchema(kind, isOpen, plain)]));
  const beside: Readonly<Record<string, Schema>> = {
    within: plain,
    receiver: plain,
    except: plain,
    messages: keyedBy(
      "messages sent without a yes, each fixed and once for its event",
      idPattern,
      messageSchema(isOpen),
    ),
  };
  const owners = Object.keys(beside).map((key) => [
    key,
    { anyOf: promiseKinds.filter((kind) => promiseSideKeys[kind].includes(key)).map((kind) => ({ required: [kind] })) },
  ]);
  return {
    description: "a guarantee or a never",
    type: "object",
    additionalProperties: false,
    required: ["id"],
    properties: { id: reference("id"), ...kinds, ...beside },
    oneOf: promiseKinds.map((kind) => ({ required: [kind] })),
    dependencies: Object.fromEntries(owners),
  };
}

function kindSchema(kind: (typeof promiseKinds)[number], isOpen: boolean, plain: Schema): Schema {
  if (kind === "never") return banSchema(isOpen);
  if (kind === "attested") return reference("voucher");
  if (kind === "rights") return words("what people may ask for", "right", isOpen);
  if (kind === "disclosed only") return oneOrMore("the only grounds of disclosure", { enum: grounds });
  if (kind === "says") return oneOrMore("what is said and nothing more", text("one thing", 1_000));
  return plain;
}

function banSchema(isOpen: boolean): Schema {
  const together = words("kinds of data that are never together", "data", isOpen);
  const properties: Readonly<Record<(typeof banKeys)[number], Schema>> = {
    data: words("data that is kept out", "data", isOpen),
    from: words("of whom", "subject", isOpen),
    for: words("for what", "purpose", isOpen),
    to: oneOrMore("from whom it is kept", { anyOf: [{ enum: [everybody, ourselves, ownDevice] }, reference("id")] }),
    together: { ...together, type: "array", minItems: 2 },
  };
  return { ...block("what must not happen, found by overlap", properties, []), minProperties: 1 };
}

function messageSchema(isOpen: boolean): Schema {
  const properties: Readonly<Record<(typeof messageKeys)[number], Schema>> = {
    on: word("event", isOpen),
    for: word("purpose", isOpen),
    text: text("what is sent, word for word", 2_000),
  };
  return block("a message of fixed words", properties, ["on", "for", "text"]);
}
