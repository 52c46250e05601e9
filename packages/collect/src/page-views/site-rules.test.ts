// What a site's owner and the installation's operator decide within the notice: properties, hosts, pages, countries, networks, spam.
import { describe, expect, test } from "vitest";
import type { ClientTraits } from "./draft.ts";
import { collected, dimensionsOf, house, ordinary, refusedOf } from "./test-house.ts";

const withProps = { data: `${ordinary}, custom property, custom event` };
const dropsOf = (of: ReturnType<typeof house>, event: object, from: Partial<ClientTraits> = {}): readonly string[] =>
  collected(of.collector, event, from).dropped.map(({ reason }) => reason);
const counted: readonly string[] = [];
const pageAt = (u: string) => ({ u });
const placeOf = () => ({ region: "NL-UT", city: "Utrecht" });

const rowOf = (data: string, event: object): object | undefined => {
  const { collector } = house({ data });
  collected(collector, {});
  return collected(collector, event).rows[0];
};

describe("custom properties", () => {
  const p = { plan: "pro", seats: 3, secret: "x" };

  test("are kept where the notice permits them and the site lists them; the rest is counted", () => {
    const listed = house(withProps, ["exam.example"], {}, { props: ["plan", "seats"] });
    const result = collected(listed.collector, { p });
    expect(result.rows[0]?.props).toEqual({ plan: "pro", seats: "3" });
    expect(result.undeclared).toBe(1);
    expect(refusedOf(listed)).toEqual(["web-traffic: undeclared data 1"]);
  });

  test("are dropped and counted where the site lists none, or the notice permits none", () => {
    const unlisted = collected(house(withProps).collector, { p });
    expect([unlisted.rows[0]?.props, unlisted.undeclared]).toEqual([undefined, 3]);
    const undeclared = collected(house({}, ["exam.example"], {}, { props: ["plan"] }).collector, { p });
    expect([undeclared.rows[0]?.props, undeclared.undeclared]).toEqual([undefined, 3]);
  });

  test("are masked like everything that was written", () => {
    const { collector } = house(withProps, ["exam.example"], {}, { props: ["who", "from"] });
    const result = collected(collector, { p: { who: "ada@example.org", from: "at 203.0.113.77" } });
    expect(result.rows[0]?.props).toEqual({ who: "[e-mail]", from: "at [own]" });
    expect(result.masked).toBe(2);
  });

  test("go with custom events too, thirty at most", () => {
    const names = Array.from({ length: 40 }, (_, at) => `k${at}`);
    const { collector } = house(withProps, ["exam.example"], {}, { props: names });
    const sent = Object.fromEntries(names.map((name) => [name, "v"]));
    expect(Object.keys(collected(collector, { n: "Signup", p: sent }).rows[0]?.props ?? {})).toHaveLength(30);
  });

  test("are not kept together with what a promise keeps apart from them", () => {
    const apart = "{ id: promise, never: { together: [custom property, country] } }";
    const { collector } = house({ ...withProps, more: apart }, ["exam.example"], {}, { props: ["plan"] });
    const row = collected(collector, { p: { plan: "pro" } }).rows[0];
    expect(row?.dimensions.country === undefined || row.props === undefined).toBe(true);
  });
});

describe("engagement", () => {
  const engagement = { n: "engagement", sd: 250, e: 4_000 };
  test("depth needs `scroll depth`, time needs `visit duration`", () => {
    const both = rowOf("page, scroll depth, visit duration", engagement);
    expect(both).toMatchObject({ scrollDepth: 100, engagedMs: 4_000 });
    expect(rowOf("page, scroll depth", engagement)).toEqual(expect.not.objectContaining({ engagedMs: 4_000 }));
    expect(rowOf("page, scroll depth", engagement)).toMatchObject({ scrollDepth: 100 });
    const timeOnly = rowOf("page, visit duration", engagement);
    expect(timeOnly).toMatchObject({ engagedMs: 4_000 });
    expect(timeOnly).not.toHaveProperty("scrollDepth");
  });

  test("is an undeclared event where the notice permits neither, or not what was sent", () => {
    expect(dropsOf(house({ data: "page" }), engagement)).toEqual(["undeclared event"]);
    expect(dropsOf(house({ data: "page, visit duration" }), { n: "engagement", sd: 20 })).toEqual(["undeclared event"]);
    expect(dropsOf(house({ data: "page, scroll depth" }), { n: "engagement", e: 9_000 })).toEqual(["undeclared event"]);
  });
});

describe("pages of other hosts", () => {
  const covers = "exam.example, other.example";

  test("JP6 count only for the site itself, what its notice covers, and what its owner lists", () => {
    const plain = house({ covers });
    for (const u of ["https://exam.example/", "https://www.exam.example/", "https://a.b.exam.example/", "/path"])
      expect(dropsOf(plain, pageAt(u)), u).toEqual(counted);
    expect(dropsOf(plain, pageAt("https://other.example/"))).toEqual(counted);
    for (const u of ["https://foreign.example/", "https://notexam.example/", "https://exam.example.evil.example/"])
      expect(dropsOf(plain, pageAt(u)), u).toEqual(["outside the notice"]);
    expect(refusedOf(plain)).toEqual([": outside the notice 3"]);
    const listed = house({}, ["exam.example"], {}, { hostnames: ["*.shop.example", "exam.example"] });
    expect(dropsOf(listed, pageAt("https://a.shop.example/"))).toEqual(counted);
  });

  test("pages of the visitor's own machine count on a server only that machine reaches, or where they are listed", () => {
    const local = ["http://localhost:3000/", "http://127.0.0.1/", "http://[::1]:8080/", "http://app.localhost/"];
    for (const u of local) {
      expect(dropsOf(house(), pageAt(u)), u).toEqual(["outside the notice"]);
      expect(dropsOf(house({}, ["exam.example"], { countsLocalPages: true }), pageAt(u)), u).toEqual(counted);
    }
    expect(dropsOf(house({}, ["exam.example"], {}, { hostnames: ["localhost"] }), pageAt(local[0] ?? ""))).toEqual(
      counted,
    );
    expect(dropsOf(house({}, ["localhost"]), { d: "localhost", u: local[0] })).toEqual(["outside the notice"]);
  });
});

describe("shields", () => {
  test("hosts: where some are listed, only those count", () => {
    const shielded = house({}, ["exam.example"], {}, { hostnames: ["*.exam.example"] });
    expect(dropsOf(shielded, { u: "https://docs.exam.example/" })).toEqual(counted);
    expect(dropsOf(shielded, { u: "https://exam.example/" })).toEqual(["blocked host"]);
  });

  test("pages", () => {
    const shielded = house({}, ["exam.example"], {}, { blockedPages: ["/draft*", "/a"] });
    expect(dropsOf(shielded, { u: "https://exam.example/draft/1?x=y" })).toEqual(["blocked page"]);
    expect(dropsOf(shielded, { u: "https://exam.example/a" })).toEqual(["blocked page"]);
    expect(dropsOf(shielded, { u: "https://exam.example/ab" })).toEqual(counted);
  });

  test("countries, where the notice lets them be known at all", () => {
    const rules = { blockedCountries: ["NL"] };
    expect(dropsOf(house({}, ["exam.example"], {}, rules), {})).toEqual(["blocked country"]);
    expect(dropsOf(house({}, ["exam.example"], { countryOf: () => "BE" }, rules), {})).toEqual(counted);
    expect(dropsOf(house({ data: "page" }, ["exam.example"], {}, rules), {})).toEqual(counted);
  });
});

describe("what is no visit of a person", () => {
  test("invented referrers, from our list and the operator's", () => {
    const { collector } = house();
    const r = "https://www.semalt.com/crawler";
    expect(collected(collector, { r }).dropped).toEqual([{ reason: "spam referrer", count: 1 }]);
    expect(dropsOf(house(), { r: "https://sub.darodar.com/" })).toEqual(["spam referrer"]);
    expect(dropsOf(house(), { r: "https://notsemalt.com/" })).toEqual(counted);
    const more = { spamHosts: new Set(["spam.example"]) };
    expect(dropsOf(house({}, ["exam.example"], more), { r: "https://a.spam.example/" })).toEqual(["spam referrer"]);
  });

  test("addresses of datacentres, by the operator's table and by a trusted proxy's word", () => {
    const asked: string[] = [];
    const table = { isDatacentre: (truncated: string) => (asked.push(truncated), truncated === "203.0.113.0") };
    expect(dropsOf(house({}, ["exam.example"], table), {})).toEqual(["datacentre"]);
    expect(dropsOf(house({}, ["exam.example"], table), {}, { address: "198.51.100.9" })).toEqual(counted);
    expect(asked).toEqual(["203.0.113.0", "198.51.100.0"]);
    expect(dropsOf(house(), {}, { addressKind: "datacentre" })).toEqual(["datacentre"]);
    // Where the address may not be looked at, neither may what is said of it.
    const blind = house({ reads: "user agent" }, ["exam.example"], table);
    expect(dropsOf(blind, {}, { addressKind: "datacentre" })).toEqual(counted);
  });
});

describe("places", () => {
  test("a region and a city come from the operator's table, and only where the notice declares them", () => {
    const plain = dimensionsOf(house({}, ["exam.example"], { placeOf }).collector, {});
    expect(plain).not.toHaveProperty("region");
    expect(plain).not.toHaveProperty("city");
    const declared = { data: "page, region, city" };
    expect(dimensionsOf(house(declared, ["exam.example"], { placeOf }).collector, {})).toMatchObject(placeOf());
    expect(dimensionsOf(house(declared).collector, {})).not.toHaveProperty("city");
  });

  test("a shared exit has none", () => {
    const { collector } = house({ data: "page, country, city" }, ["exam.example"], { placeOf });
    const found = dimensionsOf(collector, {}, { addressKind: "anonymous" });
    expect(found).not.toHaveProperty("country");
    expect(found).not.toHaveProperty("city");
  });
});

test("a click's number makes the channel paid, and is kept nowhere", () => {
  const { collector } = house();
  const result = collected(collector, {
    u: "https://exam.example/?gclid=Canary9f3k&x=1",
    r: "https://www.google.com/",
  });
  expect(result.rows[0]?.dimensions.channel).toBe("Paid Search");
  expect(JSON.stringify(result)).not.toContain("Canary9f3k");
});
