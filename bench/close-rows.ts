// Page views of busy days of one site, the same on every run: what closing and its sizes are measured on.
import type { EventRow, Events } from "@avow/store";

export const site = "bench.example";
export const timeZone = "Europe/Amsterdam";
/** 2026-05-01 00:00:00 in Amsterdam; no change of the clock in the months after. */
const first = Date.UTC(2026, 3, 30, 22) / 1000;
export const dimensions = [
  "page",
  "hostname",
  "referrer",
  "source",
  "channel",
  "utm_medium",
  "utm_source",
  "utm_campaign",
  "country",
  "device",
  "browser",
  "browser_version",
  "os",
  "os_version",
] as const;

const pages = Array.from({ length: 3000 }, (_, index) => `/docs/section-${index % 40}/page-${index}`);
const sources = Array.from({ length: 60 }, (_, index) => (index === 0 ? "" : `source-${index}.example`));
const countries = Array.from({ length: 150 }, (_, index) => String.fromCharCode(65 + (index % 26), 65 + (index % 17)));
const channels = ["Direct", "Organic Search", "Referral", "Organic Social", "Email"];
const campaigns = ["spring", "launch", "newsletter", "sale"];
const systems = ["Windows", "Android", "iOS", "Mac", "GNU/Linux"];
const browsers = ["Chrome", "Firefox", "Safari", "Microsoft Edge", "Samsung Browser", "Opera"];
const devices = ["Desktop", "Mobile", "Tablet"];
const version = "0123456789abcdef".repeat(4);

export interface Day {
  readonly day: string;
  readonly from: number;
  readonly until: number;
}

export function dayOf(number: number): Day {
  const from = first + number * 86_400;
  return { day: new Date((from + 43_200) * 1000).toISOString().slice(0, 10), from, until: from + 86_400 };
}

/** xorshift32: the same sequence on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Few are common, most are rare. */
function skewed<Value>(values: readonly Value[], random: () => number): Value {
  const picked = values[Math.floor(values.length * random() ** 4)];
  if (picked === undefined) throw new RangeError("pick from nothing");
  return picked;
}

/** So many page views of a day; a visit has three on average, and every fourth visitor comes twice. */
export function* rowsOf({ day, from }: Day, views: number): Generator<EventRow> {
  const random = randomFrom(20_261_121 + from);
  const number = (): number => Math.floor(random() * 2 ** 48);
  let visitor = number();
  let person = personOf(random);
  for (let made = 0; made < views;) {
    if (random() < 0.8) [visitor, person] = [number(), personOf(random)];
    const visit = number();
    const came = cameBy(random);
    let at = from + Math.floor(82_000 * Math.sqrt(random()));
    const length = random() < 0.4 ? 1 : 1 + Math.floor(9 * random() ** 2);
    for (let step = 0; step < length && made < views; step += 1) {
      const held = { ...person, ...came, page: skewed(pages, random), hostname: site };
      const common = { site, day, at, visitor, visit, practice: "web-traffic", version, dimensions: held };
      yield { ...common, name: "pageview", interactive: true };
      made += 1;
      at += 5 + Math.floor(180 * random() ** 2);
    }
  }
}

function personOf(random: () => number): EventRow["dimensions"] {
  return {
    country: skewed(countries, random),
    device: skewed(devices, random),
    browser: skewed(browsers, random),
    browser_version: `${120 + Math.floor(20 * random() ** 2)}.0`,
    os: skewed(systems, random),
    os_version: `${10 + Math.floor(random() * 6)}.${Math.floor(random() * 4)}`,
  };
}

function cameBy(random: () => number): EventRow["dimensions"] {
  const source = skewed(sources, random);
  const campaign = random() < 0.1 ? skewed(campaigns, random) : "";
  return {
    ...(source === "" ? {} : { source, referrer: `${source}/r${Math.floor(40 * random() ** 3)}` }),
    channel: channels[source.length % channels.length] ?? "",
    ...(campaign === "" ? {} : { utm_medium: "email", utm_source: "newsletter", utm_campaign: campaign }),
  };
}

/** Stores a day, 256 callers at a time. */
export async function fillDay(store: Events, day: Day, views: number): Promise<void> {
  const waiting = rowsOf(day, views);
  await Promise.all(
    Array.from({ length: 256 }, async () => {
      for (const row of waiting) await store.append(row);
    }),
  );
}
