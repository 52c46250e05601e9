// Lists, counts and articles as English has them.

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], last = "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1) ?? ""}`;
}

/** Data as English has it, the first word's article standing for all: `the page, referrer and source`, but `contact data`. */
export function theData(items: readonly string[], last = "and"): string {
  const [first = ""] = items;
  return /(?:^|\s)(?:data|answers|words)$/.test(first) ? listed(items, last) : `the ${listed(items, last)}`;
}

/** The text as a sentence: first letter large, one full stop at its end. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const first = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** `an IP address`, `a user agent`: by sound, so `a user` and `an HTTP header`. */
export function withArticle(noun: string): string {
  const first = noun.split(/[\s-]/)[0] ?? "";
  const isSpelt = /^[A-Z]{2,}/.test(first);
  const isVowel = isSpelt
    ? /^[AEFHILMNORSX]/.test(first)
    : /^(?:[aeio]|u(?!s[eu]|ni|r[ai]|tili)|hour|honest)/i.test(first);
  return `${isVowel ? "an" : "a"} ${noun}`;
}

/** Everything a person is called in the plural: `visitors`, `other individuals`, `people`. */
export function plural(noun: string): string {
  if (/(?:^|\s)(?:people|staff|everyone|everybody)$/.test(noun)) return noun;
  if (noun.endsWith("person")) return noun.replace(/person$/, "people");
  if (noun.endsWith("child")) return `${noun}ren`;
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
