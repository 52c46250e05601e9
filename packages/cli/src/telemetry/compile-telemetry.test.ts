// The build: schemas in every published shape load as they are, what they say of privacy binds, and each mistake is told with its place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOf, fieldWriter } from "@avow/gate/telemetry-schema";
import { type Diagnostic, type Policy, loadNotice } from "@avow/policy";
import { Ajv } from "ajv";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type TelemetryBuild, compileTelemetry } from "./compile-telemetry.ts";
import { type Reading, plainOf, readPlaced } from "./placed-value.ts";
import { readDeclaration } from "./read-declaration.ts";
import { readSchema } from "./read-schema.ts";
import { type TelemetryCode, telemetryCodes } from "./telemetry-codes.ts";
import { telemetryTypes } from "./telemetry-types.ts";

const shapes = join(import.meta.dirname, "shapes");
const textOf = (name: string): string => readFileSync(join(shapes, name), "utf8");
const schemas = ["documents", "relay", "engines", "hub", "together", "copies", "marked"].map((name) => `${name}.yaml`);
let policy: Policy;
beforeAll(async () => {
  policy = (await loadNotice(join(shapes, "notice.yaml"), async (path) => readFileSync(path, "utf8"))).policy!;
});

/** Builds the declaration beside this file, with parts of its files replaced. */
function build(edits: Readonly<Record<string, readonly [string | RegExp, string]>> = {}): TelemetryBuild {
  const edited = (name: string): string => {
    const [from, to] = edits[name] ?? ["", ""];
    const text = textOf(name);
    const changed = text.replace(from, to);
    if (edits[name] !== undefined && changed === text) throw new Error(`nothing was edited in ${name}`);
    return changed;
  };
  const reading: Reading = { path: "telemetry.yaml", diagnostics: [] };
  const declaration = readDeclaration(reading, edited("telemetry.yaml"));
  if (declaration === undefined) return { diagnostics: reading.diagnostics };
  const readText = (path: string) => ({ path, text: edited(path) });
  return compileTelemetry({ reading, declaration, policy, readText, today: "2026-11-20" });
}

const documents = "https://events.lab.example/documents/v1";

describe("schemas in the shapes that are published", () => {
  test("all eight load unchanged, and the whole is sound", () => {
    const { compiled, diagnostics } = build();
    expect(diagnostics).toEqual([]);
    expect(Object.keys(compiled?.events ?? {}).length).toBe(8);
    expect(compiled?.events["lab.example/launch"]?.version).toBe("6");
  });

  test("personal data of an event is every field's, but where the declaration says why not; of a field it stays", () => {
    const { compiled } = build();
    const fields = compiled?.events[documents]?.fields;
    expect([fields?.["action"]?.categories, fields?.["path"]?.categories]).toEqual([
      ["unrestricted"],
      ["personal-data"],
    ]);
    const marked = compiled?.events["https://events.lab.example/marked/v1"]?.fields;
    expect(marked?.["user"]?.categories).toEqual(["category.lab.example/people", "category.lab.example/things"]);
    expect(marked?.["user"]?.fields?.["nick"]?.categories).toEqual(["personal-data"]);
  });

  test("the old library's filter: all categories of a field must be agreed to, and a parent takes its children along", () => {
    const { compiled } = build();
    const fields = compiled!.events["https://events.lab.example/marked/v1"]!.fields;
    const data = { action: "a", thing: "t", user: { nick: "n", since: 7, other: 1 }, other: 1 };
    const taken = (nulls: boolean, ...agreed: string[]): unknown => {
      const write = fieldWriter(fields, { agreed: new Set(agreed), today: "2026-11-20", isChecked: false, nulls });
      return JSON.parse(`{${write(data)}}`);
    };
    const [things, people] = ["category.lab.example/things", "category.lab.example/people"];
    expect(taken(false, "unrestricted")).toEqual({ action: "a" });
    expect(taken(false, "unrestricted", things)).toEqual({ action: "a", thing: "t" });
    expect(taken(false, "unrestricted", people)).toEqual({ action: "a" });
    expect(taken(false, "unrestricted", things, people)).toEqual({ action: "a", thing: "t", user: { since: 7 } });
    expect(taken(true, "unrestricted")).toEqual({ action: "a", thing: null, user: null });
    expect(taken(true, "unrestricted", things, people)).toMatchObject({ user: { nick: null, since: 7 } });
  });

  test("fields behind `$ref`, `allOf`, anchors and lists are declared one by one", () => {
    const { compiled } = build();
    const copies = compiled?.events["https://events.lab.example/copies/v1"]?.fields ?? {};
    expect(Object.keys(copies).toSorted()).toEqual(["action", "asIt", "from", "to"]);
    for (const name of ["from", "to", "asIt"])
      expect(Object.keys(copies[name]?.fields ?? {})).toEqual(["kind", "room"]);
    expect(
      Object.keys(compiled?.events["https://events.lab.example/together/v1"]?.fields["people"]?.fields ?? {}),
    ).toEqual(["name", "colour"]);
  });

  test("an answer is to the fields: another field is another declaration, another owner is not", () => {
    const { compiled } = build();
    const owner = build({ "telemetry.yaml": ["owner: Documents", "owner: Somebody else"] }).compiled;
    const data = build({
      "telemetry.yaml": ["bytes: { data: performance metric", "bytes: { data: telemetry event"],
    }).compiled;
    expect(owner?.declarations).toEqual(compiled?.declarations);
    expect(data?.declarations["telemetry"]).not.toBe(compiled?.declarations["telemetry"]);
    expect(data?.declarations["telemetry-details"]).toBe(compiled?.declarations["telemetry-details"]);
  });

  test("types say what each event may carry", () => {
    const types = telemetryTypes(build().compiled!);
    expect(types).toContain('readonly "action": "open" | "keep" | "throw-away";');
    expect(types).toContain('readonly "action"?: "copy" | "merge";');
  });
});

test.each([...schemas, "launch.json"])("%s: a value is as declared exactly if Ajv says so", (name) => {
  const reading: Reading = { path: name, diagnostics: [] };
  const text = textOf(name);
  const original = plainOf(readPlaced(reading, text)!) as object;
  const ajv = new Ajv({ strict: false, logger: false });
  const { $id: _id, $schema: _schema, ...rest } = original as Record<string, unknown>;
  const expected = ajv.compile(rest);
  const check = checkOf(readSchema(reading, text)!.schema);
  const words = [...text.matchAll(/[a-zA-Z-]+/g)].map(([word]) => word);
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(...words),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie("object"),
      fc.array(tie("any"), { maxLength: 3 }),
    ),
    object: fc.dictionary(fc.constantFrom(...words), tie("any"), { maxKeys: 6, noNullPrototype: true }),
  })).object;
  let valid = 0;
  fc.assert(
    fc.property(value, (data) => {
      const isValid = expected(data);
      if (isValid) valid += 1;
      expect(check(data)).toBe(isValid);
    }),
    { numRuns: 2000 },
  );
  // Also of values that are mostly right.
  const properties = Object.entries(
    (original as { properties: Record<string, { enum?: unknown[]; type?: string }> }).properties,
  );
  const near = fc.record(
    Object.fromEntries(
      properties.map(([key, { enum: allowed, type }]) => [
        key,
        fc.oneof(
          {
            weight: 9,
            arbitrary: allowed
              ? fc.constantFrom(...allowed)
              : type === "integer" || type === "number"
                ? fc.integer()
                : type === "object"
                  ? fc.constant({})
                  : (fc.string() as fc.Arbitrary<unknown>),
          },
          { weight: 1, arbitrary: fc.integer() },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(near, (data) => {
      const isValid = expected(data);
      if (isValid) valid += 1;
      expect(check(data)).toBe(isValid);
    }),
    { numRuns: 2000 },
  );
  expect(valid).toBeGreaterThan(20);
});

const deep = (open: string, close: string, times: number): string => `${open.repeat(times)}${close.repeat(times)}`;
const declarationOf = "telemetry.yaml";

const mistakes: readonly (readonly [
  TelemetryCode,
  string,
  Readonly<Record<string, readonly [string | RegExp, string]>>,
])[] = [
  ["telemetry-syntax", "an open bracket", { [declarationOf]: ["upload: {", "upload: {{"] }],
  [
    "telemetry-too-large",
    "brackets by the thousand",
    { "hub.yaml": ["version: 1", `version: ${deep("[", "]", 5000)}`] },
  ],
  [
    "telemetry-unknown-key",
    "a key that is misspelt",
    { [declarationOf]: ["    owner: Documents", "    ownr: Documents"] },
  ],
  ["telemetry-missing", "no owner", { [declarationOf]: ["    owner: Documents\n", ""] }],
  ["telemetry-missing", "no review", { [declarationOf]: ["    review: https://lab.example/reviews/1\n", ""] }],
  ["telemetry-missing", "no end", { [declarationOf]: ["    expires: 2027-06-30\n", ""] }],
  ["telemetry-missing", "no purpose", { [declarationOf]: ["    purpose: usage statistics\n", ""] }],
  [
    "telemetry-missing",
    "a field without a category",
    {
      [declarationOf]: [
        "action: { data: telemetry event, category: unrestricted }",
        "action: { data: telemetry event }",
      ],
    },
  ],
  ["telemetry-bad-value", "a day that does not exist", { [declarationOf]: ["2027-06-30", "2027-02-30"] }],
  ["telemetry-bad-value", "two batches a day", { [declarationOf]: ["every: 1 day", "every: 6 hours"] }],
  ["schema-not-events", "no version", { "hub.yaml": ["version: 1\n", ""] }],
  ["schema-reserved-name", "a name of the envelope", { "hub.yaml": ["  action:", "  __schema__: {}\n  action:"] }],
  [
    "schema-reserved-name",
    "a name that JavaScript means otherwise",
    { "hub.yaml": ["  action:", "  constructor: {}\n  action:"] },
  ],
  [
    "schema-unreadable-part",
    "a reference to another file",
    { "copies.yaml": ["#/definitions/place", "other.yaml#/x"] },
  ],
  ["schema-unreadable-part", "a type that is none", { "hub.yaml": ["type: object", "type: thing"] }],
  [
    "schema-recursive",
    "a schema that contains itself",
    { "copies.yaml": ["room: { type: string }", 'room: { $ref: "#/definitions/place" }'] },
  ],
  [
    "schema-contradictory",
    "required and never allowed",
    {
      "hub.yaml": [
        "type: object",
        "type: object\nadditionalProperties: false\nallOf: [{ required: [x], additionalProperties: false }]",
      ],
    },
  ],
  [
    "schema-contradictory",
    "a least above the most",
    { "documents.yaml": ["minimum: 0", "minimum: 2\n    maximum: 1"] },
  ],
  [
    "schema-slow-pattern",
    "a pattern that can take for ever",
    { "hub.yaml": ["servername: { type: string }", 'servername: { type: string, pattern: "^(a+)+$" }'] },
  ],
  ["schema-loose", "a keyword nobody knows", { "hub.yaml": ["type: object", "type: object\nrequird: [a]"] }],
  ["event-undeclared", "another id", { "hub.yaml": ["lab.example/hub/v1", "lab.example/hub/v2"] }],
  [
    "field-undeclared",
    "a field that was added to the schema",
    { "launch.json": ['"spec":', '"ref": { "type": "string" }, "spec":'] },
  ],
  [
    "field-unknown",
    "a field the schema does not have",
    {
      [declarationOf]: [
        "      status: { data: telemetry event, category: unrestricted }",
        "      status: { data: telemetry event, category: unrestricted }\n      statu: { data: telemetry event }",
      ],
    },
  ],
  [
    "field-hidden",
    "a field that stands only below `then`",
    { "engines.yaml": ["  required: [reason]", "  properties: { hidden: { type: string } }\n  required: [reason]"] },
  ],
  [
    "category-unbound",
    "a category that nothing agrees to",
    { "marked.yaml": ["categories: [unrestricted]", "categories: [elsewhere]"] },
  ],
  [
    "personal-data-bound",
    "lifting the mark of a field",
    {
      [declarationOf]: [
        "user.nick: { data: display name }",
        "user.nick: { data: display name, not personal: we like it }",
      ],
    },
  ],
  [
    "likely-personal",
    "`username` without a mark",
    {
      [declarationOf]: [
        "username: { data: display name, category: personal-data }",
        "username: { data: telemetry event, category: unrestricted }",
      ],
    },
  ],
  ["already-ended", "an end that has passed", { [declarationOf]: ["2027-06-30", "2026-11-20"] }],
  ["ends-far-away", "an end in ten years", { [declarationOf]: ["2027-06-30", "2036-06-30"] }],
  [
    "notice-does-not-permit",
    "data the notice does not declare",
    { [declarationOf]: ["bytes: { data: performance metric", "bytes: { data: IP address"] },
  ],
  [
    "notice-does-not-permit",
    "a purpose it does not have",
    { [declarationOf]: ["purpose: usage statistics", "purpose: marketing"] },
  ],
  [
    "notice-does-not-permit",
    "personal data under the plain answer",
    { [declarationOf]: ["personal-data: telemetry-details", "personal-data: telemetry"] },
  ],
  [
    "notice-does-not-permit",
    "another collector",
    { [declarationOf]: ["https://telemetry.lab.example/", "https://telemetry.else.example/"] },
  ],
  [
    "notice-does-not-permit",
    "a feature it does not have",
    { [declarationOf]: ["feature: telemetry", "feature: counting"] },
  ],
];

describe("mistakes", () => {
  test.each(mistakes)("%s: %s", (code, _what, edits) => {
    const { compiled, diagnostics } = build(edits);
    const found = diagnostics.filter((each: Diagnostic) => each.code === code);
    expect(found.length, JSON.stringify(diagnostics, undefined, 1)).toBeGreaterThan(0);
    for (const { message, span } of found) {
      expect(message).toMatch(/^[a-z`].*[^.]$/s);
      expect(span.line).toBeGreaterThan(0);
    }
    if (found.some(({ severity }) => severity === "error")) expect(compiled).toBeUndefined();
  });

  test("every code has one, and a heading in the reference", () => {
    expect([...new Set(mistakes.map(([code]) => code))].toSorted()).toEqual([...telemetryCodes].toSorted());
    const page = readFileSync(join(import.meta.dirname, "../../../../docs/reference/telemetry-declaration.md"), "utf8");
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading ?? "");
    expect(headings.toSorted()).toEqual([...telemetryCodes].toSorted());
  });

  test("any text ends in a diagnostic or a schema, never in a throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readSchema({ path: "x", diagnostics: [] }, text);
        readDeclaration({ path: "x", diagnostics: [] }, text);
      }),
      { numRuns: 500 },
    );
    const bombs = [
      deep("[", "]", 20_000),
      deep("{a: ", "}", 3000),
      `a: &a [1]\nb: [${"*a, ".repeat(30_000)}]`,
      "&a [*a]",
    ];
    for (const text of bombs) {
      const reading: Reading = { path: "x", diagnostics: [] };
      expect(readSchema(reading, text)).toBeUndefined();
      expect(reading.diagnostics.length).toBeGreaterThan(0);
    }
  });
});
