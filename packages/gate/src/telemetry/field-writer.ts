// The filter of fields, as a writer: what is declared, agreed to and not past its end becomes text; all else is never written (clauses.md JP1).
import type { CompiledField } from "./compiled.ts";
import { isRecord } from "./is-record.ts";
import { limits } from "./limits.ts";
import { type Check, checkOf } from "./schema.ts";

/** Why a field does not leave, or is not kept. */
export const fieldDrops = ["undeclared field", "expired field", "not agreed", "not as declared", "too large"] as const;
export type FieldDrop = (typeof fieldDrops)[number];

export interface Taking {
  /** Categories; a field needs all of its own. */
  readonly agreed: ReadonlySet<string>;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Whether each value is checked by its own schema; the client has checked the whole event. */
  readonly isChecked: boolean;
  /** Declared fields that may not be taken are written as `null`, as the old library did. */
  readonly nulls?: boolean;
  /** Told of each; never of its name or value. */
  readonly drop?: (reason: FieldDrop) => void;
}

/** `"name":value` pairs joined by commas; empty where nothing may be taken. Reads each value once and calls nothing of it. */
export type WriteFields = (values: Readonly<Record<string, unknown>>) => string;

/** Undefined: not taken. */
type WriteValue = (value: unknown) => string | undefined;

export function fieldWriter(fields: Readonly<Record<string, CompiledField>>, taking: Taking, depth = 1): WriteFields {
  const { drop, nulls = false } = taking;
  const names = Object.keys(fields);
  const parts = Object.entries(fields).map(([name, field]) => ({
    name,
    lead: `${JSON.stringify(name)}:`,
    ...writeOrRefuse(field, taking, depth),
  }));
  return (values) => {
    let text = "";
    for (const { name, lead, refusal, write } of parts) {
      const value = values[name];
      if (value === undefined || !Object.hasOwn(values, name)) continue;
      const written = refusal === undefined ? write(value) : undefined;
      if (refusal !== undefined) drop?.(refusal);
      if (written !== undefined) text += text === "" ? lead + written : `,${lead}${written}`;
      else if (nulls) text += text === "" ? `${lead}null` : `,${lead}null`;
    }
    if (drop !== undefined) {
      for (const name of Object.keys(values)) if (!names.includes(name)) drop("undeclared field");
    }
    return text;
  };
}

function writeOrRefuse(
  field: CompiledField,
  taking: Taking,
  depth: number,
): { readonly refusal: FieldDrop | undefined; readonly write: WriteValue } {
  const refusal = refusalOf(field, taking);
  const write = refusal === undefined && depth <= limits.depth ? valueWriter(field, taking, depth) : () => undefined;
  return { refusal, write };
}

function refusalOf({ expires, categories }: CompiledField, { today, agreed }: Taking): FieldDrop | undefined {
  if (today >= expires) return "expired field";
  return categories.every((each) => agreed.has(each)) ? undefined : "not agreed";
}

function valueWriter(field: CompiledField, taking: Taking, depth: number): WriteValue {
  const { drop } = taking;
  if (field.fields !== undefined) return containerWriter(field.fields, taking, depth);
  const check: Check = taking.isChecked ? checkOf(field.schema) : () => true;
  return (value) => {
    if (!check(value)) {
      drop?.("not as declared");
      return undefined;
    }
    const written = plainText(value, depth);
    if (written === undefined) drop?.(typeof value === "object" ? "undeclared field" : "too large");
    return written;
  };
}

/** An object, or a list of objects, of which only declared fields are taken. */
function containerWriter(fields: Readonly<Record<string, CompiledField>>, taking: Taking, depth: number): WriteValue {
  const write = fieldWriter(fields, taking, depth + 1);
  return (value) => {
    if (isRecord(value)) return `{${write(value)}}`;
    if (!Array.isArray(value)) {
      if (value === null) return "null";
      taking.drop?.("not as declared");
      return undefined;
    }
    if (value.length > limits.listLength) {
      taking.drop?.("too large");
      return undefined;
    }
    const items: string[] = [];
    for (const item of value as readonly unknown[]) {
      if (isRecord(item)) items.push(`{${write(item)}}`);
      else taking.drop?.("not as declared");
    }
    return `[${items.join(",")}]`;
  };
}

/** Undefined for what is too large and for objects: nothing in them is declared. */
function plainText(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case "string":
      return value.length > limits.textLength ? undefined : JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : listText(value, depth);
    default:
      return undefined;
  }
}

function listText(value: object, depth: number): string | undefined {
  if (!Array.isArray(value) || value.length > limits.listLength || depth >= limits.depth) return undefined;
  const items: string[] = [];
  for (const item of value as readonly unknown[]) {
    const written = plainText(item, depth + 1);
    if (written === undefined) return undefined;
    items.push(written);
  }
  return `[${items.join(",")}]`;
}
