// The schema of one practice: every key of the reader, what must stand together, and what may not.
import { conditions, grounds, ownDevice } from "../model/values.ts";
import { practiceKeys } from "../syntax/keys.ts";
import { type Schema, block, eitherWay, oneOrMore, reference, text } from "./json-schema.ts";
import { formPattern, word, words } from "./words.ts";

type PracticeKey = (typeof practiceKeys)[number];

export function practiceSchema(isOpen: boolean): Schema {
  const id = reference("id");
  const properties: Readonly<Record<PracticeKey, Schema>> = {
    id,
    from: words("whose data it is", "subject", isOpen),
    reads: words("looked at in memory, never written", "data", isOpen),
    data: words("what is held, or sent on where nothing is kept", "data", isOpen),
    except: oneOrMore("words below the others that are left out", text("a word of the vocabulary")),
    held: { description: "where it rests when not with us", const: ownDevice },
    sends: words("what goes to the recipients; silent: all of `data`", "data", isOpen),
    "sent as": reference("form"),
    for: words("what it is for", "purpose", isOpen),
    when: {
      description: "on what condition; a block gives each condition its purposes",
      anyOf: [reference("condition"), perCondition(words("its purposes", "purpose", isOpen))],
    },
    basis: {
      description: "on what legal basis",
      anyOf: [word("basis", isOpen), perCondition(word("basis", isOpen))],
    },
    form: reference("form"),
    keep: {
      description: "how long, or stages by form",
      anyOf: [
        reference("keep"),
        {
          type: "object",
          minProperties: 1,
          additionalProperties: false,
          patternProperties: { [formPattern]: reference("keep") },
        },
      ],
    },
    to: oneOrMore("who gets it: nobody, public, recipients or groups by id", {
      anyOf: [{ enum: ["nobody", "public"] }, id],
    }),
    needs: id,
    assumed: oneOrMore("keys whose value the published text does not state", {
      enum: practiceKeys.filter((key) => key !== "id" && key !== "assumed"),
    }),
  };
  const isBlock = (key: PracticeKey): Schema => ({ required: [key], properties: { [key]: { type: "object" } } });
  return {
    ...block("one thing done with data", properties, ["id", "from", "when", "basis", "keep", "to"]),
    anyOf: [{ required: ["data"] }, { required: ["reads"] }],
    allOf: [
      eitherWay(isBlock("when"), { not: { required: ["for"] } }, { required: ["for"] }),
      eitherWay(isBlock("keep"), { not: { required: ["form"] } }, { required: ["form"] }),
      eitherWay(isBlock("basis"), isBlock("when"), {}),
    ],
  };
}

function perCondition(value: Schema): Schema {
  return {
    type: "object",
    minProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries([...conditions, ...grounds].map((each) => [each, value])),
  };
}
