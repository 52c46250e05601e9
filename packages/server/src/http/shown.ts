// How a message repeats what somebody sent: short, in backticks, and never by walking into it.

/** Text as it is, numbers and the like as written, anything deeper by its kind only. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `\`${value.slice(0, 60).replaceAll(/[`\p{C}]/gu, "")}\``;
    case "number":
    case "boolean":
    case "bigint":
      return `\`${String(value)}\``;
    case "undefined":
      return "missing";
    default:
      return value === null ? "`null`" : Array.isArray(value) ? "a list" : "an object";
  }
}
