// Models for the tests of views: plausible ones to look at, and places to put hostile text into.
import type { ClauseModel, NoticeModel, VisitModel } from "./notice/notice-model.ts";
import type { BulletinModel } from "./stats/bulletin-model.ts";
import { readPeriod } from "./stats/period.ts";

export const atMs = Date.parse("2026-11-20T20:14:00Z");

export function clauseModel(changes: Partial<ClauseModel> = {}): ClauseModel {
  return {
    id: "web-traffic",
    number: "1.1",
    kind: "practice",
    sentence:
      "From visitors we keep page, referrer and country for usage statistics, unless they refuse, as pseudonymous data until the day closes, then in aggregates of at least 10 for 25 months; nobody else gets them.",
    words: "We count visits, never visitors.",
    assumed: [],
    state: "enforced",
    where: ["example.org"],
    evidence: { atMs: atMs - 60_000, what: "last permitted", source: "this server" },
    mechanism: {
      how: "The page-view collector asks the gate before it writes.",
      check: 'npm run -s avow -- explain example --data "page"',
      lacks: "closing the day",
    },
    counts: { permitted: "about 12,000", refused: "under 10", refusals: ["refused by a signal"] },
    ...changes,
  };
}

export function noticeModel(changes: Partial<NoticeModel> = {}): NoticeModel {
  return {
    id: "example",
    title: "Privacy notice of example.org",
    controller: { name: "Example Foundation", contact: "privacy@example.org" },
    version: "3f57b7b2".padEnd(64, "0"),
    inForceSinceMs: atMs - 86_400_000,
    covers: [{ host: "example.org", storesNothing: false }],
    sites: ["example.org"],
    sections: [
      { heading: "What we collect", clauses: [clauseModel(), withoutMechanism("server-log", "1.2")] },
      { heading: "Whom we use", clauses: [vouched("host", "2.1"), broken("mailer", "2.2")] },
    ],
    recipients: [
      {
        id: "host",
        name: "Hosting Cooperative",
        role: "processor",
        does: "runs the machine",
        reached: "by us",
        holds: "stores",
        hosts: ["host.example"],
        privacy: "https://host.example/privacy",
        through: [],
      },
    ],
    versions: [{ version: "3f57b7b2".padEnd(64, "0"), seenAtMs: atMs - 86_400_000, isCurrent: true }],
    held: [],
    atMs,
    ...changes,
  };
}

function withoutMechanism(id: string, number: string): ClauseModel {
  const { mechanism: _mechanism, evidence: _evidence, words: _words, ...rest } = clauseModel();
  const sentence =
    "From visitors we keep IP address and user agent for security, always, raw for 30 days; nobody else gets them.";
  return { ...rest, id, number, sentence, state: "only said", where: [], assumed: ["basis", "keep"], counts: none };
}

const none = { permitted: "none", refused: "none", refusals: [] } as const;

function vouched(id: string, number: string): ClauseModel {
  const { mechanism: _mechanism, evidence: _evidence, ...rest } = clauseModel();
  return {
    ...rest,
    id,
    number,
    kind: "recipient",
    words: "The machines stand at a cooperative we are members of.",
    sentence: "Hosting Cooperative, our processor, runs the machine and stores what it gets.",
    state: "vouched for",
    where: [],
    voucher: { says: "same protection", by: "infrastructure", on: "2024-10-04", until: "2027-10-04" },
    counts: none,
  };
}

function broken(id: string, number: string): ClauseModel {
  const voucher = { says: "same protection", by: "mail team", on: "2023-10-04", until: "2025-10-04" };
  return { ...vouched(id, number), words: "Letters go out through a mail service.", state: "broken", voucher };
}

export function visitModel(changes: Partial<VisitModel> = {}): VisitModel {
  return {
    site: "example.org",
    address: "203.0.113.77",
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    referrer: "",
    truncatedAddress: "203.0.113.0",
    hasSignal: false,
    written: [
      { what: "page", value: "/", clause: "web-traffic" },
      { what: "country", value: "NL", clause: "web-traffic" },
      { what: "browser", value: "Firefox", clause: "web-traffic" },
    ],
    ...changes,
  };
}

function rows(values: readonly string[]): BulletinModel["tables"][number]["rows"] {
  return values.map((value, index) => ({ value, visitors: 18_200 >> index, share: 0.42 / 2 ** index }));
}

type Table = BulletinModel["tables"][number];

function table(dimension: Table["dimension"], values: readonly string[]): Table {
  return { dimension, clause: "web-traffic", rows: rows(values), other: 0, more: 0 };
}

export function bulletinModel(changes: Partial<BulletinModel> = {}): BulletinModel {
  const query = new URLSearchParams("period=30d");
  const period = readPeriod(query, atMs, "UTC");
  const points = Array.from({ length: 30 }, (_, index) => ({
    label: new Date(atMs - (29 - index) * 86_400_000).toISOString().slice(0, 10),
    visitors: Math.round(1400 + 500 * Math.sin(index / 2.3) + 13 * index),
  }));
  return {
    site: "example.org",
    isPublic: true,
    reader: "owner",
    notice: {
      id: "example",
      title: "Privacy notice of example.org",
      version: "3f57b7b2".padEnd(64, "0"),
      contact: "privacy@example.org",
    },
    timeZone: "UTC",
    period,
    query,
    filters: [],
    least: 10,
    figures: { visitors: 43_310, visits: 48_200, pageviews: 103_417, bounceRate: 48, duration: 137 },
    previous: { visitors: 41_002, visits: 45_471, pageviews: 99_870, bounceRate: 47, duration: 141 },
    leftOutDays: 0,
    isInSteps: false,
    path: "/stats/example.org",
    notUsed: [],
    notKept: [],
    chart: {
      bucket: "time:day",
      points,
      before: points.map(({ visitors }, index) => visitors - 180 + ((index * 37) % 140)),
    },
    tables: [
      table("source", ["Direct / None", "Google", "Hacker News", "DuckDuckGo", "lobste.rs"]),
      table("page", ["/", "/docs/", "/docs/install", "/blog/a-notice-that-runs", "/about"]),
      table("country", ["NL", "DE", "FR", "SI", ""]),
      table("device", ["Desktop", "Mobile", "Tablet"]),
      table("browser", ["Firefox", "Chrome", "Safari"]),
      table("os", ["Linux", "Windows", "Mac"]),
    ],
    undeclared: [],
    isEmpty: false,
    drops: [],
    scriptUrl: "http://localhost:8000/js/script.js",
    ...changes,
  };
}
