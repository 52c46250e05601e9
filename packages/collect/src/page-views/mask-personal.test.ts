// What is masked as personal, and what ordinary pages must keep.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { maskPersonal } from "./mask-personal.ts";

test.each([
  ["/users/ada@example.org/orders", "/users/[e-mail]/orders"],
  ["/users/ada%40example.org", "/users/[e-mail]"],
  ["/u/ada.love+news@mail.example.co.uk", "/u/[e-mail]"],
  ["/users/%40@example.org", "/users/[e-mail]"],
  ["/reset/550e8400-e29b-41d4-a716-446655440000/now", "/reset/[token]/now"],
  ["/reset/9f86d081884c7d659a2feaa0c55ad015", "/reset/[token]"],
  ["/invite/friends-of-the-house-deadbeefdeadbeefdead1234", "/invite/friends-of-the-house-[token]"],
  ["/s/V1StGXR8_Z5jdHi6B-myT", "/s/[token]"],
  ["/s/k3j4h5k2l3h4k5j2m8n7", "/s/[token]"],
  ["/login/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "/login/[token].[token]"],
  ["/call/+4915112345678", "/call/+[token]"],
  ["/pay/4111111111111111", "/pay/[token]"],
])("%s → %s", (text, masked) => expect(maskPersonal(text, []).text).toBe(masked));

test.each([
  "/",
  "/project/scikit-learn/1.5.2/",
  "/npm/react@18.2.0/umd/react.production.min.js",
  "/package/@angular/core",
  "/@ada",
  "/blog/2024-01-02-how-to-install-python-3-12-on-windows-11",
  "/How-To-Install-Python-3-10-On-Windows",
  "/docs/Web/API/Document/getElementsByTagNameNS",
  "/files/numpy-2.0.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
  "/questions/12345678901/what-is-this",
  "/wiki/Donaudampfschifffahrtsgesellschaft",
  "/commit/3f9a2b7",
  "/a/Control7h2mNeighbour",
])("%s stays", (text) => expect(maskPersonal(text, [])).toEqual({ text, count: 0 }));

test("what the request itself is known by is masked wherever it stands", () => {
  expect(maskPersonal("/from/203.0.113.77/x", ["203.0.113.77"])).toEqual({ text: "/from/[own]/x", count: 1 });
});

test("no e-mail address comes through", () => {
  const mailbox = fc.emailAddress().filter((each) => !each.includes("/"));
  fc.assert(
    fc.property(mailbox, fc.constantFrom("", "/a/", "x "), fc.constantFrom("", "/b", " y"), (email, before, after) => {
      const { text, count } = maskPersonal(before + email + after, []);
      expect(text).not.toContain(email);
      expect(count).toBeGreaterThan(0);
    }),
    { numRuns: 2_000 },
  );
});

test("random tokens are masked nearly always", () => {
  const tokens = fc.sample(
    fc.string({
      unit: fc.constantFrom(...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")),
      minLength: 24,
      maxLength: 40,
    }),
    { numRuns: 1_000, seed: 7 },
  );
  expect(tokens.filter((token) => maskPersonal(`/t/${token}`, []).count === 0).length).toBeLessThan(50);
});

test("long hostile texts cost little", () => {
  // oxlint-disable no-restricted-globals -- a test may look at the clock
  const start = performance.now();
  for (const text of [
    "a".repeat(100_000),
    "@".repeat(100_000),
    "a@".repeat(50_000),
    `${"a.".repeat(50_000)}@`,
    "1a".repeat(50_000),
  ])
    maskPersonal(text, []);
  expect(performance.now() - start).toBeLessThan(2_000);
});
