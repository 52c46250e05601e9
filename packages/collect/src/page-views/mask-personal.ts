// Parts of a text that look like a person's own: e-mail addresses, tokens, and what this very request is known by.

export const maskedKinds = ["e-mail", "token", "own"] as const;
export type MaskedKind = (typeof maskedKinds)[number];

export interface Masked {
  readonly text: string;
  readonly count: number;
}

const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
const longWord = /[A-Za-z0-9_-]{12,}/g;
const shortestToken = 20;
const shortestNumber = 12;

/** `own`: the address and user agent of the request; where they stand in a text they are masked too. */
export function maskPersonal(text: string, own: readonly string[]): Masked {
  let count = 0;
  const masked = (kind: MaskedKind): string => {
    count += 1;
    return `[${kind}]`;
  };
  let rest = text;
  for (const each of own) if (rest.includes(each)) rest = rest.replaceAll(each, () => masked("own"));
  if (/[@＠]|%40/.test(rest)) rest = maskEmails(rest.replaceAll(/[＠]|%40/g, "@"), () => masked("e-mail"));
  if (rest.length >= shortestNumber) {
    if (rest.length >= 36) rest = rest.replaceAll(uuid, () => masked("token"));
    rest = rest.replaceAll(longWord, (word) => maskWord(word, () => masked("token")));
  }
  return { text: rest, count };
}

/** Walks from each `@` outward, so that no input costs more than its length. */
function maskEmails(text: string, masked: () => string): string {
  let out = "";
  let done = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let end = at + 1;
    while (end < text.length && /[\p{L}\p{N}.-]/u.test(text.charAt(end))) end += 1;
    // Before anything is walked back: most of these marks end no name.
    if (!isMailDomain(text.slice(at + 1, end))) continue;
    let start = at;
    // A mailbox may be called `%40`, which reads as `@` by now.
    while (start > done && text.charAt(start - 1) === "@") start -= 1;
    while (start > done && !/[\s/@]/.test(text.charAt(start - 1))) start -= 1;
    if (start === at) continue;
    out += text.slice(done, start) + masked();
    done = end;
  }
  return out + text.slice(done);
}

/** `react@18.2.0` in the path of a package is a version, not a mailbox. */
function isMailDomain(domain: string): boolean {
  if (
    /^v?\d+(?:\.\d+)+(?:[-.](?:min|umd|esm|prod|development|production))*(?:\.(?:js|mjs|cjs|css|map|json))?$/.test(
      domain,
    )
  ) {
    return false;
  }
  return /\.\p{L}{2,}/u.test(domain);
}

function maskWord(word: string, masked: () => string): string {
  if (word.length >= shortestToken && isRandom(word)) return masked();
  return word
    .split(/([-_])/)
    .map((piece) => (isCode(piece) ? masked() : piece))
    .join("");
}

/** A number as long as a telephone or card number, or a long run of hexadecimal digits. */
function isCode(piece: string): boolean {
  if (piece.length < shortestNumber) return false;
  if (/^\d+$/.test(piece)) return true;
  return piece.length >= shortestToken && (isRandom(piece) || /^(?=.*\d)(?:[\da-f]+|[\dA-F]+)$/.test(piece));
}

/**
 * Random letters and digits change between capital, small and digit at almost every second place; words and slugs do not,
 * even in camel case. Without capitals the bar is lower, and several digits are needed.
 */
function isRandom(word: string): boolean {
  let changes = 0;
  let pairs = 0;
  let digits = 0;
  let capitals = 0;
  let before = 0;
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    const kind = code >= 48 && code <= 57 ? 1 : code >= 97 && code <= 122 ? 2 : code >= 65 && code <= 90 ? 3 : 0;
    if (kind === 1) digits += 1;
    if (kind === 3) capitals += 1;
    if (kind !== 0 && before !== 0) {
      pairs += 1;
      if (kind !== before) changes += 1;
    }
    before = kind;
  }
  if (pairs < 14 || digits === 0) return false;
  const isOneCase = capitals === 0 || capitals + digits >= pairs;
  return isOneCase ? digits >= 3 && changes / pairs >= 0.3 : changes / pairs >= 0.45;
}
