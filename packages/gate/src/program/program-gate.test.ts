// Every way a feature may not be yes, and the one in which it is.
import { describe, expect, test } from "vitest";
import { type AnswerStore, createMemoryStore } from "./answer-store.ts";
import type { Signals } from "./forbidding.ts";
import { type ProgramPorts, type Reply, createProgramGate } from "./program-gate.ts";
import { testFeature, testTable } from "./test-table.ts";

const news = testFeature("news");
const updates = testFeature("updates", { within: "news" });
const table = testTable(news, updates);

function gateWith(rest: Partial<ProgramPorts> = {}, of = table) {
  return createProgramGate(of, {
    store: createMemoryStore(),
    signals: () => ({}),
    nowMs: () => 1000,
    digest: async (text) => `digest of ${text.length}`,
    asker: "program",
    ...rest,
  });
}

const replying =
  (...replies: readonly Reply[]) =>
  async (): Promise<Reply> =>
    replies[0] ?? "later";

test("nobody asked: ask; yes: yes; withdrawn: no", async () => {
  const gate = gateWith();
  expect(await gate.state("news")).toEqual({ state: "ask", because: { kind: "unasked" } });
  await gate.answer("news", "yes", "settings");
  expect(await gate.state("news")).toEqual({ state: "yes", because: { kind: "answered", at: 1000 } });
  await gate.withdraw("news", "settings");
  expect(await gate.state("news")).toEqual({ state: "no", because: { kind: "answered", at: 1000 } });
});

test("a dismissal stores nothing, and so does having nobody to ask", async () => {
  const store = createMemoryStore();
  expect(await gateWith({ store, prompt: replying("later") }).ask("news")).toBe("ask");
  expect(await gateWith({ store }).ask("news")).toBe("ask");
  expect(await store.get("news")).toBeUndefined();
});

test("a reply is stored with what was shown, under which version, and never asked for again", async () => {
  const store = createMemoryStore();
  let asked = 0;
  const prompt = async (): Promise<Reply> => {
    asked += 1;
    return "no";
  };
  const gate = gateWith({ store, prompt });
  expect([await gate.ask("news"), await gate.ask("news"), asked]).toEqual(["no", "no", 1]);
  expect(await store.get("news")).toEqual({
    notice: "exam",
    feature: "news",
    answer: "no",
    declaration: news.declaration,
    version: table.version,
    shown: `digest of ${gate.question("news").whole.length}`,
    language: "en",
    surface: "terminal",
    at: 1000,
    hosts: [],
  });
});

test("what was on the screen is what was answered, whatever the configuration became meanwhile", async () => {
  let registry = "registry.one.example";
  const prompt = async (): Promise<Reply> => {
    registry = "registry.two.example";
    return "yes";
  };
  const gate = gateWith({ prompt, configured: { news: () => [registry] } });
  expect(await gate.ask("news")).toBe("ask");
});

test("two parts of a program that ask at once ask people once", async () => {
  let asked = 0;
  const prompt = async (): Promise<Reply> => {
    asked += 1;
    await Promise.resolve();
    return "yes";
  };
  const gate = gateWith({ prompt });
  expect(await Promise.all([gate.ask("news"), gate.ask("news")])).toEqual(["yes", "yes"]);
  expect(asked).toBe(1);
});

describe("a feature within another", () => {
  test("is neither asked for nor yes before the outer one's yes", async () => {
    const gate = gateWith({ prompt: replying("yes") });
    expect(await gate.ask("updates")).toBe("ask");
    await gate.answer("updates", "yes", "settings");
    expect(await gate.state("updates")).toEqual({ state: "ask", because: { kind: "within", feature: "news" } });
    await gate.answer("news", "yes", "settings");
    expect((await gate.state("updates")).state).toBe("yes");
  });

  test("ends with the outer one", async () => {
    const gate = gateWith();
    for (const each of ["news", "updates"]) await gate.answer(each, "yes", "settings");
    const closed: string[] = [];
    gate.onClosed("updates", () => void closed.push("updates"));
    await gate.withdraw("news", "settings");
    expect(closed).toEqual(["updates"]);
    expect(await gate.state("updates")).toEqual({ state: "no", because: { kind: "within", feature: "news" } });
  });

  test("of itself is never yes", async () => {
    const gate = gateWith({}, testTable(testFeature("a", { within: "b" }), testFeature("b", { within: "a" })));
    for (const each of ["a", "b"]) await gate.answer(each, "yes", "settings");
    expect(await gate.state("a")).toEqual({ state: "no", because: { kind: "undeclared" } });
  });
});

describe("asked again", () => {
  test.each(["yes", "no"] as const)("after a %s, when the declaration changed", async (answer) => {
    const store = createMemoryStore();
    await gateWith({ store }).answer("news", answer, "settings");
    const changed = gateWith({ store }, testTable({ ...news, declaration: "another" }));
    expect(await changed.state("news")).toEqual({ state: "ask", because: { kind: "changed", at: 1000 } });
  });

  test("when the configuration names another host, and not when it names the same", async () => {
    let registry = "registry.one.example";
    const gate = gateWith({ configured: { news: () => [registry] } });
    await gate.answer("news", "yes", "settings");
    expect((await gate.state("news")).state).toBe("yes");
    registry = "registry.two.example";
    expect(await gate.state("news")).toEqual({ state: "ask", because: { kind: "changed", at: 1000 } });
  });
});

describe("what forbids", () => {
  const forbidding: readonly (readonly [string, Signals])[] = [
    ["installation", { installation: { isOff: (_notice, feature) => feature === "news" } }],
    ["installation", { env: { AVOW_DISABLED: "exam:news" } }],
    ["installation", { env: { AVOW_DISABLED: "other, exam" } }],
    ["installation", { env: { AVOW_DISABLED: "all" } }],
    ["DO_NOT_TRACK", { env: { DO_NOT_TRACK: "1" } }],
    ["DO_NOT_TRACK", { env: { DO_NOT_TRACK: "no thanks" } }],
    ["CI", { env: { CI: "true" } }],
    ["GPC", { gpc: true }],
    ["GPC", { gpc: "1" }],
    ["DNT", { dnt: "1" }],
  ];

  test.each(forbidding)("%s, over a stored yes and all within it; nobody is asked", async (by, signals) => {
    const store = createMemoryStore();
    for (const each of ["news", "updates"]) await gateWith({ store }).answer(each, "yes", "settings");
    let asked = 0;
    const prompt = async (): Promise<Reply> => {
      asked += 1;
      return "yes";
    };
    const gate = gateWith({ store, signals: () => signals, prompt });
    expect(await gate.state("news")).toEqual({ state: "no", because: { kind: "forbidden", by } });
    expect((await gate.state("updates")).state).toBe("no");
    expect([await gate.ask("news"), asked]).toEqual(["no", 0]);
    // An answer given all the same grants nothing.
    await gate.answer("news", "yes", "settings");
    expect((await gate.state("news")).state).toBe("no");
  });

  test.each([
    { env: { DO_NOT_TRACK: "0", CI: "false", AVOW_DISABLED: "exam:other" } },
    { env: { DO_NOT_TRACK: "" }, gpc: "0", dnt: "0" },
    { gpc: undefined, dnt: null },
  ] as readonly Signals[])("not: %j", async (signals) => {
    const gate = gateWith({ signals: () => signals });
    await gate.answer("news", "yes", "settings");
    expect((await gate.state("news")).state).toBe("yes");
  });
});

const broken = (rest: Partial<AnswerStore>): AnswerStore => ({ ...createMemoryStore(), ...rest });
const full = (): Promise<never> => Promise.reject(new Error("no space"));

describe("a store that fails", () => {
  test("keeps no yes, and says so", async () => {
    const notes: unknown[] = [];
    const gate = gateWith({ store: broken({ put: full }), report: (note) => void notes.push(note) });
    await expect(gate.answer("news", "yes", "settings")).rejects.toThrow("no space");
    expect((await gate.state("news")).state).toBe("ask");
    expect(notes).toEqual([{ kind: "answer not kept", feature: "news" }]);
  });

  test("does not undo a no: it holds in this process", async () => {
    const store = createMemoryStore();
    await gateWith({ store }).answer("news", "yes", "settings");
    const gate = gateWith({ store: { ...store, put: full } });
    await expect(gate.withdraw("news", "settings")).rejects.toThrow("no space");
    expect((await gate.state("news")).state).toBe("no");
  });

  test("that cannot be read has no answers", async () => {
    const notes: unknown[] = [];
    const gate = gateWith({ store: broken({ get: full }), report: (note) => void notes.push(note) });
    expect((await gate.state("news")).state).toBe("ask");
    expect(notes).toEqual([{ kind: "answer not read", feature: "news" }]);
  });
});

test("a feature the notice does not declare is never yes and cannot be answered", async () => {
  const gate = gateWith();
  expect(await gate.state("constructor")).toEqual({ state: "no", because: { kind: "undeclared" } });
  await expect(gate.answer("constructor", "yes", "settings")).rejects.toThrow("declares no feature `constructor`");
});

test("the question names who is contacted, what they see, and where their notice is", () => {
  const contact = {
    id: "a",
    name: "A Service",
    does: "serves news",
    hosts: ["a.example"],
    holds: "stores",
    keeps: "30 days",
  };
  const behind = {
    id: "c",
    name: "C Network",
    does: "delivers",
    hosts: [],
    holds: "not stated",
    isBehind: true as const,
  };
  const asked = testFeature("news", {
    does: "tells you the news",
    contacts: [{ ...contact, sees: ["IP address", "user agent"], privacy: "https://a.example/privacy" }, behind],
  });
  const { title, text, details } = gateWith({}, testTable(asked)).question("news");
  expect(title).toBe("Tell you the news?");
  expect(text).toBe(
    "This program will contact A Service, which then sees your IP address and user agent. Sent: IP address, for fetching news.",
  );
  expect(details).toEqual([
    {
      name: "A Service",
      hosts: ["a.example"],
      says: "serves news; a.example; keeps what it gets 30 days.",
      privacy: "https://a.example/privacy",
    },
    { name: "C Network", hosts: [], says: "delivers; behind another; what it keeps is not stated." },
  ]);
});
