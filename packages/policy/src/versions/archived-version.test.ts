// PS11: an archived version compiles again to the very same policy, and to none when one byte of it was changed.
import { describe, expect, it } from "vitest";
import { compileNotice, vocabularyText } from "../compile/compile-notice.ts";
import { sha256Hex } from "../compile/sha256-hex.ts";
import { decide } from "../decide/decide.ts";
import type { Policy } from "../model/policy.ts";
import { parseNotice } from "../syntax/parse-notice.ts";
import { exampleNotice } from "../testing/example-notice.ts";
import { smallVocabulary } from "../testing/small-vocabulary.ts";
import { reopenVersion, versionText } from "./archived-version.ts";

function compile(text: string, parent?: Policy): Policy {
  const { notice, diagnostics } = parseNotice(text, "notice.yaml");
  if (notice === undefined) throw new Error(JSON.stringify(diagnostics));
  return compileNotice(notice, { vocabulary: smallVocabulary, ...(parent === undefined ? {} : { parent }) });
}

const parent = compile(exampleNotice);
const child = compile(exampleNotice.replace("notice: pypi", "notice: child\naddendum to: ../pypi/notice.yaml"), parent);
const texts = [versionText(parent), versionText(child), vocabularyText(smallVocabulary)];
const whole = new Map(texts.map((text) => [sha256Hex(text), text]));

describe("reopenVersion", () => {
  it("gives the policy that had the version, parents and decisions included", () => {
    const again = reopenVersion(child.version, (hash) => whole.get(hash));
    expect(again?.version).toBe(child.version);
    expect(again?.parent?.version).toBe(parent.version);
    expect(again?.clauses).toEqual(child.clauses);
    const asked = { act: "hold", data: "country", from: "visitor", for: "improving the service" } as const;
    for (const form of ["raw", "pseudonymous", "aggregate of 10"]) {
      expect(decide(again!, { ...asked, form })).toEqual(decide(child, { ...asked, form }));
    }
    expect(decide(again!, { ...asked, form: "pseudonymous" }).allowed).toBe(true);
  });

  it.each([
    ["its own text", child.version],
    ["its parent's", parent.version],
    ["the vocabulary", child.vocabularyVersion],
  ])("gives nothing when %s is missing or has another byte", (_, hash) => {
    expect(reopenVersion(child.version, (asked) => (asked === hash ? undefined : whole.get(asked)))).toBeUndefined();
    const bent = (asked: string): string | undefined => {
      const text = whole.get(asked);
      return asked === hash ? text?.replace(/[a-m](?=[^a-m]*$)/, "z") : text;
    };
    expect(bent(hash)).not.toBe(whole.get(hash));
    expect(reopenVersion(child.version, bent)).toBeUndefined();
  });

  it("gives nothing for texts that are no version, whatever their hash", () => {
    for (const text of ["", "null", "[]", "{", '{"notice":{},"vocabulary":"x"}', '{"notice":7}']) {
      expect(reopenVersion(sha256Hex(text), () => text)).toBeUndefined();
    }
  });
});
