// UTF-8 to text, strictly: a byte sequence the standard does not allow (overlong, surrogate, cut short) yields nothing.

const chunk = 8_192;

/** Undefined when `bytes` are not well-formed UTF-8; a byte order mark at the start is left out. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let ascii = start;
  while (ascii < bytes.length && (bytes[ascii] ?? 0) < 0x80) ascii += 1;
  const head = fromUnits(bytes.subarray(start, ascii));
  if (ascii === bytes.length) return head;
  const tail = unitsOf(bytes, ascii);
  return tail === undefined ? undefined : head + fromUnits(tail);
}

function fromUnits(units: Uint8Array | readonly number[]): string {
  let text = "";
  for (let at = 0; at < units.length; at += chunk) text += String.fromCharCode(...units.slice(at, at + chunk));
  return text;
}

/** UTF-16 code units of the rest; the bounds of each second byte are table 3-7 of the Unicode Standard. */
function unitsOf(bytes: Uint8Array, from: number): readonly number[] | undefined {
  const units: number[] = [];
  let at = from;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      units.push(first);
      at += 1;
      continue;
    }
    const more =
      first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
    if (more === 0) return undefined;
    let point = first & (0x3f >> more);
    for (let index = 1; index <= more; index += 1) {
      const byte = bytes[at + index] ?? 0;
      const [least, most] = index === 1 ? secondByte(first) : [0x80, 0xbf];
      if (byte < least || byte > most) return undefined;
      point = (point << 6) | (byte & 0x3f);
    }
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    else units.push(point);
    at += more + 1;
  }
  return units;
}

function secondByte(first: number): readonly [number, number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}
