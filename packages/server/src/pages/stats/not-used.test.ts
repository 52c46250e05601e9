// What a bulletin and a living notice say of rows that keep an older version: how many, which, and not used for what.
import type { NotUsed } from "../../query/ask-gate.ts";
import { expect, test } from "vitest";
import type { Html } from "../frame/html.ts";
import { noticeView } from "../notice/notice-view.ts";
import { bulletinModel, noticeModel } from "../test-models.ts";
import { bulletinView } from "./bulletin-view.ts";
import { createNotUsedNotes } from "./not-used.ts";

const [older, oldest] = ["aaaaaaaa".padEnd(64, "0"), "bbbbbbbb".padEnd(64, "0")];
const unused = (version: string, rows: number): NotUsed => ({
  practice: "web-traffic",
  version,
  rows,
  reason: "undeclared data",
});

async function told(view: Html): Promise<string> {
  return String(await view)
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ");
}

test("notes the most rows an answer left out by version, and the tables they miss from", () => {
  const notes = createNotUsedNotes();
  expect(notes.all()).toEqual([]);
  notes.note([unused(older, 3), { ...unused(older, 2), practice: "other" }], ["browser"]);
  notes.note([unused(older, 4), unused(oldest, 1)], ["time:day", "country"]);
  notes.note([unused(oldest, 7)], []);
  expect(notes.all()).toEqual([
    { version: older, rows: 5, tables: ["country", "browser"] },
    { version: oldest, rows: 7, tables: [] },
  ]);
});

test("the owner reads how many rows are not used for what; the public reads about how many", async () => {
  const notUsed = [
    { version: older, rows: 1234, tables: ["country", "browser"] as const },
    { version: oldest, rows: 1, tables: [] },
  ];
  const owner = await told(bulletinView(bulletinModel({ notUsed })));
  expect(owner).toContain("1,234 rows are held under version aaaaaaaa and not used for countries and browsers");
  expect(owner).toContain("1 row is held under version bbbbbbbb and not used for these figures");
  const open = await told(bulletinView(bulletinModel({ reader: "public", notUsed })));
  expect(open).toContain("about 1,200 rows are held under version aaaaaaaa");
  expect(open).toContain("under 10 rows are held under version bbbbbbbb");
  expect(await told(bulletinView(bulletinModel()))).not.toContain("not used for");
});

test("the living notice says what keeps an older version, and bands it; with one version there is nothing to say", async () => {
  const days = { firstDay: "2026-11-01", lastDay: "2026-11-19" };
  const held = [
    { version: older, rows: "about 1,200", ...days, isCurrent: false, isKnown: true },
    { version: oldest, rows: "under 10", ...days, isCurrent: false, isKnown: false },
    { version: noticeModel().version, rows: "about 300", ...days, isCurrent: true, isKnown: true },
  ];
  const text = await told(noticeView(noticeModel({ held }), undefined));
  expect(text).toContain(
    "about 1,200 rows, 2026-11-01 to 2026-11-19, are held under version aaaaaaaa: used only as both versions allow",
  );
  expect(text).toContain("held under version bbbbbbbb, which is not known here: not used at all");
  const alone = await told(noticeView(noticeModel({ held: held.slice(2) }), undefined));
  expect(alone).not.toContain("held under version");
});

test("the living notice has a banner for a version that is not in force, with its day or without", async () => {
  const waiting = { version: older, verdict: "less protective" };
  const undeclared = await told(noticeView(noticeModel({ waiting }), undefined));
  expect(undeclared).toContain(
    "A version less protective than this one has been written (aaaaaaaa). It is not in force: it was not declared.",
  );
  const declared = await told(
    noticeView(noticeModel({ waiting: { ...waiting, verdict: "incomparable", effective: "2026-12-01" } }), undefined),
  );
  expect(declared).toContain(
    "A version incomparable with this one has been written (aaaaaaaa). It comes into force on 2026-12-01",
  );
  expect(await told(noticeView(noticeModel(), undefined))).not.toContain("has been written");
});

test("the living notice has a banner while a change is recent: when, how it compares, and what changed", async () => {
  const sinceMs = Date.parse("2026-11-18T10:00:00Z");
  const changed = {
    from: older,
    sinceMs,
    verdict: "less protective",
    witnesses: ["page: used for <marketing>"],
  } as const;
  const page = String(await noticeView(noticeModel({ changed }), undefined));
  expect(page).toMatch(/class="banner"[^]*<h1>/);
  expect(page).toContain("page: used for &lt;marketing&gt;");
  expect(await told(noticeView(noticeModel({ changed }), undefined))).toMatch(
    /This notice changed on .*2026.* and is less protective than version aaaaaaaa\./,
  );
  for (const verdict of ["equivalent", "more protective", "incomparable"] as const) {
    expect(await told(noticeView(noticeModel({ changed: { ...changed, verdict } }), undefined))).toMatch(
      verdict === "more protective"
        ? /more protective than version aaaaaaaa/
        : /(the same as|less protective than) version aaaaaaaa/,
    );
  }
  expect(await told(noticeView(noticeModel(), undefined))).not.toContain("This notice changed");
});
