// A program under a notice: what the notice declares compiles, and what it does not declare does not.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadNotice, standardVocabulary, writeNoticeTypes } from "@avow/policy";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../..");
const notice = `avow: 1
notice: shop
title: Shop
controller: { name: Shop, contact: shop@exam.example }
recipients:
  stripe: { role: processor, name: Stripe, does: takes card payments, holds: stores, reached: directly, hosts: [js.stripe.example, "*.pay.example"], through: [cdn] }
  cdn: { role: processor, name: CDN, does: carries it, holds: transits, reached: directly, hosts: [cdn.example] }
  index: { role: independent controller, name: the configured index, does: lists packages, holds: not stated, reached: directly, visible to us: no }
features:
  card-form: { does: lets you pay by card, needs: stripe, when: opt-in }
  packages: { does: lists packages, needs: index, when: opt-in }
practices:
  - { id: visits, from: visitor, reads: [IP address], data: [page, location data], form: pseudonymous, for: usage statistics, when: opt-out, basis: legitimate interest, keep: 30 days, to: nobody }
  - { id: payment, from: sponsor, data: [payment card], form: raw, for: payment, when: necessary, basis: contract, keep: never by us, to: [stripe], needs: card-form }
  - { id: answers, from: user, data: [consent record], held: their own device, form: raw, for: providing the service, when: necessary, basis: contract, keep: 1 year, to: nobody }
page: [{ All: [stripe, cdn, index, card-form, packages, visits, payment, answers] }]
`;

const program = `import type { Request } from "./request.ts";
import { type Declared, type Feature, type NoticeRequest, type Recipient, type RequestOf, type Row, noticeVersion } from "./notice.ts";

declare function ask(request: Request): void;
declare function declared(request: NoticeRequest): void;

export const version: string = noticeVersion;

// What is declared compiles, and is a request of the gate.
const visit: NoticeRequest = { data: "page", from: "visitor", for: "usage statistics", form: "pseudonymous" };
ask(visit);
declared({ data: ["page", "country"], from: "member", for: "usage statistics" });
declared({ act: "read", data: "IP address", from: "visitor", for: "usage statistics" });
declared({ data: "card number", from: "sponsor", for: "payment", to: "stripe", answer: "yes" });
declared({ data: "consent record", from: "user", for: "providing the service", to: "their own device" });
export const row: Row<"visits", string> = { page: "/", country: "AT" };
export const feature: Feature = "card-form";
export const recipient: Recipient = "stripe";
export const inOne: RequestOf<"payment"> = { data: "payment card", from: "sponsor", for: "payment", to: "stripe" };

// A gate that takes only what is declared.
declare function createGate<D extends { readonly feature: string; readonly url: object; readonly request: Request }>(): {
  ask(feature: D["feature"]): Promise<"ask" | "yes" | "no">;
  fetch<F extends D["feature"] & keyof D["url"]>(feature: F, url: D["url"][F]): Promise<unknown>;
  decide(request: D["request"]): void;
};
export const gate = createGate<Declared>();
void gate.ask("card-form");
void gate.fetch("card-form", "https://js.stripe.example/v3?x=1");
void gate.fetch("card-form", "https://eu.pay.example/form");
void gate.fetch("card-form", "https://cdn.example");
void gate.fetch("packages", "https://whatever.is.configured/search");
gate.decide({ data: "page", from: "visitor", for: "usage statistics" });

// What is not declared does not.
// @ts-expect-error -- an undeclared feature is not asked for
void gate.ask("chat");
// @ts-expect-error -- an undeclared host
void gate.fetch("card-form", "https://evil.example/v3");
// @ts-expect-error -- a host that only begins like a declared one
void gate.fetch("card-form", "https://js.stripe.example.evil.example/v3");
// @ts-expect-error -- a host before which a user name looks like a declared one
void gate.fetch("card-form", "https://js.stripe.example@evil.example/v3");
// @ts-expect-error -- without a secure connection
void gate.fetch("card-form", "http://js.stripe.example/v3");
// @ts-expect-error -- an undeclared purpose
gate.decide({ data: "page", from: "visitor", for: "marketing" });
// @ts-expect-error -- no practice has the datum
declared({ data: "e-mail address", from: "visitor", for: "usage statistics" });
// @ts-expect-error -- the word above a declared one is not declared
declared({ data: "usage data", from: "visitor", for: "usage statistics" });
// @ts-expect-error -- no practice has the purpose
declared({ data: "page", from: "visitor", for: "marketing" });
// @ts-expect-error -- no practice is about them
declared({ data: "page", from: "owner", for: "usage statistics" });
// @ts-expect-error -- nobody gets the page
declared({ data: "page", from: "visitor", for: "usage statistics", to: "stripe" });
// @ts-expect-error -- an unknown recipient
declared({ data: "payment card", from: "sponsor", for: "payment", to: "paypal" });
// @ts-expect-error -- words of two practices mixed
declared({ data: "payment card", from: "sponsor", for: "usage statistics", to: "stripe" });
// @ts-expect-error -- what is only looked at is not held
declared({ data: "IP address", from: "visitor", for: "usage statistics" });
// @ts-expect-error -- what rests on their own device does not rest with us
declared({ data: "consent record", from: "user", for: "providing the service" });
// @ts-expect-error -- an undeclared field of a row
export const wide: Row<"visits", string> = { page: "/", "e-mail address": "a@exam.example" };
// @ts-expect-error -- an undeclared feature
export const other: Feature = "chat";
// @ts-expect-error -- an undeclared recipient
export const third: Recipient = "public";
`;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "avow-types-"));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What the compiler says of a program in the folder. */
function compiled(text: string): string {
  writeFileSync(join(dir, "program.ts"), text);
  const flags =
    "--noEmit --strict --exactOptionalPropertyTypes --allowImportingTsExtensions --module nodenext --target es2023";
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...flags.split(" "), "--types", "", "program.ts"], {
    cwd: dir,
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout;
}

test("what a notice does not declare does not compile, and what it declares does", async () => {
  const { policy } = await loadNotice("shop.yaml", () => notice);
  writeFileSync(join(dir, "notice.ts"), writeNoticeTypes(policy!, standardVocabulary));
  writeFileSync(
    join(dir, "request.ts"),
    `export type { Request } from ${JSON.stringify(join(root, "packages/policy/src/model/policy.ts"))};\n`,
  );
  expect(compiled(program)).toBe("");
  // Each expectation is of an error that is there: without it the compiler speaks.
  const errors = compiled(program.replaceAll("@ts-expect-error", "not expected"));
  expect(errors.match(/error TS/g)).toHaveLength(18);
  for (const word of ["e-mail address", "marketing", "owner", "paypal", "chat"]) expect(errors).toContain(word);
}, 60_000);

test("types of an addendum hold its parents' practices too", async () => {
  const parent = notice.replace("notice: shop", "notice: above");
  const child = `avow: 1
notice: below
title: Below
controller: { name: Shop, contact: shop@exam.example }
addendum to: above.yaml
practices: [{ id: news, from: user, data: [e-mail address], form: raw, for: informing, when: opt-in, basis: consent, keep: 1 year, to: nobody }]
page: [{ All: [news] }]
`;
  const { policy } = await loadNotice("below.yaml", (path) => (path.endsWith("above.yaml") ? parent : child));
  const text = writeNoticeTypes(policy!, standardVocabulary);
  for (const id of ["news", "visits", "payment"]) expect(text).toContain(`readonly "${id}": {`);
});
