// Every version served is recorded before anything is collected under it (the ratchet needs it for ever, clauses.md PS11).
import { type Policy, canonicalJson } from "@avow/policy";
import type { Records } from "@avow/store";

export async function rememberVersions(records: Records, policies: readonly Policy[], nowMs: number): Promise<void> {
  const known = new Set((await records.versions()).map(({ version }) => version));
  for (const policy of policies) {
    if (known.has(policy.version)) continue;
    const { id, version } = policy;
    await records.putVersion({ notice: id, version, canonical: hashedText(policy), seenAtMs: nowMs });
  }
}

/** What the version is the hash of: where the file lies and how it is formatted are no part of it. */
function hashedText({ notice, parent, vocabularyVersion }: Policy): string {
  const { path: _path, spans: _spans, ...said } = notice;
  return canonicalJson({ notice: said, parent: parent?.version, vocabulary: vocabularyVersion });
}
