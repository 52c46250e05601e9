// The body of an event against the rules of Plausible's public events API (facts table of the API, own examples).
import { expect, test } from "vitest";
import { type EventBody, readEvent } from "./read-event.ts";

const minimal = { n: "pageview", u: "https://exam.example/", d: "exam.example" };
const read = (fields: Record<string, unknown>) => readEvent(JSON.stringify({ ...minimal, ...fields }));
function valid(fields: Record<string, unknown>): EventBody {
  const event = read(fields);
  if ("invalid" in event) throw new Error(JSON.stringify(event.invalid));
  return event;
}
function errorsOf(fields: Record<string, unknown>): Readonly<Record<string, readonly string[]>> {
  const event = read(fields);
  return "invalid" in event ? event.invalid : {};
}

test("short and long keys mean the same; the first present wins, and null is absent", () => {
  const long = readEvent(
    JSON.stringify({
      name: "pageview",
      url: "https://exam.example/a",
      domain: "exam.example",
      referrer: "https://x.example/",
      hashMode: 1,
      interactive: false,
    }),
  );
  expect(long).toEqual(
    readEvent(
      JSON.stringify({
        n: "pageview",
        u: "https://exam.example/a",
        d: "exam.example",
        r: "https://x.example/",
        h: 1,
        i: false,
      }),
    ),
  );
  expect(valid({ name: "other" }).name).toBe("pageview");
  expect(valid({ n: null, name: "other" }).name).toBe("other");
  expect(valid({ r: null, referrer: null }).referrer).toBe("");
});

test("name: required, text or whole number, at most 120 characters", () => {
  expect(valid({ n: 404 }).name).toBe("404");
  expect(valid({ n: "é".repeat(120) }).name).toHaveLength(120);
  expect(valid({ n: "😀".repeat(120) }).name).toBe("😀".repeat(120));
  for (const n of ["", "  ", null, 1.5, true, {}, [], "x".repeat(121), "\ud800"])
    expect(errorsOf({ n }), JSON.stringify(n)).toHaveProperty("name");
});

test("url: required, at most 2000 bytes, never `data:`", () => {
  const longest = `https://exam.example/${"a".repeat(1979)}`;
  expect(valid({ u: longest }).page).toHaveLength(1000);
  for (const u of [
    "",
    null,
    7,
    {},
    ["https://exam.example/"],
    `${longest}a`,
    `https://exam.example/${"é".repeat(990)}`,
    "data:text/html,hi",
    "DATA:,x",
    "\udfff",
  ]) {
    expect(errorsOf({ u }), JSON.stringify(u).slice(0, 40)).toHaveProperty("url");
  }
});

test.each([
  ["https://www.Exam.example/", "exam.example", "/"],
  ["https://exam.example", "exam.example", "/"],
  ["https://exam.example:8443/a?b=c#d", "exam.example", "/a"],
  ["https://user:secret@exam.example/a", "exam.example", "/a"],
  ["https://exam.example/caf%C3%A9%20au%20lait%20%20", "exam.example", "/café au lait"],
  ["https://exam.example/%zz%41%ff", "exam.example", "/%zzA%ff"],
  ["https://exam.example/a%00b%0ac", "exam.example", "/abc"],
  ["https://[2001:db8::1]:80/x", "[2001:db8::1]", "/x"],
  ["/only/a/path", "(none)", "/only/a/path"],
  ["file:///home/page.html", "(none)", "/home/page.html"],
])("url %s → %s %s", (u, host, page) => {
  const event = valid({ u });
  expect([event.pageHost, event.page]).toEqual([host, page]);
});

test("hash mode adds the fragment to the page, decoded", () => {
  const u = "https://exam.example/app#/caf%C3%A9";
  expect(valid({ u }).page).toBe("/app");
  for (const h of [1, true, "1"]) expect(valid({ u, h }).page).toBe("/app#/café");
  for (const h of [0, false]) expect(valid({ u, h }).page).toBe("/app");
  expect(errorsOf({ h: {} })).toHaveProperty("hashMode");
});

test("domain: many by comma, `www.` off, lower case; absent → the host of the URL; blank is an error", () => {
  expect(valid({ d: "www.Exam.example, other.example,,exam.example" }).domains).toEqual([
    "exam.example",
    "other.example",
  ]);
  expect(valid({ d: undefined, u: "https://www.exam.example/x" }).domains).toEqual(["exam.example"]);
  for (const d of ["", " , ", 7, {}, Array.from({ length: 21 }, (_, n) => `s${n}.example`).join(",")])
    expect(errorsOf({ d }), JSON.stringify(d)).toHaveProperty("domain");
  expect(errorsOf({ d: undefined, u: "/path" })).toHaveProperty("domain");
});

test("referrer: cut at 2000, text only", () => {
  expect(valid({ r: `https://x.example/${"a".repeat(3000)}` }).referrer).toHaveLength(2000);
  expect(errorsOf({ r: 7 })).toHaveProperty("referrer");
});

test("props: object or JSON text under any of four keys, 30 at most, blanks and structures left out", () => {
  for (const key of ["p", "props", "m", "meta"]) {
    expect(
      valid({ [key]: { plan: "pro", seats: 3, trial: true, blank: " ", list: [1], none: null, deep: {} } }).props,
    ).toEqual([
      ["plan", "pro"],
      ["seats", "3"],
      ["trial", "true"],
    ]);
    expect(valid({ [key]: '{"plan":"pro"}' }).props).toEqual([["plan", "pro"]]);
  }
  expect(valid({ p: "" }).props).toEqual([]);
  expect(valid({ p: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`k${n}`, n])) }).props).toHaveLength(30);
  expect(valid({ p: { ["k".repeat(300)]: "v".repeat(2000) } }).props).toHaveLength(1);
  for (const p of [{ ["k".repeat(301)]: "v" }, { k: "v".repeat(2001) }, "no json", "[]", [], 7, { k: "\ud800" }]) {
    expect(errorsOf({ p }), JSON.stringify(p).slice(0, 40)).toHaveProperty("props");
  }
});

test("revenue is ignored silently, valid or not; width too; `v` is a whole number", () => {
  for (const fields of [
    { $: { currency: "EUR", amount: 3 } },
    { revenue: "nonsense" },
    { w: 1280 },
    { w: "wide" },
    { v: 36 },
  ]) {
    expect(valid(fields).undeclaredKeys).toBe(0);
  }
  expect(errorsOf({ v: 1.5 })).toHaveProperty("version");
});

test("interactive: default true, `i: false` alone is honoured", () => {
  expect(valid({}).interactive).toBe(true);
  expect(valid({ i: false }).interactive).toBe(false);
  expect(valid({ interactive: false }).interactive).toBe(false);
  for (const i of ["false", 0, {}]) expect(errorsOf({ i }), JSON.stringify(i)).toHaveProperty("interactive");
});

test("engagement needs scroll depth or engaged time, and is never interactive", () => {
  for (const fields of [{ sd: 50 }, { sd: 140 }, { e: 3000 }, { sd: 5, e: 3_000_000_000 }]) {
    expect(valid({ n: "engagement", ...fields }).interactive).toBe(false);
  }
  expect(valid({ n: "engagement", sd: 140, e: 3_000.4 })).toMatchObject({ scrollDepth: 100, engagedMs: 3_000 });
  expect(valid({ n: "engagement", sd: 5, e: 3_000_000_000 })).not.toHaveProperty("engagedMs");
  expect(valid({ n: "engagement", e: 3_000 })).not.toHaveProperty("scrollDepth");
  for (const fields of [{}, { e: 30 * 86_400_000 }, { sd: "deep" }, { e: -1 }, { sd: null }]) {
    expect("invalid" in read({ n: "engagement", ...fields }), JSON.stringify(fields)).toBe(true);
  }
  expect("invalid" in read({ sd: "deep" })).toBe(false);
});

test.each([
  ["not JSON", '{"n":'],
  ["empty", ""],
  ["a list", "[]"],
  ["null", "null"],
  ["text", '"pageview"'],
  ["invalid UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)],
  ["2 MB", `{"n":"${"x".repeat(2_000_000)}"}`],
  ["a polluting key", '{"n":"pageview","u":"https://exam.example/","__proto__":{"d":"exam.example"}}'],
  ["a polluting constructor", '{"n":"pageview","u":"https://exam.example/","constructor":1}'],
  [
    "200,000 lists in lists",
    `{"n":"pageview","u":"https://exam.example/","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
  ],
])("%s is a clear error of the body", (_, body) => {
  expect(readEvent(body)).toEqual({ invalid: { body: [expect.any(String)] } });
});

test("a polluting key of a property is an error, and nothing was polluted", () => {
  expect(readEvent('{"n":"pageview","u":"https://exam.example/","p":{"__proto__":"x"}}')).toHaveProperty(
    "invalid.props",
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("keys that are no field are counted", () => {
  expect(valid({ city: "x", e_mail: "y", biography: { long: "z" } }).undeclaredKeys).toBe(3);
});

test("bytes and text are read alike", () => {
  const body = JSON.stringify({ ...minimal, u: "https://exam.example/é😀" });
  expect(readEvent(new TextEncoder().encode(body))).toEqual(readEvent(body));
});

test.each([
  "https:\\\\nbviewer.org/x",
  "https:///nbviewer.org/x",
  "https:nbviewer.org/x",
  "ht\ntps://nbviewer.org/x",
  "https:/\tnbviewer.org/x",
  "https://nbviewer%2eorg/x",
])("JP6 `%j`, which browsers read as another host than it shows, is no page", (u) => {
  expect(errorsOf({ u })).toHaveProperty("url");
  expect(errorsOf({ u: "https://nbviewer.org/x?to=https:%5c%5cexample.org" })).toEqual({});
});
