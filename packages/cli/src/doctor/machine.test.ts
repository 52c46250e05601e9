// Each look with the machine that deserves a finding and the one that does not.
import { expect, test } from "vitest";
import { lookAtClock, lookAtCoreDumps, lookAtNode, lookAtSwap } from "./machine.ts";

const swaps = (...areas: readonly string[]): string =>
  `Filename\tType\tSize\tUsed\tPriority\n${areas.map((area) => `${area} partition\t1\t0\t-2\n`).join("")}`;
const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units     \nMax core file size        ${soft}                    unlimited            bytes     \n`;

test.each([
  ["24.0.0", "ok"],
  ["26.1.0", "ok"],
  ["20.20.2", "finding"],
])("Node %s is %s", (version, state) => {
  expect(lookAtNode(version).state).toBe(state);
});

test.each([
  [swaps(), "ok"],
  [swaps("/dev/zram0"), "ok"],
  [swaps("/dev/sda2"), "finding"],
  [swaps("/dev/zram0", "/swapfile"), "finding"],
  [undefined, "note"],
])("swap table %j is %s", (table, state) => {
  expect(lookAtSwap((path) => (path === "/proc/swaps" ? table : undefined)).state).toBe(state);
});

test("a finding names the areas on disk and the remedy", () => {
  const found = lookAtSwap(() => swaps("/dev/zram0", "/swapfile"));
  expect(found.says).toBe("memory can reach the disk: /swapfile");
  expect(found.remedy).toContain("swapoff");
});

test.each([
  [limits("0"), "ok"],
  [limits("unlimited"), "finding"],
  [limits("1048576"), "finding"],
  [undefined, "note"],
])("core limits %j are %s", (table, state) => {
  expect(lookAtCoreDumps((path) => (path === "/proc/self/limits" ? table : undefined)).state).toBe(state);
});

test.each([
  [undefined, "ok"],
  [1_000_000, "ok"],
  [1_030_000, "ok"],
  [1_090_000, "finding"],
])("a clock at 1000 s beside a newest file of %s ms is %s", (newest, state) => {
  expect(lookAtClock(1_000_000, newest, () => undefined).state).toBe(state);
});
