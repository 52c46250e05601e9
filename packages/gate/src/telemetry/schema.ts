// The part of JSON Schema draft 7 that compiled telemetry uses, made into closures: nothing is evaluated, nothing is fetched.
import { isRecord } from "./is-record.ts";

/** References are written out and keywords without meaning are gone. */
export type Schema = boolean | SchemaObject;

export interface SchemaObject {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: Schema;
  readonly contains?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

export type Check = (value: unknown) => boolean;

const always: Check = () => true;

/** @throws SyntaxError for a pattern that is none; the build refuses those. */
export function checkOf(schema: Schema): Check {
  if (schema === true) return always;
  if (schema === false) return () => false;
  return every([
    ...typeCheck(schema),
    ...valueChecks(schema),
    ...numberChecks(schema),
    ...textChecks(schema),
    ...listChecks(schema),
    ...objectChecks(schema),
    ...combinedChecks(schema),
  ]);
}

function every(checks: readonly Check[]): Check {
  const [first, second, third] = checks;
  if (first === undefined) return always;
  if (second === undefined) return first;
  if (third === undefined) return (value) => first(value) && second(value);
  return (value) => {
    for (const check of checks) if (!check(value)) return false;
    return true;
  };
}

const typeChecks: Readonly<Record<string, Check>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: isRecord,
};

function typeCheck({ type }: SchemaObject): readonly Check[] {
  if (type === undefined) return [];
  const checks = (typeof type === "string" ? [type] : type).map((each) => typeChecks[each] ?? (() => false));
  return [checks.length === 1 && checks[0] !== undefined ? checks[0] : (value) => checks.some((check) => check(value))];
}

function valueChecks(schema: SchemaObject): readonly Check[] {
  const checks: Check[] = [];
  if (schema.enum !== undefined) checks.push(oneOfValues(schema.enum));
  if (schema.const !== undefined) checks.push(oneOfValues([schema.const]));
  return checks;
}

function oneOfValues(values: readonly unknown[]): Check {
  const plain = new Set(values.filter((value) => typeof value !== "object" || value === null));
  const deep = new Set(values.filter((value) => typeof value === "object" && value !== null).map(sorted));
  if (deep.size === 0) return (value) => plain.has(value);
  return (value) => (typeof value === "object" && value !== null ? deep.has(sorted(value)) : plain.has(value));
}

/** Equal values have equal texts, whatever the order of their keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}

/** Keywords of a type say nothing of values of another. */
function ofNumbers(check: (value: number) => boolean): Check {
  return (value) => typeof value !== "number" || check(value);
}

function numberChecks(schema: SchemaObject): readonly Check[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const checks: Check[] = [];
  if (minimum !== undefined) checks.push(ofNumbers((value) => value >= minimum));
  if (maximum !== undefined) checks.push(ofNumbers((value) => value <= maximum));
  if (exclusiveMinimum !== undefined) checks.push(ofNumbers((value) => value > exclusiveMinimum));
  if (exclusiveMaximum !== undefined) checks.push(ofNumbers((value) => value < exclusiveMaximum));
  if (multipleOf !== undefined) {
    checks.push(
      ofNumbers((value) => {
        const times = value / multipleOf;
        return Math.abs(times - Math.round(times)) < 1e-9;
      }),
    );
  }
  return checks;
}

function textChecks({ minLength, maxLength, pattern }: SchemaObject): readonly Check[] {
  const checks: Check[] = [];
  // Characters, not UTF-16 units; counted only where it can matter.
  if (minLength !== undefined) {
    checks.push((value) => typeof value !== "string" || characters(value) >= minLength);
  }
  if (maxLength !== undefined) {
    checks.push((value) => typeof value !== "string" || value.length <= maxLength || characters(value) <= maxLength);
  }
  if (pattern !== undefined) {
    const wanted = patternOf(pattern);
    checks.push((value) => typeof value !== "string" || wanted.test(value));
  }
  return checks;
}

/** Unicode code points: what draft 7 counts. */
function characters(text: string): number {
  return Array.from(text).length;
}

/** Draft 7 means Unicode; many patterns are written without thinking of it. @throws SyntaxError */
export function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return new RegExp(pattern);
  }
}

function ofLists(check: (value: readonly unknown[]) => boolean): Check {
  return (value) => !Array.isArray(value) || check(value);
}

function listChecks(schema: SchemaObject): readonly Check[] {
  const { items, additionalItems, contains, minItems, maxItems, uniqueItems } = schema;
  const checks: Check[] = [];
  if (minItems !== undefined) checks.push(ofLists((value) => value.length >= minItems));
  if (maxItems !== undefined) checks.push(ofLists((value) => value.length <= maxItems));
  if (uniqueItems === true) checks.push(ofLists((value) => new Set(value.map(sorted)).size === value.length));
  if (contains !== undefined) {
    const wanted = checkOf(contains);
    checks.push(ofLists((value) => value.some(wanted)));
  }
  if (isTuple(items)) {
    const each = items.map(checkOf);
    const rest = checkOf(additionalItems ?? true);
    checks.push(ofLists((value) => value.every((item, at) => (each[at] ?? rest)(item))));
  } else if (items !== undefined) {
    const each = checkOf(items);
    checks.push(ofLists((value) => value.every((item) => each(item))));
  }
  return checks;
}

export function isTuple(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}

function objectChecks(schema: SchemaObject): readonly Check[] {
  const { properties = {}, required = [], additionalProperties, minProperties, maxProperties } = schema;
  const checks: Check[] = [];
  const named = Object.entries(properties).map(([name, each]) => ({ name, check: checkOf(each) }));
  const meaning = named.filter(({ check }) => check !== always);
  if (required.length > 0) checks.push(ofObjects((value) => required.every((name) => Object.hasOwn(value, name))));
  if (meaning.length > 0) {
    checks.push(
      ofObjects((value) => {
        for (const { name, check } of meaning) {
          const found = value[name];
          if (found !== undefined && Object.hasOwn(value, name) && !check(found)) return false;
        }
        return true;
      }),
    );
  }
  if (additionalProperties !== undefined && additionalProperties !== true) {
    const known = new Set(Object.keys(properties));
    const rest = checkOf(additionalProperties);
    checks.push(ofObjects((value) => Object.keys(value).every((name) => known.has(name) || rest(value[name]))));
  }
  if (minProperties !== undefined) checks.push(ofObjects((value) => Object.keys(value).length >= minProperties));
  if (maxProperties !== undefined) checks.push(ofObjects((value) => Object.keys(value).length <= maxProperties));
  return checks;
}

function ofObjects(check: (value: Readonly<Record<string, unknown>>) => boolean): Check {
  return (value) => !isRecord(value) || check(value);
}

function combinedChecks(schema: SchemaObject): readonly Check[] {
  const checks: Check[] = [];
  const { allOf, anyOf, oneOf } = schema;
  if (allOf !== undefined) checks.push(every(allOf.map(checkOf)));
  if (anyOf !== undefined) {
    const any = anyOf.map(checkOf);
    checks.push((value) => any.some((check) => check(value)));
  }
  if (oneOf !== undefined) {
    const one = oneOf.map(checkOf);
    checks.push((value) => one.filter((check) => check(value)).length === 1);
  }
  if (schema.not !== undefined) {
    const no = checkOf(schema.not);
    checks.push((value) => !no(value));
  }
  if (schema.if !== undefined) {
    const holds = checkOf(schema.if);
    const [then, otherwise] = [checkOf(schema.then ?? true), checkOf(schema.else ?? true)];
    checks.push((value) => (holds(value) ? then(value) : otherwise(value)));
  }
  return checks;
}
