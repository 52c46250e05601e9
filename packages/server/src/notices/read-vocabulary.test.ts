// An installation's own words, from a file to a notice being served.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer } from "../compose.ts";
import { termsFileSetting } from "../jobs/first-start.ts";

test("words of this installation are read before its notices, and a mistake among them refuses the start", async () => {
  const dir = mkdtempSync(join(tmpdir(), "avow-terms-"));
  try {
    mkdirSync(join(dir, "notices", "doors"), { recursive: true });
    const doors = `avow: 1
notice: doors
title: Doors
controller: { name: Doors, contact: doors@exam.example }
practices: [{ id: doors, from: visitor, data: badge number, form: raw, for: opening secure areas, when: necessary, basis: contract, keep: 30 days, to: nobody }]
page: [{ Doors: [doors] }]
`;
    const words =
      "avow terms: 1\nterms:\n  badge number: { kind: data, is: identity data, means: Number on a badge. }\n";
    writeFileSync(join(dir, "notices", "doors", "notice.yaml"), doors);
    const terms = join(dir, "terms.yaml");
    const settings = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] };
    await expect(startServer(settings, { log: () => undefined })).rejects.toThrow(
      /unknown kind of data `badge number`/,
    );
    await expect(startServer({ ...settings, terms }, { log: () => undefined })).rejects.toThrow(/cannot be read/);
    writeFileSync(terms, words.replace("identity data", "identity"));
    await expect(startServer({ ...settings, terms }, { log: () => undefined })).rejects.toThrow(/:3:31: unknown-term/);
    writeFileSync(terms, words);
    const server = await startServer({ ...settings, terms }, { log: () => undefined });
    expect(server.house.notices().map(({ policy }) => policy.id)).toContain("doors");
    // The command reads notices in the same words.
    expect(await server.house.records.setting(termsFileSetting)).toBe(terms);
    await server.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
