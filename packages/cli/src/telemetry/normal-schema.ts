// Draft 7 as projects write it, to the part that has a meaning: references written out, unknown keywords gone, the impossible refused.
import type { Schema, SchemaObject } from "@avow/gate/telemetry-schema";
import { patternOf } from "@avow/gate/telemetry-schema";
import { type Placed, type Reading, listOf, mapOf, plainOf, say, textOf } from "./placed-value.ts";

/** A schema file with where its references lead. */
export interface SchemaFile {
  readonly reading: Reading;
  readonly root: Placed;
}

/** Said of schemas by Jupyter and by JSON Schema itself: read elsewhere, or without a meaning for values. */
const silent = new Set([
  "$id",
  "$schema",
  "$comment",
  "$defs",
  "definitions",
  "title",
  "description",
  "default",
  "examples",
  "format",
  "readOnly",
  "writeOnly",
  "version",
  "personal-data",
  "categories",
]);
const types = ["string", "number", "integer", "boolean", "null", "array", "object"];
const lengths = ["minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength"] as const;
const amounts = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;
const several = ["allOf", "anyOf", "oneOf"] as const;
const single = ["not", "if", "then", "else", "additionalProperties", "additionalItems", "contains"] as const;
const mostParts = 5000;

/** What a reference of this file leads to, and whatever stands beside it; the chain tells a circle. */
export function resolved(file: SchemaFile, node: Placed, chain: readonly Placed[] = []): readonly Placed[] {
  const reference = mapOf(node)?.get("$ref");
  if (reference === undefined) return [node];
  const target = targetOf(file, textOf(reference) ?? "");
  if (target === undefined) {
    const says = `\`$ref\` \`${(textOf(reference) ?? "").slice(0, 100)}\` leads nowhere in this file`;
    say(file.reading, "schema-unreadable-part", reference.span, says, "references start with `#/`; write others out");
    return [node];
  }
  if (chain.includes(target)) return [node];
  return [node, ...resolved(file, target, [...chain, target])];
}

function targetOf({ root }: SchemaFile, reference: string): Placed | undefined {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  let node: Placed | undefined = root;
  for (const part of reference.slice(2).split("/")) {
    const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    node = mapOf(node)?.get(name) ?? listOf(node)?.[/^\d+$/.test(name) ? Number(name) : -1];
  }
  return node;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Undefined when it is too large or goes in a circle; what is wrong is said. */
export function normalSchema(file: SchemaFile, node: Placed): Schema | undefined {
  const before = file.reading.diagnostics.length;
  try {
    const schema = new Normaliser(file).schema(node, []);
    return file.reading.diagnostics.slice(before).some(({ severity }) => severity === "error") ? undefined : schema;
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    const says = `written out, the schema has more than ${mostParts} parts`;
    say(file.reading, "telemetry-too-large", node.span, says, "use fewer references to large parts");
    return undefined;
  }
}

class TooLarge extends Error {}

class Normaliser {
  readonly #file: SchemaFile;
  #parts = 0;

  constructor(file: SchemaFile) {
    this.#file = file;
  }

  schema(node: Placed, chain: readonly Placed[]): Schema {
    this.#parts += 1;
    if (this.#parts > mostParts) throw new TooLarge();
    if (typeof node.value === "boolean") return node.value;
    const keywords = mapOf(node);
    if (keywords === undefined) return this.#refuse(node, "a schema is an object, `true` or `false`");
    const reference = keywords.get("$ref");
    if (reference === undefined) return this.#object(keywords, chain);
    const target = targetOf(this.#file, textOf(reference) ?? "");
    if (target === undefined) return this.#refuse(reference, "`$ref` leads nowhere in this file");
    if (chain.includes(target)) {
      say(
        this.#file.reading,
        "schema-recursive",
        reference.span,
        "the schema contains itself",
        "an event has a bounded size: write out as many levels as it needs",
      );
      return true;
    }
    const inner = this.schema(target, [...chain, target]);
    const beside = this.#object(keywords, chain);
    return Object.keys(beside).length === 0 ? inner : { allOf: [inner, beside] };
  }

  #object(keywords: ReadonlyMap<string, Placed>, chain: readonly Placed[]): SchemaObject {
    const made: Record<string, unknown> = {};
    for (const [name, node] of keywords) {
      if (name === "$ref" || silent.has(name)) continue;
      const value = this.#keyword(name, node, chain);
      if (value !== undefined) made[name] = value;
    }
    const schema = made as SchemaObject;
    this.#requirePossible(schema, keywords);
    return schema;
  }

  #keyword(name: string, node: Placed, chain: readonly Placed[]): unknown {
    const { value } = node;
    if (isOneOf(several, name)) return this.#list(node, chain);
    if (isOneOf(single, name)) return this.schema(node, chain);
    if (isOneOf(lengths, name)) return Number.isInteger(value) && Number(value) >= 0 ? value : this.#wrong(name, node);
    if (isOneOf(amounts, name)) return typeof value === "number" ? value : this.#wrong(name, node);
    switch (name) {
      case "type":
        return this.#type(node);
      case "enum":
        return (listOf(node)?.length ?? 0) > 0 ? plainOf(node) : this.#wrong(name, node);
      case "const":
        return plainOf(node);
      case "required":
        return listOf(node)?.every((each) => typeof each.value === "string") === true
          ? plainOf(node)
          : this.#wrong(name, node);
      case "uniqueItems":
        return typeof value === "boolean" ? value : this.#wrong(name, node);
      case "items":
        return listOf(node) === undefined ? this.schema(node, chain) : this.#list(node, chain);
      case "properties":
        return this.#properties(node, chain);
      case "pattern":
        return this.#pattern(node);
      default:
        return this.#unknown(name, node);
    }
  }

  #properties(node: Placed, chain: readonly Placed[]): unknown {
    const properties = mapOf(node);
    if (properties === undefined) return this.#wrong("properties", node);
    return Object.fromEntries([...properties].map(([name, each]) => [name, this.schema(each, chain)]));
  }

  #list(node: Placed, chain: readonly Placed[]): unknown {
    const list = listOf(node);
    return list === undefined || list.length === 0
      ? this.#wrong("a list of schemas", node)
      : list.map((each) => this.schema(each, chain));
  }

  #type(node: Placed): unknown {
    const named = (listOf(node) ?? [node]).map((each) => textOf(each) ?? "");
    if (named.length > 0 && named.every((each) => types.includes(each))) return plainOf(node);
    return this.#wrong("type", node);
  }

  /** The collector tries it on texts that strangers wrote: one that can take for ever is refused, cautiously. */
  #pattern(node: Placed): unknown {
    const pattern = textOf(node) ?? "";
    try {
      patternOf(pattern);
    } catch {
      return this.#wrong("pattern", node);
    }
    const isSlow = /\\[1-9]|\\k<|\(\?[=!<]/.test(pattern) || /[*+}]\)?[*+{]|\([^()]*[*+|{][^()]*\)[*+{]/.test(pattern);
    if (!isSlow) return pattern;
    const help = "write it without repeated groups, look-around and back references, or as an `enum`";
    say(this.#file.reading, "schema-slow-pattern", node.span, "this pattern can take very long on some texts", help);
    return undefined;
  }

  #unknown(name: string, node: Placed): undefined {
    const says = `\`${name.slice(0, 60)}\` has no meaning here and is passed over`;
    const help = "only what is named in `properties` can be declared";
    say(this.#file.reading, "schema-loose", node.span, says, help, "warning");
    return undefined;
  }

  #requirePossible(schema: SchemaObject, keywords: ReadonlyMap<string, Placed>): void {
    const never = (name: string, says: string): void => {
      const span = keywords.get(name)?.span ?? { line: 1, column: 1 };
      say(this.#file.reading, "schema-contradictory", span, `no value can be so: ${says}`, "one of the two is wrong");
    };
    const pairs = [
      ["minimum", "maximum"],
      ["minLength", "maxLength"],
      ["minItems", "maxItems"],
      ["minProperties", "maxProperties"],
    ] as const;
    for (const [least, most] of pairs) {
      const [low, high] = [schema[least], schema[most]];
      if (low !== undefined && high !== undefined && low > high) never(most, `\`${least}\` is above \`${most}\``);
    }
    const { type, required = [], properties = {}, additionalProperties } = schema;
    const missing = required.find((name) => !Object.hasOwn(properties, name));
    if (missing !== undefined && additionalProperties === false)
      never("required", `\`${missing}\` is required and not allowed`);
    const isNever = required.find((name) => Object.hasOwn(properties, name) && properties[name] === false);
    if (isNever !== undefined) never("required", `\`${isNever}\` is required and never allowed`);
    if (schema.enum !== undefined && typeof type === "string" && !schema.enum.some((value) => isOfType(type, value))) {
      never("enum", `none of its values is of the type \`${type}\``);
    }
  }

  #wrong(name: string, node: Placed): undefined {
    say(
      this.#file.reading,
      "schema-unreadable-part",
      node.span,
      `\`${name}\` has a value it cannot have`,
      "see JSON Schema draft 7",
    );
    return undefined;
  }

  #refuse(node: Placed, says: string): true {
    say(this.#file.reading, "schema-unreadable-part", node.span, says, "see JSON Schema draft 7");
    return true;
  }
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function isOfType(type: string, value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  return typeof value === type && value !== null;
}
