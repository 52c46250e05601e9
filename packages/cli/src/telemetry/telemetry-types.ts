// TypeScript types of what each event may carry: an undeclared event or field does not compile.
import { type CompiledTelemetry, type Schema, type SchemaObject, isRecord } from "@avow/gate/telemetry-schema";

const deepest = 6;

export function telemetryTypes({ telemetry, events }: CompiledTelemetry): string {
  const lines = Object.entries(events).map(
    ([id, { title, schema }]) =>
      `  /** ${comment(title)} */\n  readonly ${JSON.stringify(id)}: ${typeOf(schema, 0, "  ")};`,
  );
  return `// What ${comment(telemetry)} may be told; written by \`avow telemetry build\`, not by hand.\n\nexport interface Events {\n${lines.join("\n")}\n}\n`;
}

function typeOf(schema: Schema, depth: number, indent: string): string {
  if (typeof schema === "boolean") return schema ? "unknown" : "never";
  if (depth > deepest) return "unknown";
  if (schema.enum !== undefined) return union(schema.enum.map(literal));
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.properties !== undefined || schema.allOf !== undefined) {
    const { properties, required = [], allOf = [] } = schema;
    const own = properties === undefined ? [] : [objectType(properties, required, depth, indent)];
    return [...own, ...allOf.map((each) => typeOf(each, depth + 1, indent))].join(" & ");
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return union(alternatives.map((each) => typeOf(each, depth + 1, indent)));
  const { type, items } = schema;
  const named = typeof type === "string" ? [type] : (type ?? []);
  return named.length === 0 ? "unknown" : union(named.map((each) => plainType(each, items, depth, indent)));
}

function objectType(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  depth: number,
  indent: string,
): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, each]) =>
      `${inner}readonly ${JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(each, depth + 1, inner)};`,
  );
  return lines.length === 0 ? "Record<string, never>" : `{\n${lines.join("\n")}\n${indent}}`;
}

function plainType(type: string, items: SchemaObject["items"], depth: number, indent: string): string {
  switch (type) {
    case "integer":
      return "number";
    case "array":
      return isEach(items) ? `readonly (${typeOf(items, depth + 1, indent)})[]` : "readonly unknown[]";
    case "object":
      return "object";
    default:
      return type;
  }
}

function isEach(items: SchemaObject["items"]): items is Schema {
  return isRecord(items);
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(" | ");
}

function literal(value: unknown): string {
  return typeof value === "object" && value !== null ? "object" : JSON.stringify(value);
}

/** Words of a schema end no comment. */
function comment(text: string): string {
  return text.replaceAll("*/", "* /").replaceAll(/\s+/g, " ").slice(0, 120);
}
