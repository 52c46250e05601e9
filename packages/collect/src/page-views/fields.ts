// Fields of an event's JSON as trackers may send them: short key or long, and the errors a wrong one gets.

/** Errors by field, in the words of the 400 answer: `{ "url": ["is required"] }`. */
export type Errors = Record<string, string[]>;

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every key an event may have, by the long name that errors use; the first one present counts. */
export const eventKeys = {
  name: ["n", "name"],
  url: ["u", "url"],
  domain: ["d", "domain"],
  referrer: ["r", "referrer"],
  props: ["p", "props", "m", "meta"],
  revenue: ["$", "revenue"],
  hashMode: ["h", "hashMode"],
  interactive: ["i", "interactive"],
  version: ["v"],
  scrollDepth: ["sd"],
  engagedMs: ["e"],
  width: ["w"],
} as const;
export type EventField = keyof typeof eventKeys;

const known: ReadonlySet<string> = new Set(Object.values(eventKeys).flat());

/** Names that reach into every object when copied carelessly; no field is called so. */
export const hostileKeys: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Value of the first key present; null counts as absent, as trackers send it for "none". */
export function field(fields: Fields, name: EventField): unknown {
  for (const key of eventKeys[name]) {
    if (!Object.hasOwn(fields, key)) continue;
    const value = fields[key];
    if (value !== null && value !== undefined) return value;
  }
  return undefined;
}

/** Keys that are no field of an event: the notice declares nothing of the kind. */
export function undeclaredKeys(fields: Fields): readonly string[] {
  return Object.keys(fields).filter((key) => !known.has(key));
}

export function addError(errors: Errors, name: string, message: string): undefined {
  (errors[name] ??= []).push(message);
  return undefined;
}

/** Well-formed text, or an error and nothing. */
export function textField(fields: Fields, name: EventField, errors: Errors): string | undefined {
  const value = field(fields, name);
  if (value === undefined) return undefined;
  if (typeof value !== "string") return addError(errors, name, "must be text");
  return isWellFormed(value) ? value : addError(errors, name, "must be well-formed Unicode text");
}

/** No lone surrogate: such text cannot be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/** UTF-8 length, counted only when it can matter. */
export function isLongerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return length > bytes;
}

/** True when objects and lists stand in one another more than `most` deep; walks without recursion. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return level.some((each) => typeof each === "object" && each !== null);
}
