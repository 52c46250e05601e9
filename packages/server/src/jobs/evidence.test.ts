// Evidence: what was counted is written, and what could not be written is kept and written once.
import type { Tally } from "@avow/gate/server";
import { openRecords } from "@avow/store";
import { expect, test } from "vitest";
import { startEvidenceJob } from "./evidence.ts";

const tally = (count: number): Tally => ({
  notice: "n",
  clause: "c",
  outcome: "refused",
  reason: "r",
  count,
  lastAtMs: count,
});

test("counts that could not be written are kept, merged, and written once", async () => {
  const records = await openRecords({ driver: "memory" });
  const waiting = [[tally(1)], [tally(2), tally(3)], []];
  let isFull = true;
  const job = startEvidenceJob(
    {
      ...records,
      addEvidence: (counts) => (isFull ? Promise.reject(new Error("full")) : records.addEvidence(counts)),
    },
    () => waiting.shift() ?? [],
    () => undefined,
  );
  await expect(job.flush()).rejects.toThrow("full");
  await expect(job.flush()).rejects.toThrow("full");
  isFull = false;
  await job.flush();
  await job.close();
  expect(await records.evidence("n")).toEqual([{ ...tally(6), lastAtMs: 3 }]);
});
