// What is not declared does not compile; each line that must not is marked, and the compiler fails where one does.
import { expect, test } from "vitest";
import { createMemoryStore, createProgramGate } from "../program/index.ts";
import { testFeature, testTable } from "../program/test-table.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { type Gate, typedGate, webDigest } from "./typed-gate.ts";

/** As `avow types` writes it. */
interface Declared {
  readonly feature: "news" | "updates";
  readonly url: {
    readonly news: "https://news.example" | `https://news.example/${string}`;
    readonly updates: `https://${string}`;
  };
}

function open(): { readonly gate: Gate<Declared>; readonly asked: readonly string[] } {
  const gate = createProgramGate(testTable(testFeature("news"), testFeature("updates")), {
    store: createMemoryStore(),
    signals: () => ({}),
    nowMs: () => 0,
    digest: webDigest,
    asker: "program",
  });
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return new Response("here");
  };
  return { gate: typedGate<Declared>(gate, createGuardedFetch(gate, fetch)), asked };
}

test("a declared feature and host compile, and are asked", async () => {
  const { gate, asked } = open();
  await gate.answer("news", "yes");
  await gate.fetch("news", "https://news.example/feed");
  expect(asked).toEqual(["https://news.example/feed"]);
});

test("undeclared ones do not compile, and are refused where somebody forces them", async () => {
  const { gate, asked } = open();
  await gate.answer("news", "yes");
  // @ts-expect-error: no such feature
  await expect(gate.ask("weather")).rejects.toThrow("declares no feature");
  // @ts-expect-error: no such host
  await expect(gate.fetch("news", "https://other.example/feed")).rejects.toThrow("host not declared");
  // @ts-expect-error: not a secure address
  await expect(gate.fetch("news", "http://news.example/feed")).rejects.toThrow("not secure");
  // @ts-expect-error: the host of another feature
  await expect(gate.fetch("news", "https://updates.example/")).rejects.toThrow("host not declared");
  expect(asked).toEqual([]);
});

test("the digest is SHA-256", async () => {
  expect(await webDigest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
