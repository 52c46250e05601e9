// People of one day whose facts have nothing to do with each other, so that whoever can tell one from another has it from the store.
import type { EventRow } from "@avow/store";

export const day = "2026-11-20";
export const from = Date.UTC(2026, 10, 20) / 1000;
export const site = "joint.example";
export const least = 10;

export const countries = ["NL", "BE", "DE", "FR", "ES", "IT", "PL", "SE"] as const;
const devices = ["Desktop", "Mobile", "Tablet"] as const;
const browsers = ["Chrome", "Firefox", "Safari", "Opera", "Edge", "Vivaldi", "Brave"] as const;
const sources = ["", "Google", "Mastodon", "Bing", "newsletter", "Lobsters", "wiki"] as const;
export const dimensions = ["page", "source", "country", "device", "browser"] as const;

export interface Person {
  readonly visitor: number;
  /** Known to the attacker: a page that only they, and at most two others, looked at. */
  readonly rarePage: string;
  readonly country: string;
  readonly rows: readonly EventRow[];
}

/** The same sequence of numbers below 1 for each seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** `skew` 1: all values alike; above: few are common. */
function pick<Value>(values: readonly Value[], random: () => number, skew: number): Value {
  const value = values[Math.floor(values.length * random() ** skew)];
  if (value === undefined) throw new RangeError("pick from nothing");
  return value;
}

export function people(count: number, seed: number, skew = 1): readonly Person[] {
  const random = numbers(seed);
  return Array.from({ length: count }, (_, index): Person => {
    // 48 bits, none of them small: no such number is in a file by chance.
    const visitor = 2 ** 47 + Math.floor(random() * 2 ** 46);
    const rarePage = `/rare/${Math.floor(index / 3)}`;
    const country = pick(countries, random, skew);
    const held = { country, device: pick(devices, random, skew), browser: pick(browsers, random, skew) };
    const rows: EventRow[] = [];
    for (let number = 0; number < 1 + Math.floor(2 * random()); number += 1) {
      const visit = 2 ** 47 + Math.floor(random() * 2 ** 46);
      const source = pick(sources, random, 2);
      const pages = ["/", pick(["/a", "/b", "/c", "/d"], random, 2), ...(number === 0 ? [rarePage] : [])];
      let at = from + Math.floor(random() * 80_000);
      for (const page of pages) {
        rows.push({ ...common, at, visitor, visit, dimensions: { ...held, source, page } });
        at += 20 + Math.floor(random() * 300);
      }
    }
    return { visitor, rarePage, country, rows };
  });
}

const common = {
  site,
  day,
  name: "pageview",
  interactive: true,
  practice: "web-traffic",
  version: "v1",
} as const;
