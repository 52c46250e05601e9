// PS4: a voting member's postal address never leaves the foundation; the ban holds by overlap, for the words above and below it too.
import { afterAll, expect, test } from "vitest";
import { editedNotices } from "./edited-notices.ts";

const notices = editedNotices();
afterAll(() => notices.remove());

const ask = (data: string, ...to: readonly string[]) =>
  notices.run(
    {},
    "explain",
    notices.path("psf"),
    "--data",
    data,
    "--from",
    "voting member",
    "--for",
    "membership upkeep",
    ...to,
  );

test.each(["postal address", "contact data", "location data", "personal data", "billing address"])(
  "PS4 a notice that gives `%s` of members to the public fails the check",
  (data) => {
    const leak = `{ id: leak, from: member, data: ${data}, form: raw, for: replying, when: always, basis: legitimate interest, keep: 1 day, to: public }`;
    const edits = {
      psf: [
        ["  - id: optional-answers ", `  - ${leak}\n  - id: optional-answers `],
        ["[access-log, own-use, cookies]", "[access-log, own-use, cookies, leak]"],
      ],
    } as const;
    const { code, out } = notices.run(edits, "check", notices.path("psf"));
    expect(out).toContain(`practice \`leak\` breaks promise \`address-private\`: \`${data}\``);
    expect(code).toBe(1);
  },
);

test("PS4 asked, it is refused in every word that may be it; the foundation itself may hold it", () => {
  for (const data of ["postal address", "contact data", "location data", "personal data", "billing address"]) {
    const { code, out } = ask(data, "--to", "public");
    expect(out, data).toContain("forbidden by promise");
    expect(out, data).toContain("address-private");
    expect(code).toBe(1);
  }
  expect(ask("postal address")).toMatchObject({ code: 0, out: expect.stringContaining("voting-address") });
});

function asked(...args: readonly string[]): ReturnType<typeof notices.run> {
  return notices.run({}, "explain", notices.path("psf"), "--from", "managing member", ...args);
}

test("PS4 no purpose and no company of other data opens the way to the public; both are fine for the foundation", () => {
  for (const purpose of ["publishing statistics", "named services", "legal rights", "informing"]) {
    const { code, out } = asked("--data", "postal address", "--for", purpose, "--to", "public");
    expect(out, purpose).toContain("address-private");
    expect(code).toBe(1);
  }
  const joint = ["--data", "country", "--data", "postal address", "--for", "membership upkeep"];
  const leak = asked(...joint, "--to", "public");
  expect(leak.out).toContain("address-private");
  expect(leak.code).toBe(1);
  // The control: the same words without the public are no matter of the promise.
  expect(asked(...joint).out).not.toContain("address-private");
  expect(asked("--data", "country", "--for", "membership upkeep")).toMatchObject({ code: 0 });
});

test("PS4 without the promise the leak would pass: the promise is what stops it", () => {
  const leak =
    "{ id: leak, from: member, data: contact data, form: raw, for: replying, when: always, basis: legitimate interest, keep: 1 day, to: public }";
  const edits = {
    psf: [
      ["  - id: optional-answers ", `  - ${leak}\n  - id: optional-answers `],
      ["[access-log, own-use, cookies]", "[access-log, own-use, cookies, leak]"],
      ["never: { data: postal address, from: voting member, to: public }", "says: it is private"],
      // The other ban a contact word overlaps is on money: a billing address stands below both.
      ["never: { data: financial data, to: public }", "says: payments are private"],
    ],
  } as const;
  const { code, out } = notices.run(edits, "check", notices.path("psf"));
  expect(out).not.toContain("promise-broken");
  expect(code).toBe(0);
});
