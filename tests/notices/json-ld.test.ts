// The linked data of every shipped notice speaks the Data Privacy Vocabulary 2.3 and nothing that only looks like it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadNotice, noticeJsonLd, standardVocabulary } from "@avow/policy";
import { describe, expect, test } from "vitest";
import { dpvTerms } from "../../packages/policy/src/vocabulary/dpv-terms.ts";

/** Classes and properties of DPV 2.3 that the document is built of, besides the terms of the vocabulary. */
const structure = new Set([
  "dpv:PrivacyNotice",
  "dpv:Process",
  "dpv:DataController",
  "dpv:hasContact",
  "dpv:hasDataController",
  "dpv:hasDataSubject",
  "dpv:hasLegalBasis",
  "dpv:hasName",
  "dpv:hasPersonalData",
  "dpv:hasProcess",
  "dpv:hasPurpose",
  "dpv:hasRecipient",
  "dpv:hasStorageCondition",
]);

async function documentOf(id: string): Promise<unknown> {
  const path = join(import.meta.dirname, "../../notices", id, "notice.yaml");
  const { policy } = await loadNotice(path, (each) => readFileSync(each, "utf8"));
  if (policy === undefined) throw new Error(`${id} cannot be read`);
  const said = { version: policy.version, previous: null, on: "2026-01-01", verdict: "first", after: null } as const;
  const published = {
    policy,
    vocabulary: standardVocabulary,
    entry: { ...said, entry: "" },
    from: said.on,
    isWithdrawn: false,
  };
  return JSON.parse(noticeJsonLd(published));
}

/** Every key, and every text under `@id` and `@type`. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): readonly string[] => {
    if (key === "@context") return [];
    return key.startsWith("@") ? [String(inner)] : [key, ...namesIn(inner)];
  });
}

describe.each(["avow", "example", "jupyter", "jupyterlab", "psf", "pypi", "python-org"])("%s", (id) => {
  test("names only terms of DPV 2.3", async () => {
    const names = [...new Set(namesIn(await documentOf(id)))];
    const iris = names.filter((name) => name.startsWith("https://w3id.org/"));
    expect(iris.length).toBeGreaterThan(5);
    for (const iri of iris) expect(Object.keys(dpvTerms)).toContain(iri.slice("https://w3id.org/".length));
    for (const name of names.filter((each) => each.startsWith("dpv:"))) expect([...structure]).toContain(name);
    const others = names.filter(
      (name) => !/^(?:https:\/\/w3id\.org\/|dpv:|dct:|skos:|urn:(?:sha256|avow):)/.test(name),
    );
    expect(others).toEqual([]);
  });
});
