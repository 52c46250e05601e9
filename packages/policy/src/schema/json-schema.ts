// The small part of JSON Schema (draft 7, which editors read) that the notice schema is written in.

/** A schema as a plain JSON value. */
export type Schema = { readonly [keyword: string]: unknown };

export const reference = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/** A text of one line or more. */
export function text(description: string, maxLength = 500): Schema {
  return { description, type: "string", minLength: 1, maxLength };
}

/** One of a closed set of words. */
export function oneOf(description: string, words: readonly string[]): Schema {
  return { description, enum: words };
}

/** A list of at least one, or one alone. */
export function oneOrMore(description: string, item: Schema): Schema {
  return { description, anyOf: [item, { type: "array", minItems: 1, uniqueItems: true, items: item }] };
}

/** The same, where an empty list says "none". */
export function anyNumber(description: string, item: Schema): Schema {
  return { description, anyOf: [item, { type: "array", uniqueItems: true, items: item }] };
}

/** A block of known keys. */
export function block<K extends string>(
  description: string,
  properties: Readonly<Record<K, Schema>>,
  required: readonly K[],
): Schema {
  return { description, type: "object", additionalProperties: false, required, properties };
}

/** One schema where another holds, and a third where it does not. */
export function eitherWay(where: Schema, holds: Schema, otherwise: Schema): Schema {
  // oxlint-disable-next-line unicorn/no-thenable -- the keyword is JSON Schema's
  return { if: where, then: holds, else: otherwise };
}

/** A block keyed by ids. */
export function keyedBy(description: string, pattern: string, value: Schema): Schema {
  return {
    description,
    type: "object",
    minProperties: 1,
    additionalProperties: false,
    patternProperties: { [pattern]: value },
  };
}
