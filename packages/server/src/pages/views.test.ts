// Views escape what they are given, run no script, name no other origin, and end with whom to ask (clauses.md PS2, PS13, JP11).
import type { WhoseAnswer } from "@avow/policy";
import { html } from "hono/html";
import { describe, expect, test } from "vitest";
import { Refusal } from "../http/refusal.ts";
import { exampleScript, examplePages, exampleView } from "./example-view.ts";
import type { Html } from "./frame/html.ts";
import { layout } from "./frame/layout.ts";
import { homeView } from "./home-view.ts";
import { noticeView } from "./notice/notice-view.ts";
import { claimView, signInView } from "./owner/forms-view.ts";
import { settingsView } from "./owner/settings-view.ts";
import { privateView, questionRefusedView, refusalView } from "./refusal-view.ts";
import { bulletinView } from "./stats/bulletin-view.ts";
import { atMs, bulletinModel, clauseModel, noticeModel, visitModel } from "./test-models.ts";
import { whoseView } from "./whose-view.ts";

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`;

async function whole(body: Html, script?: Html): Promise<string> {
  const frame = { title: hostile, contact: "privacy@example.org", isOwner: true, kind: "sheet" } as const;
  return told(await layout({ ...frame, ...(script === undefined ? {} : { script }) }, body));
}

const hostileAnswer = {
  asked: hostile,
  outcome: "not covered",
  sentence: hostile,
  likely: hostile,
  why: [hostile],
  host: hostile,
  notices: [
    {
      id: hostile,
      title: hostile,
      relation: "parent",
      version: hostile,
      controller: hostile,
      contact: hostile,
      example: hostile,
    },
  ],
  named: [{ notice: hostile, clause: hostile, does: hostile, privacy: hostile, contact: hostile }],
  storesNothing: true,
  cautions: [hostile],
  contact: hostile,
} as const satisfies WhoseAnswer;

/** As a browser reads it: runs of white space are one blank. */
function told(page: unknown): string {
  return String(page).replaceAll(/\s+/g, " ");
}

const hostileNotice = noticeModel({
  title: hostile,
  example: hostile,
  controller: { name: hostile, contact: hostile },
  covers: [{ host: hostile, storesNothing: true, caution: hostile }],
  sites: [hostile],
  sections: [
    {
      heading: hostile,
      clauses: [
        clauseModel({
          id: hostile,
          number: hostile,
          words: hostile,
          sentence: hostile,
          assumed: [hostile],
          where: [hostile],
          voucher: { says: hostile, by: hostile, on: "2026-01-01", until: "2027-01-01" },
          mechanism: { how: hostile, check: hostile, lacks: hostile },
          counts: { permitted: "none", refused: "none", refusals: [hostile] },
        }),
      ],
    },
  ],
  recipients: [
    {
      id: hostile,
      name: hostile,
      role: hostile,
      does: hostile,
      reached: "directly",
      holds: "stores",
      hosts: [hostile],
      sees: [hostile],
      privacy: "javascript://x/%0aalert(1)",
      agreement: hostile,
      through: [hostile],
    },
  ],
});
const hostileBulletin = bulletinModel({
  site: hostile,
  filters: [{ dimension: "page", value: hostile }],
  query: new URLSearchParams({ page: hostile }),
  tables: [
    { dimension: "page", clause: hostile, rows: [{ value: hostile, visitors: 12, share: 0.5 }], other: 10, more: 3 },
  ],
});

const pages: readonly (readonly [string, Html])[] = [
  ["the notice", noticeView(hostileNotice, visitModel({ userAgent: hostile, referrer: hostile, address: hostile }))],
  [
    "the notice of a browser that said no",
    noticeView(hostileNotice, visitModel({ written: [], nothingBecause: hostile })),
  ],
  ["the bulletin", bulletinView(hostileBulletin)],
  [
    "an empty bulletin",
    bulletinView(bulletinModel({ site: hostile, isEmpty: true, drops: [{ reason: hostile, lastAtMs: atMs }] })),
  ],
  [
    "the front page",
    homeView({
      notices: [{ id: hostile, title: hostile, state: html`${hostile}`, example: hostile }],
      sites: [{ domain: hostile, notice: hostile, isPublic: true }],
      isOwner: true,
      hasExample: true,
    }),
  ],
  ["whose", whoseView(hostileAnswer)],
  ["claim", claimView(hostile, hostile)],
  ["sign in", signInView(hostile, hostile)],
  [
    "settings",
    settingsView({
      ownerName: hostile,
      sites: [{ domain: hostile, notice: hostile, timeZone: hostile, isPublic: false }],
      keys: [{ id: hostile, site: hostile, purposes: [hostile], createdAtMs: atMs }],
    }),
  ],
  ["a refusal", refusalView(new Refusal(403, "not-permitted", hostile, { clause: hostile, notice: hostile }))],
  ["a refused question", questionRefusedView(new Refusal(400, "bad-query", hostile), hostile)],
  ["a private site", privateView(`/stats/${hostile}`)],
];

describe.each(pages)("%s", (_, body) => {
  test("escapes whatever stands in it", async () => {
    const text = await whole(body);
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toMatch(/<script|<img|onerror=[^&]*>(?!)/i);
    expect(text).not.toMatch(/href="(?!\/|#|https?:|mailto:)/);
    expect(text).not.toContain(`"><script>`);
  });

  test("PS2 runs no script, sets no style of its own and names no other origin as a resource", async () => {
    const text = await whole(body);
    expect(text).not.toMatch(/<script|<iframe|<style|<object|<embed| on\w+="| style="/i);
    for (const [, address] of text.matchAll(/(?:src|srcset|action)="([^"]*)"|<link [^>]*href="([^"]*)"/g)) {
      if (address !== undefined) expect(address).toMatch(/^\/(?!\/)/);
    }
  });

  test("JP11 ends with whom to ask, has landmarks, a skip link and headings in order", async () => {
    const text = await whole(body);
    expect(text).toMatch(/<footer[\s\S]*Questions: <a href="mailto:privacy@example.org">/);
    expect(text).toMatch(/<html lang="en">[\s\S]*class="skip" href="#content"[\s\S]*<header[\s\S]*<main id="content"/);
    const levels = [...text.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });
});

test("only the example has a script, and it is ours", async () => {
  for (const page of examplePages) {
    const text = await whole(exampleView(page), exampleScript);
    expect([...text.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script defer data-domain="example.org" src="/js/script.js">',
    ]);
  }
});

test("PS13 every form says before it is sent why, to whom, how long and what is optional", async () => {
  for (const form of [claimView("t", undefined), signInView("/", undefined)]) {
    for (const part of ["Why", "To whom", "How long", "Optional"])
      expect(told(await form)).toContain(`<dt>${part}</dt>`);
  }
});

test("JL5 a recipient whose sight is not stated is never shown as seeing nothing", async () => {
  const text = told(await noticeView(noticeModel(), undefined));
  expect(text).toContain("what it sees is not stated");
  expect(text).not.toMatch(/sees (?:none|nothing)/);
});

test("your visit: what came, what is dropped, what would be written with its clause, and a no is a no", async () => {
  const text = told(await noticeView(noticeModel(), visitModel()));
  for (const part of ["203.0.113.77", "cut to 203.0.113.0", "Firefox", 'href="#web-traffic"', "stores nothing of it"])
    expect(text).toContain(part);
  const refused = visitModel({ hasSignal: true, written: [], nothingBecause: "refusal signal" });
  expect(told(await noticeView(noticeModel(), refused))).toContain("Your browser said no: nothing is written.");
});

test("the notice says when evidence cannot be read, when nothing runs, and names what is broken", async () => {
  const failed = told(
    await noticeView(noticeModel({ evidenceFailedSinceMs: Date.parse("2026-11-20T14:02:00Z") }), undefined),
  );
  expect(failed).toContain("Evidence unavailable since 14:02 UTC; the notice still binds");
  expect(told(await noticeView(noticeModel({ sites: [] }), undefined))).toContain(
    "No site runs under this notice, so there is nothing to show.",
  );
  expect(told(await noticeView(noticeModel(), undefined))).toMatch(/Broken: .*href="#mailer">2\.2 mailer/);
});

test("an undeclared dimension is named as not collected and has no table", async () => {
  const model = bulletinModel();
  const text = told(
    await bulletinView({
      ...model,
      tables: model.tables.filter(({ dimension }) => dimension !== "country"),
      undeclared: ["country"],
    }),
  );
  expect(text).toContain("The notice does not collect: countries.");
  expect(text).not.toContain("Netherlands");
  expect(text).toContain("Not knowable here: who came back another day.");
});

test("the opening sentence compares; filters are words that can be taken away; only the owner's rows filter", async () => {
  const filtered = bulletinModel({
    query: new URLSearchParams("period=30d&country=DE&page=/x"),
    filters: [
      { dimension: "page", value: "/x" },
      { dimension: "country", value: "DE" },
    ],
  });
  const text = told(await bulletinView(filtered));
  expect(text).toContain("In the last 30 days example.org had 48,200 visits, 6 % more than in the 30 days before.");
  expect(text).toContain('href="/stats/example.org?period=30d&amp;country=DE" aria-label="Remove the filter page /x"');
  expect(text).toContain('href="/stats/example.org?period=30d&amp;page=%2Fx&amp;country=NL"');
  const open = told(await bulletinView(bulletinModel({ reader: "public" })));
  expect(open).not.toContain("country=NL");
  const few = bulletinModel({ reader: "public", leftOutDays: 1 });
  const { figures: _figures, ...withoutFigures } = few;
  expect(told(await bulletinView(withoutFigures))).toContain("had fewer than 10 visitors on every day");
});
