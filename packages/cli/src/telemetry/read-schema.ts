// An event schema as its project publishes it, unchanged: its id and version, and every field with what the schema says of its privacy (docs/design/telemetry.md).
import type { Schema } from "@avow/gate/telemetry-schema";
import { forbiddenKeys } from "@avow/gate/telemetry-schema";
import { type SchemaFile, normalSchema, resolved } from "./normal-schema.ts";
import {
  type Placed,
  type Reading,
  type Span,
  listOf,
  mapOf,
  plainOf,
  readPlaced,
  say,
  textOf,
} from "./placed-value.ts";

export interface SchemaField {
  readonly name: string;
  readonly span: Span;
  readonly schema: Schema;
  readonly means?: string;
  readonly categories: readonly string[];
  /** `personal-data: true` of the field itself. */
  readonly isPersonal: boolean;
  /** Of the objects it is or holds. */
  readonly fields: ReadonlyMap<string, SchemaField>;
}

export interface EventSchema {
  readonly path: string;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly isPersonal: boolean;
  readonly categories: readonly string[];
  readonly schema: Schema;
  readonly fields: ReadonlyMap<string, SchemaField>;
}

/** Undefined when it cannot be used; why is said. */
export function readSchema(reading: Reading, text: string): EventSchema | undefined {
  const root = readPlaced(reading, text);
  if (root === undefined) return undefined;
  const keywords = mapOf(root);
  if (keywords === undefined || keywords.get("properties") === undefined || keywords.get("$id") === undefined) {
    const says = "an event schema has `$id`, `version` and `properties`";
    say(reading, "schema-not-events", root.span, says, "see the schemas jupyter_events documents");
    return undefined;
  }
  const file: SchemaFile = { reading, root };
  const id = textOf(keywords.get("$id")) ?? "";
  const version = versionOf(reading, keywords.get("version"), root.span);
  if (id === "" || version === undefined) return undefined;
  const schema = normalSchema(file, root);
  const fields = fieldsOf(file, root, []);
  if (schema === undefined) return undefined;
  return {
    path: reading.path,
    id,
    version,
    title: textOf(keywords.get("title")) ?? id,
    isPersonal: keywords.get("personal-data")?.value === true,
    categories: textsOf(keywords.get("categories")),
    schema,
    fields,
  };
}

/** A whole number is read as the text it will be, as jupyter_events does; an `$id` without a scheme is taken as it is. */
function versionOf(reading: Reading, node: Placed | undefined, span: Span): string | undefined {
  const value = node?.value;
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isInteger(value)) return String(value);
  say(reading, "schema-not-events", node?.span ?? span, "an event schema has a `version`", 'for example version: "1"');
  return undefined;
}

/** Follows `properties`, `allOf`, `$ref` and `items`; what stands only in other places is no field. */
function fieldsOf(file: SchemaFile, node: Placed, chain: readonly Placed[]): ReadonlyMap<string, SchemaField> {
  const found = new Map<string, SchemaField>();
  if (chain.includes(node) || chain.length > 24) return found;
  for (const part of resolved(file, node)) {
    const keywords = mapOf(part);
    if (keywords === undefined) continue;
    const below = [...chain, node, part];
    for (const [name, each] of mapOf(keywords.get("properties")) ?? []) {
      if (isReserved(file.reading, name, each.span)) continue;
      add(found, fieldOf(file, name, each, below));
    }
    for (const each of listOf(keywords.get("allOf")) ?? []) addAll(found, fieldsOf(file, each, below));
    const items = keywords.get("items");
    for (const each of listOf(items) ?? (items === undefined ? [] : [items]))
      addAll(found, fieldsOf(file, each, below));
    sayHidden(file, keywords, found);
  }
  return found;
}

function fieldOf(file: SchemaFile, name: string, node: Placed, chain: readonly Placed[]): SchemaField {
  const parts = resolved(file, node).flatMap((each) => mapOf(each) ?? []);
  const means = parts.map((each) => textOf(each.get("description"))).find((text) => text !== undefined);
  return {
    name,
    span: node.span,
    schema: normalSchema({ ...file, reading: { ...file.reading, diagnostics: [] } }, node) ?? true,
    categories: parts.flatMap((each) => textsOf(each.get("categories"))),
    isPersonal: parts.some((each) => each.get("personal-data")?.value === true),
    fields: fieldsOf(file, node, chain),
    ...(means === undefined ? {} : { means: means.trim().replaceAll(/\s+/g, " ").slice(0, 300) }),
  };
}

function addAll(found: Map<string, SchemaField>, more: ReadonlyMap<string, SchemaField>): void {
  for (const each of more.values()) add(found, each);
}

/** Said twice, both hold: of the schema, and of the privacy. */
function add(found: Map<string, SchemaField>, field: SchemaField): void {
  const known = found.get(field.name);
  if (known === undefined) {
    found.set(field.name, field);
    return;
  }
  const fields = new Map(known.fields);
  addAll(fields, field.fields);
  found.set(field.name, {
    ...known,
    schema: { allOf: [known.schema, field.schema] },
    categories: [...new Set([...known.categories, ...field.categories])],
    isPersonal: known.isPersonal || field.isPersonal,
    fields,
  });
}

function isReserved(reading: Reading, name: string, span: Span): boolean {
  if (!name.startsWith("__") && !(forbiddenKeys as readonly string[]).includes(name)) return false;
  const says = `\`${name.slice(0, 60)}\` cannot be the name of a field`;
  say(reading, "schema-reserved-name", span, says, "names that begin with `__` are the envelope's");
  return true;
}

function sayHidden(
  { reading }: SchemaFile,
  keywords: ReadonlyMap<string, Placed>,
  found: ReadonlyMap<string, SchemaField>,
): void {
  for (const place of ["anyOf", "oneOf", "then", "else"]) {
    const node = keywords.get(place);
    for (const each of listOf(node) ?? (node === undefined ? [] : [node])) {
      for (const [name, { span }] of mapOf(mapOf(each)?.get("properties")) ?? []) {
        if (found.has(name)) continue;
        const says = `\`${name.slice(0, 60)}\` stands only below \`${place}\`, so it is no field and never leaves`;
        say(reading, "field-hidden", span, says, "name it in `properties` too", "warning");
      }
    }
  }
}

function textsOf(node: Placed | undefined): readonly string[] {
  const value = node === undefined ? undefined : plainOf(node);
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter((each) => typeof each === "string");
}
