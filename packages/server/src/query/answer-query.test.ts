// A question that takes too long is given up and said so; a fault of the store stays a fault.
import type { Events, Question } from "@avow/store";
import { expect, test } from "vitest";
import { Refusal } from "../http/refusal.ts";
import { askInTime } from "./answer-query.ts";

const never: Pick<Events, "ask"> = {
  ask: (_, signal) =>
    new Promise((_done, failed) => signal?.addEventListener("abort", () => failed(signal.reason as Error))),
};
const patient = new AbortController().signal;

test("after its time a question is interrupted and refused by the field that can be changed", async () => {
  const refused = askInTime(never as Events, {} as Question, 20, patient);
  await expect(refused).rejects.toThrow(/^date_range: the answer took longer than 1 s/);
  await expect(refused).rejects.toBeInstanceOf(Refusal);
});

test("a client that leaves ends its question", async () => {
  await expect(askInTime(never as Events, {} as Question, 60_000, AbortSignal.timeout(20))).rejects.toThrow(
    /client left/,
  );
});

test("a fault of the store is not taken for slowness", async () => {
  const broken = { ask: () => Promise.reject(new TypeError("x")) } as unknown as Events;
  await expect(askInTime(broken, {} as Question, 60_000, patient)).rejects.toThrow(TypeError);
});
