// The contract of telemetry: what is told is kept once, what is deleted does not come back, what is closed is counts.
import { expect, it } from "vitest";
import type { TelemetryBatch, TelemetryStore } from "../contract.ts";
import { DayClosedError, StoreClosedError, StoreValueError } from "../errors.ts";
import { undeclaredColumns } from "../undeclared-columns.ts";
import { type Open, using } from "./suite.ts";

const day = "2026-11-20";
const named = (digit: string): TelemetryBatch => ({
  telemetry: "lab",
  batch: digit.repeat(64),
  day,
  text: `"${digit}"`,
});

async function textsOf(store: TelemetryStore): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of store.texts("lab", day)) texts.push(text);
  return texts.toSorted();
}

export function telemetryContract(open: Open<TelemetryStore>): void {
  keeping(open);
  closingDays(open);
  asStore(open);
}

function keeping(open: Open<TelemetryStore>): void {
  it(
    "keeps a batch once, however often and at once it comes",
    using(open, async (store, again) => {
      const told = await Promise.all(Array.from({ length: 8 }, () => store.put(named("a"))));
      expect(told.toSorted()).toEqual(["stored", ...Array.from({ length: 7 }, () => "stored before")]);
      await store.put(named("b"));
      expect(await textsOf(store)).toEqual(['"a"', '"b"']);
      expect(await store.openDays()).toEqual([{ telemetry: "lab", day, batches: 2 }]);
      if (again === undefined) return;
      await store.close();
      const reopened = await again();
      expect(await textsOf(reopened)).toEqual(['"a"', '"b"']);
      expect(await reopened.put(named("a"))).toBe("stored before");
      await reopened.close();
    }),
  );

  it(
    "keeps nothing of what is deleted, and takes no late copy of it",
    using(open, async (store) => {
      await store.put(named("a"));
      expect(await store.remove("lab", day, "b".repeat(64))).toBe(false);
      expect([await store.remove("lab", day, "a".repeat(64)), await textsOf(store)]).toEqual([true, []]);
      expect(await store.put(named("a"))).toBe("deleted before");
      expect(await store.remove("lab", day, "a".repeat(64))).toBe(true);
      expect([await textsOf(store), (await store.openDays())[0]?.batches]).toEqual([[], 0]);
    }),
  );
}

function closingDays(open: Open<TelemetryStore>): void {
  it(
    "closes a day once: counts stay, batches go, nothing is added",
    using(open, async (store) => {
      await store.put(named("a"));
      expect(await store.isClosed("lab", day)).toBe(false);
      await store.closeDay("lab", day, "first");
      await store.closeDay("lab", day, "second");
      expect([await store.isClosed("lab", day), await textsOf(store), await store.openDays()]).toEqual([true, [], []]);
      await expect(store.put(named("b"))).rejects.toThrow(DayClosedError);
      await store.closeDay("lab", "2026-11-19", "before");
      const counts = [
        { day: "2026-11-19", counts: "before" },
        { day, counts: "first" },
      ];
      expect(await store.counts("lab")).toEqual(counts);
      expect(await store.counts("other")).toEqual([]);
      expect(await store.forgetCounts("lab", day)).toEqual(["2026-11-19"]);
      expect(await store.counts("lab")).toEqual(counts.slice(1));
    }),
  );

  it(
    "neither loses nor keeps twice what comes while a day is being closed",
    using(open, async (store) => {
      const putting = ["a", "b", "c", "d"].map((digit) => store.put(named(digit)).catch((error: unknown) => error));
      const closing = store.closeDay("lab", day, "counts");
      await closing;
      for (const told of await Promise.all(putting)) {
        if (told !== "stored") expect(told).toBeInstanceOf(DayClosedError);
      }
      expect(await textsOf(store)).toEqual([]);
    }),
  );
}

function asStore(open: Open<TelemetryStore>): void {
  it(
    "takes no name that could lead elsewhere",
    using(open, async (store) => {
      for (const bad of [{ telemetry: "../x" }, { telemetry: "" }, { batch: "../../x" }, { day: "2026-13-01" }]) {
        await expect(store.put({ ...named("a"), ...bad })).rejects.toThrow(StoreValueError);
      }
      await expect(store.put({ ...named("a"), text: "x".repeat(524_289) })).rejects.toThrow(StoreValueError);
    }),
  );

  it(
    "has no column the layout does not know, and none before there is a batch",
    using(open, async (store) => {
      expect(await store.columns()).toEqual([]);
      await store.put(named("a"));
      const columns = await store.columns();
      expect(columns.length).toBeGreaterThan(3);
      expect(undeclaredColumns(columns, () => true)).toEqual([]);
      expect(undeclaredColumns(columns, () => false).length).toBe(1);
    }),
  );

  it(
    "refuses work once closed",
    using(open, async (store) => {
      await store.close();
      await expect(store.put(named("a"))).rejects.toThrow(StoreClosedError);
    }),
  );
}
