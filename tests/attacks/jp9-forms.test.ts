// JP9: a project that is nobody's vendor declines forms, with facts; one that is answers by question id, or `unknown`, never a guess.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { avow, root } from "../installation.ts";

const form = join(root, "notices/pypi/forms.yaml");
const dir = mkdtempSync(join(tmpdir(), "avow-forms-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Answered {
  readonly kind: string;
  readonly clause?: string;
  readonly against?: readonly { readonly practice: string; readonly data: string }[];
  readonly answers?: readonly { readonly id: string; readonly answer: string; readonly clauses: readonly string[] }[];
  readonly facts?: readonly { readonly about: string; readonly says: string; readonly clause?: string }[];
  readonly paragraphs?: readonly string[];
  readonly contact: string;
}

function answered(notice: string): { readonly code: number | null; readonly answer: Answered } {
  const ran = avow(
    "answer",
    form,
    "--notice",
    notice,
    "--date",
    "2026-11-20",
    "--json",
    "--notices",
    join(root, "notices"),
  );
  return { code: ran.code, answer: JSON.parse(ran.out) as Answered };
}

/** Each question as the notice answers it; `unknown` exactly where the notice, or the text it follows, does not say. */
const golden: Readonly<Record<string, string>> = {
  who: "Python Software Foundation",
  contact: "psf@python.org",
  "where-it-holds": "pypi.org, test.pypi.org, files.pythonhosted.org, analytics.python.org",
  "email-held": "yes",
  "card-held": "no: not held; it may be in what is looked at or passed on",
  "payment-records": "unknown",
  "ip-held": "yes",
  "health-held": "unknown",
  "customers-held": "no: not held; it may be in what is looked at or passed on",
  "location-held": "unknown",
  "email-why":
    "providing the service, administering, replying; informing; membership upkeep, opening secure areas, replying; replying, opening secure areas, named services, improving the service; preventing fraud; sending mailings",
  "email-kept": "unknown",
  "ip-form": "unknown",
  "ip-kept": "unknown",
  "card-recipients": "Stripe, the payment processor",
  "errors-recipients": "Sentry",
  "email-public": "no: the public gets no e-mail address",
  "downloads-public": "yes",
  marketing: "no: not declared, so nothing is used for it",
  "payment-use": "yes",
  research: "no: not declared, so nothing is used for it",
  "news-consent": "unknown",
  "host-agreement": "yes: https://aws.amazon.com/blogs/security/aws-gdpr-data-processing-addendum/",
  "cdn-stores": "no: it only passes it on",
  "card-processor": "yes: it stores what it gets",
  deletion: "yes, within 30 days",
  access: "unknown",
  encryption: "yes",
  "penetration-tests": "unknown",
  mail: "Mail from us is opt-in, except for membership upkeep.",
  cookies: "Cookies may be refused.",
  changes:
    "A change of this notice never weakens the protection of data we already hold, unless the person it is about agrees.",
  certificate: "unknown",
  breach: "unknown",
  "background-checks": "unknown",
  insurance: "unknown",
};

test("JP9 a form is answered by question id from the notice: right, or `unknown` exactly where listed", () => {
  const { code, answer } = answered("pypi");
  expect([code, answer.kind]).toEqual([0, "answers"]);
  expect(Object.keys(golden).length).toBeGreaterThanOrEqual(25);
  expect(Object.fromEntries((answer.answers ?? []).map((each) => [each.id, each.answer]))).toEqual(golden);
  // Whatever is said of practices names the clauses that say it.
  for (const { id, answer: said, clauses } of answer.answers ?? [])
    if (said.startsWith("yes")) expect(clauses.length, id).toBeGreaterThan(0);
});

const shipped = readFileSync(join(root, "notices/jupyter/notice.yaml"), "utf8").replace(/^see also:.*$/m, "");

function variant(name: string, change: (text: string) => string): string {
  const path = join(dir, name, "notice.yaml");
  mkdirSync(join(dir, name));
  writeFileSync(path, change(shipped));
  return path;
}

function declaring(data: string): (text: string) => string {
  const practice = `  - { id: selling, from: paying organisation, data: ${data}, form: raw, for: payment, when: necessary, basis: contract, keep: 1 year, to: nobody }\n`;
  return (text) =>
    text
      .replace(/^ {2}- \{ id: no-customers.*\n/m, "")
      .replace("[no-vendor, no-customers]", "[no-vendor, selling]")
      .replace(/^practices:\n/m, `practices:\n${practice}`);
}

test("JP9 a project that is nobody's vendor declines, says why, names who is responsible and adds its facts", () => {
  const { code, answer } = answered(variant("plain", (text) => text));
  expect([code, answer.kind, answer.clause]).toEqual([0, "letter", "no-vendor"]);
  const letter = (answer.paragraphs ?? []).join(" ");
  expect(letter).toMatch(/legal one/);
  expect(letter).toMatch(/technical one/);
  expect(letter).toMatch(/Whoever operates the service for you is responsible/);
  expect(letter).toContain(answer.contact);
  const clauses = (answer.facts ?? []).flatMap(({ clause }) => clause ?? []);
  expect(clauses).toEqual(
    expect.arrayContaining(["nothing-collected", "no-vendor", "no-customers", "public-services"]),
  );
});

test.each(["billing data", "customer database", "payment record", "financial data", "personal data"])(
  "JP9 once it declares %s the letter is refused, with the clause",
  (data) => {
    const { code, answer } = answered(variant(data.replace(" ", "-"), declaring(data)));
    expect([code, answer.kind, answer.clause]).toEqual([1, "refused", "no-vendor"]);
    expect(answer.against).toEqual([{ practice: "selling", data }]);
    expect(answer).not.toHaveProperty("paragraphs");
  },
);

test("JP9 what is not a vendor's data does not stand in the letter's way", () => {
  expect(answered(variant("mail", declaring("e-mail address"))).answer.kind).toBe("letter");
});

test("JP9 while the promise against it stands, billing is an error of the notice itself", () => {
  const path = variant("both", (text) =>
    declaring("billing data")(text)
      .replace("[no-vendor, selling]", "[no-vendor, no-customers, selling]")
      .replace(
        /^promises:\n/m,
        "promises:\n  - { id: no-customers, never: { data: [customer database, billing data] } }\n",
      ),
  );
  const checked = avow("check", path);
  expect([checked.code, checked.out + checked.err]).toEqual([1, expect.stringContaining("no-customers")]);
});
