// What happens once in the life of a data directory: the demonstration site, so that there is something to look at.
import { randomBytes } from "node:crypto";
import type { Gate } from "@avow/gate/server";
import type { Records } from "@avow/store";

const startedSetting = "first started";

/** Where the notice directories are kept for the command (`avow site add` looks notices up there): a JSON list of paths. */
export const noticeDirsSetting = "notices dirs";

/** Where the file of added terms is kept for the command, which reads notices in the same words; empty: none. */
export const termsFileSetting = "terms file";

const demonstration = { domain: "example.org", notice: "example" } as const;

/** Names a site in `/js/pa-<id>.js`. */
export function newScriptId(): string {
  return randomBytes(12).toString("base64url").replaceAll(/[-_]/g, "A");
}

/** True when this was the very first start. */
export async function prepareFirstStart(records: Records, gate: Gate, nowMs: number): Promise<boolean> {
  if ((await records.setting(startedSetting)) !== undefined) return false;
  const isServed = gate.covering(demonstration.domain).some(({ id }) => id === demonstration.notice);
  if (isServed && (await records.site(demonstration.domain)) === undefined) {
    await records.putSite({
      ...demonstration,
      timeZone: "UTC",
      isPublic: true,
      scriptId: newScriptId(),
      createdAtMs: nowMs,
    });
  }
  await records.setSetting(startedSetting, new Date(nowMs).toISOString());
  return true;
}
