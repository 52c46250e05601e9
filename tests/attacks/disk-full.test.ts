// A full disk answers 503 and recovers; nothing acknowledged is lost. Needs the right to mount a small tmpfs.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, ask, createKey, install, sendEvent } from "../installation.ts";

const volume = mkdtempSync(join(tmpdir(), "avow-small-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", volume]).status === 0;

describe.skipIf(!mounted)("a full disk (skipped where a small tmpfs cannot be mounted)", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await install({ start: false, dataDir: join(volume, "data") });
    await installation.start();
  }, 60_000);
  afterAll(async () => {
    await installation.remove();
    for (const name of readdirSync(volume)) rmSync(join(volume, name), { recursive: true, force: true });
    execFileSync("umount", [volume]);
  });

  test("answers 503 with an error, recovers when there is room again, and loses nothing it acknowledged", async () => {
    let acknowledged = 0;
    const send = async (): Promise<number> => {
      const reply = await sendEvent(installation, { u: `https://exam.example/full/${acknowledged}` });
      if (reply.status === 202) acknowledged += 1;
      else expect(await reply.json()).toHaveProperty("error");
      return reply.status;
    };
    for (let n = 0; n < 20; n += 1) expect(await send()).toBe(202);
    const free = statfsSync(volume);
    const filler = join(volume, "filler");
    try {
      writeFileSync(filler, Buffer.alloc(free.bavail * free.bsize + 65_536));
    } catch {
      // Filled to the brim, which is the point.
    }
    const statuses = new Set<number>();
    for (let n = 0; n < 200; n += 1) statuses.add(await send());
    expect(statuses, "a full disk is said, not hidden").toContain(503);
    expect([...statuses].filter((status) => status >= 500 && status !== 503)).toEqual([]);
    rmSync(filler);
    let status = 0;
    for (let n = 0; n < 50 && status !== 202; n += 1) {
      status = await send();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(status).toBe(202);
    const reply = await ask(installation, createKey(installation), { metrics: ["pageviews"] });
    expect(await reply.json()).toMatchObject({ results: [{ metrics: [acknowledged] }] });
  }, 60_000);
});
