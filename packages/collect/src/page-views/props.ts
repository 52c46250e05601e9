// Custom properties of an event: checked as the peer's API checks them; which are kept is decided later (steps/details.ts).
import {
  type Errors,
  type Fields,
  addError,
  field,
  hostileKeys,
  isFields,
  isLongerThan,
  isWellFormed,
} from "./fields.ts";

const mostProps = 30;
const longestKey = 300;
const longestValue = 2_000;

export type Prop = readonly [name: string, value: string];

const none: readonly Prop[] = [];

/** The first properties of the event that have a value, as text. */
export function readProps(fields: Fields, errors: Errors): readonly Prop[] {
  const props = propsObject(field(fields, "props"), errors);
  if (props === undefined) return none;
  const found: Prop[] = [];
  for (const [key, value] of Object.entries(props)) {
    if (hostileKeys.includes(key)) addError(errors, "props", "have a key that is not allowed");
    const text = propText(value);
    if (text === undefined) continue;
    if (isLongerThan(key, longestKey)) addError(errors, "props", `have a key longer than ${longestKey} bytes`);
    else if (isLongerThan(text, longestValue))
      addError(errors, "props", `have a value longer than ${longestValue} bytes`);
    else if (!isWellFormed(key) || !isWellFormed(text)) addError(errors, "props", "must be well-formed Unicode text");
    else found.push([key, text]);
    if (found.length >= mostProps || (errors["props"]?.length ?? 0) > 0) break;
  }
  return found;
}

function propsObject(value: unknown, errors: Errors): Fields | undefined {
  if (value === undefined || value === "") return undefined;
  const read = typeof value === "string" ? parseJson(value) : value;
  if (isFields(read)) return read;
  return addError(errors, "props", "must be an object, or one written as JSON text");
}

/** A value as text; lists, objects and blanks are no values. */
function propText(value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
