// Every version served is recorded before anything is collected under it (the ratchet needs it for ever, clauses.md PS11).
import { type Policy, versionText } from "@avow/policy";
import type { Records } from "@avow/store";

export async function rememberVersions(records: Records, policies: readonly Policy[], nowMs: number): Promise<void> {
  const known = new Set((await records.versions()).map(({ version }) => version));
  for (const policy of policies) {
    if (known.has(policy.version)) continue;
    const { id, version } = policy;
    await records.putVersion({ notice: id, version, canonical: versionText(policy), seenAtMs: nowMs });
  }
}
