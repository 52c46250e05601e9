// The contract of records: what is put is found, once-only is once, and counts add up.
import { describe, expect, it } from "vitest";
import type { ApiKey, EvidenceCount, Records, Site } from "../contract.ts";
import { StoreClosedError } from "../errors.ts";
import { undeclaredColumns } from "../undeclared-columns.ts";
import { type Open, using } from "./suite.ts";

const site: Site = {
  domain: "example.org",
  notice: "example",
  timeZone: "Europe/Amsterdam",
  isPublic: true,
  scriptId: "abc",
  createdAtMs: 1_795_000_000_123,
};
const key: ApiKey = { id: "k1", hash: "h1", site: "example.org", purposes: ["statistics", "export"], createdAtMs: 5 };
const count: EvidenceCount = { notice: "n", clause: "c", outcome: "permitted", reason: "r", count: 2, lastAtMs: 100 };

export function recordsContract(open: Open<Records>): void {
  describe("sites and keys", () => {
    sitesAndKeys(open);
    goalsOfSites(open);
  });
  describe("owner, sessions and links", () => ownerAndLinks(open));
  describe("versions, evidence and settings", () => noticeRecords(open));
  describe("as a store", () => asStore(open));
}

function goalsOfSites(open: Open<Records>): void {
  it(
    "keeps the goals and links of a site, and their absence",
    using(open, async (records) => {
      const goals = [
        { label: "Joined", event: "Sign-up" },
        { label: "Read", page: "/blog/**" },
      ];
      const shares = [{ id: "s1", name: "the board", hash: "ab".repeat(32), createdAtMs: 5 }];
      await records.putSite({ ...site, goals, shares });
      expect(await records.site("example.org")).toEqual({ ...site, goals, shares });
      await records.putSite(site);
      expect(await records.site("example.org")).toEqual(site);
    }),
  );
}

function sitesAndKeys(open: Open<Records>): void {
  it(
    "finds a site by domain and by script",
    using(open, async (records) => {
      await records.putSite({ ...site, domain: "b.example", scriptId: "xyz", isPublic: false });
      await records.putSite(site);
      expect(await records.sites()).toEqual([{ ...site, domain: "b.example", scriptId: "xyz", isPublic: false }, site]);
      expect(await records.site("example.org")).toEqual(site);
      expect(await records.siteByScriptId("abc")).toEqual(site);
      expect(await records.site("Example.org")).toBeUndefined();
      expect(await records.siteByScriptId("ab")).toBeUndefined();
    }),
  );

  it(
    "replaces a site that is put again",
    using(open, async (records) => {
      await records.putSite(site);
      await records.putSite({ ...site, notice: "other", isPublic: false });
      expect(await records.sites()).toEqual([{ ...site, notice: "other", isPublic: false }]);
    }),
  );

  it(
    "keeps the rules of a site, and their absence",
    using(open, async (records) => {
      const rules = {
        props: ["plan", "prix – €"],
        hostnames: ["*.example.org"],
        blockedPages: ["/draft/*"],
        blockedCountries: ["NL"],
      };
      await records.putSite({ ...site, rules });
      expect(await records.site("example.org")).toEqual({ ...site, rules });
      await records.putSite({ ...site, rules });
      expect(await records.siteByScriptId("abc")).toEqual({ ...site, rules });
      await records.putSite(site);
      expect(await records.site("example.org")).toEqual(site);
    }),
  );

  it(
    "keeps a key until it is removed",
    using(open, async (records) => {
      await records.addKey(key);
      await records.addKey({ ...key, id: "k2", hash: "h2", purposes: [], createdAtMs: 4 });
      expect((await records.keys()).map(({ id }) => id)).toEqual(["k2", "k1"]);
      expect(await records.keyByHash("h1")).toEqual(key);
      expect(await records.removeKey("k1")).toBe(true);
      expect(await records.removeKey("k1")).toBe(false);
      expect(await records.keyByHash("h1")).toBeUndefined();
    }),
  );

  it(
    "refuses a key whose id or hash is taken",
    using(open, async (records) => {
      await records.addKey(key);
      await expect(records.addKey({ ...key, hash: "h9" })).rejects.toThrow();
      await expect(records.addKey({ ...key, id: "k9" })).rejects.toThrow();
      expect(await records.keys()).toEqual([key]);
    }),
  );
}

function ownerAndLinks(open: Open<Records>): void {
  it(
    "has one owner",
    using(open, async (records) => {
      expect(await records.owner()).toBeUndefined();
      await records.setOwner({ name: "a", passwordHash: "p" });
      await records.setOwner({ name: "b", passwordHash: "q" });
      expect(await records.owner()).toEqual({ name: "b", passwordHash: "q" });
    }),
  );

  it(
    "ends a session at its time or when it is removed",
    using(open, async (records) => {
      await records.addSession({ hash: "s", expiresAtMs: 1000 });
      await records.addSession({ hash: "t", expiresAtMs: 1000 });
      expect(await records.hasSession("s", 999)).toBe(true);
      expect(await records.hasSession("s", 1000)).toBe(false);
      await records.removeSession("t");
      expect(await records.hasSession("t", 0)).toBe(false);
      expect(await records.hasSession("unknown", 0)).toBe(false);
    }),
  );

  it(
    "lets a link be taken once, in time, for what it grants",
    using(open, async (records) => {
      await records.addToken({ hash: "l", grants: "claim", expiresAtMs: 1000 });
      expect(await records.takeToken("l", "other", 1)).toBe(false);
      expect(await records.takeToken("l", "claim", 1000)).toBe(false);
      const taken = await Promise.all(Array.from({ length: 8 }, () => records.takeToken("l", "claim", 999)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    }),
  );
}

function noticeRecords(open: Open<Records>): void {
  it(
    "keeps the first sight of a version",
    using(open, async (records) => {
      await records.putVersion({ notice: "n", version: "v2", canonical: "{2}", seenAtMs: 20 });
      await records.putVersion({ notice: "n", version: "v1", canonical: "{1}", seenAtMs: 10 });
      await records.putVersion({ notice: "n", version: "v1", canonical: "{1}", seenAtMs: 99 });
      expect((await records.versions()).map(({ version, seenAtMs }) => [version, seenAtMs])).toEqual([
        ["v1", 10],
        ["v2", 20],
      ]);
    }),
  );

  it(
    "keeps the first text of a hash, and every coming into force in its order",
    using(open, async (records, again) => {
      expect(await records.archivedText("h")).toBeUndefined();
      await records.putArchivedText({ hash: "h", text: "[1]" });
      await records.putArchivedText({ hash: "h", text: "[2]" });
      expect(await records.archivedText("h")).toBe("[1]");
      expect(await records.inForce()).toEqual([]);
      // The clock was turned back between them.
      const came = [30, 10, 20].map((sinceMs, index) => ({ notice: "n", version: `v${index % 2}`, sinceMs }));
      for (const one of came) await records.putInForce(one);
      expect(await records.inForce()).toEqual(came);
      if (again === undefined) return;
      await records.close();
      const reopened = await again();
      try {
        expect(await reopened.inForce()).toEqual(came);
        expect(await reopened.archivedText("h")).toBe("[1]");
      } finally {
        await reopened.close();
      }
    }),
  );

  it(
    "adds evidence up and keeps the latest time",
    using(open, async (records) => {
      await records.addEvidence([count, { ...count, outcome: "refused" }, { ...count, count: 3, lastAtMs: 50 }]);
      await Promise.all(Array.from({ length: 10 }, () => records.addEvidence([{ ...count, count: 1, lastAtMs: 200 }])));
      await records.addEvidence([]);
      expect(await records.evidence("n")).toEqual([
        { ...count, count: 15, lastAtMs: 200 },
        { ...count, outcome: "refused" },
      ]);
      expect(await records.evidence("other")).toEqual([]);
    }),
  );

  it(
    "keeps settings",
    using(open, async (records) => {
      await records.setSetting("a", "1");
      await records.setSetting("a", "2");
      expect(await records.setting("a")).toBe("2");
      expect(await records.setting("b")).toBeUndefined();
    }),
  );
}

function asStore(open: Open<Records>): void {
  it(
    "treats text as text",
    using(open, async (records) => {
      const odd = "'; DROP TABLE sites; --\u0000\u{1f512}";
      await records.setSetting(odd, odd);
      expect(await records.setting(odd)).toBe(odd);
      expect(await records.sites()).toEqual([]);
    }),
  );

  it(
    "has no column the layout does not know",
    using(open, async (records) => {
      const columns = await records.columns();
      expect(columns.length).toBeGreaterThan(20);
      expect(undeclaredColumns(columns, () => true)).toEqual([]);
    }),
  );

  it(
    "refuses work once closed",
    using(open, async (records) => {
      await records.close();
      await expect(records.sites()).rejects.toThrow(StoreClosedError);
      await expect(records.setSetting("a", "b")).rejects.toThrow(StoreClosedError);
    }),
  );

  it(
    "keeps everything over a reopening",
    using(open, async (records, again) => {
      if (again === undefined) return;
      await records.putSite(site);
      await records.addKey(key);
      await records.addEvidence([count]);
      await records.setSetting("a", "1");
      await records.close();
      const reopened = await again();
      try {
        expect(await reopened.sites()).toEqual([site]);
        expect(await reopened.keys()).toEqual([key]);
        expect(await reopened.evidence("n")).toEqual([count]);
        expect(await reopened.setting("a")).toBe("1");
      } finally {
        await reopened.close();
      }
    }),
  );
}
