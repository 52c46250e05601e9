// Two hundred thousand events of one site over thirty days, the same on every run: what the statistics are measured on.
import type { EventRow, Events } from "@avow/store";

export const site = "bench.example";
export const timeZone = "Europe/Amsterdam";
const days = 30;
/** 2026-05-01 00:00:00 in Amsterdam; no change of the clock within the thirty days. */
export const from = Date.UTC(2026, 3, 30, 22) / 1000;
export const until = from + days * 86_400;
/** Page views and custom events; what engagement adds comes on top, because no figure counts it. */
export const events = 200_000;

const words = ["privacy", "notice", "guide", "release", "pricing", "about", "storage", "purpose", "audit", "changelog"];
export const pages = Array.from({ length: 400 }, (_, index) =>
  index === 0 ? "/" : `/${words[index % 10]}/${words[(index * 7) % 10]}-${index}`,
);
const sources = ["", "Google", "DuckDuckGo", "Bing", "Mastodon", "Hacker News", "newsletter", "GitHub", "Lobsters"];
const referrers = ["", "google.com", "duckduckgo.com", "bing.com", "mastodon.social", "news.ycombinator.com"];
const countries = "NL DE BE FR GB US ES IT PL SE NO DK FI AT CH CZ PT IE CA AU JP BR IN ZA".split(" ");
const browsers = ["Chrome", "Firefox", "Safari", "Microsoft Edge", "Samsung Browser", "Opera"];
const systems = ["Windows", "Android", "iOS", "Mac", "GNU/Linux"];
const devices = ["Desktop", "Mobile", "Tablet"];
const campaigns = ["", "", "", "", "", "", "spring", "launch"];
const version = "0123456789abcdef".repeat(4);

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
  const picked = values[Math.floor(values.length * random() ** 3)];
  if (picked === undefined) throw new RangeError("pick from nothing");
  return picked;
}

/** A day's rows in order of time: visits run beside each other, a third of them one page long. */
function rowsOf(dayNumber: number, random: () => number): readonly EventRow[] {
  const midnight = from + dayNumber * 86_400;
  const day = new Date((midnight + 43_200) * 1000).toISOString().slice(0, 10);
  const number = (): number => Math.floor(random() * 2 ** 48);
  const rows: EventRow[] = [];
  let counted = 0;
  let visitor = number();
  const wanted = Math.ceil(events / days);
  while (counted < wanted) {
    if (random() < 0.8) visitor = number();
    const visit = number();
    const held = visitDimensions(random);
    let at = midnight + Math.floor(84_000 * Math.sqrt(random()));
    const length = random() < 0.35 ? 1 : 1 + Math.floor(8 * random() ** 2);
    for (let step = 0; step < length && counted < wanted; step += 1) {
      const page = skewed(pages, random);
      const common = { site, day, at, visitor, visit, practice: "web-traffic", version };
      const dimensions = { ...held, page, hostname: site };
      const isCustom = random() < 0.03;
      rows.push({ ...common, name: isCustom ? "Sign-up" : "pageview", interactive: true, dimensions });
      counted += 1;
      at += 5 + Math.floor(180 * random() ** 2);
      if (random() < 0.25) rows.push({ ...common, at, name: "engagement", interactive: false, dimensions });
    }
  }
  return rows.toSorted((a, b) => a.at - b.at);
}

function visitDimensions(random: () => number): EventRow["dimensions"] {
  const source = skewed(sources, random);
  const referrer = referrers[sources.indexOf(source)] ?? "";
  const campaign = campaigns[Math.floor(random() * campaigns.length)] ?? "";
  return {
    ...(source === "" ? {} : { source }),
    ...(referrer === "" ? {} : { referrer }),
    ...(campaign === "" ? {} : { utm_medium: "email", utm_source: "newsletter", utm_campaign: campaign }),
    country: skewed(countries, random),
    device: skewed(devices, random),
    browser: skewed(browsers, random),
    browser_version: `${120 + Math.floor(random() * 20)}.0`,
    os: skewed(systems, random),
    os_version: `${10 + Math.floor(random() * 6)}.${Math.floor(random() * 4)}`,
  };
}

/** Stores every row, 64 callers at a time. @returns how many rows */
export async function fill(store: Events): Promise<number> {
  const random = randomFrom(20_261_120);
  let stored = 0;
  for (let dayNumber = 0; dayNumber < days; dayNumber += 1) {
    const waiting = rowsOf(dayNumber, random).values();
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        for (const row of waiting) {
          await store.append(row);
          stored += 1;
        }
      }),
    );
  }
  return stored;
}

/** Page views of the last day that come in while questions are asked. */
export function lateRows(): readonly EventRow[] {
  return rowsOf(days - 1, randomFrom(7)).slice(-1000);
}
