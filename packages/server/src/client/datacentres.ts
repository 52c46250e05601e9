// Networks of machines, from a list the operator supplies: looked up with what is left of an address, so with care.
//
// An address is known only by its /24 or /48. It counts as a datacentre's only if that whole network lies within listed ranges
// (neighbouring ranges together): half a network of machines is half a network of people.
import { cidrOf, linesOf } from "./network-file.ts";
import { type Cidr, addressBytes } from "./address.ts";

const remedy = "give a file with a network like 203.0.113.0/24 on each line";

/** @throws StartRefused when `path` is no list of networks. */
export async function openDatacentres(path: string): Promise<(truncatedAddress: string) => boolean> {
  const lines = await linesOf(path, "list of datacentres", remedy);
  return datacentresIn(lines.map((line) => cidrOf(path, line, line.text, remedy)));
}

/** IPv4 is compared in addresses, IPv6 in networks of 48 bits; what is longer than 48 bits cannot hold one and is left out. */
export function datacentresIn(cidrs: readonly Cidr[]): (truncatedAddress: string) => boolean {
  const four = merged(cidrs.filter(({ family }) => family === 4).map(({ bytes, bits }) => range(bytes, bits, 32)));
  const six = merged(
    cidrs.filter(({ family, bits }) => family === 6 && bits <= 48).map(({ bytes, bits }) => range(bytes, bits, 48)),
  );
  return (truncated) => {
    const bytes = addressBytes(truncated);
    if (bytes === undefined) return false;
    if (bytes.length === 4) return holds(four, range(bytes, 24, 32));
    return holds(six, range(bytes, 48, 48));
  };
}

/** First and last, both included. */
type Range = readonly [first: number, last: number];

/** Of the first `width` bits, which fit a double exactly. */
function range(bytes: Uint8Array, bits: number, width: 32 | 48): Range {
  let first = 0;
  for (const byte of bytes.subarray(0, width / 8)) first = first * 256 + byte;
  const size = 2 ** (width - bits);
  first -= first % size;
  return [first, first + size - 1];
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const found: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = found.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else found.push([first, last]);
  }
  return found;
}

function holds(ranges: readonly Range[], [first, last]: Range): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[0] ?? 0) <= first) low = middle + 1;
    else high = middle;
  }
  const candidate = ranges[low - 1];
  return candidate !== undefined && candidate[1] >= last;
}
