// A sink that counts what arrives: nothing without a yes, nothing at hosts that are not declared, and an end when the answer changes.
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMemoryStore, createProgramGate } from "../program/index.ts";
import { testFeature, testTable } from "../program/test-table.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";

interface Sink {
  readonly server: Server;
  readonly host: string;
  readonly seen: {
    readonly url: string;
    readonly method: string;
    readonly authorization: string | undefined;
    readonly body: string;
  }[];
}

async function openSink(): Promise<Sink> {
  const seen: Sink["seen"] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => void (body += part.toString()));
    request.on("end", () => {
      const { url = "", method = "", headers } = request;
      seen.push({ url, method, authorization: headers.authorization, body });
      if (url.startsWith("/slow")) return;
      const next = url === "/loop" ? "/loop" : new URL(url, "http://x").searchParams.get("to");
      if (next === null) response.end("here");
      else response.writeHead(Number(url.slice(1, 4)) || 302, { location: next }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

let ours: Sink;
let second: Sink;
let strange: Sink;
const all = (): readonly Sink[] => [ours, second, strange];
beforeAll(async () => {
  [ours, second, strange] = await Promise.all([openSink(), openSink(), openSink()]);
});
beforeEach(() => {
  for (const { seen } of all()) seen.length = 0;
});
afterAll(() => {
  for (const { server } of all()) {
    server.closeAllConnections();
    server.close();
  }
});

async function open(answer?: "yes" | "no") {
  const contact = {
    id: "a",
    name: "A",
    does: "serves",
    hosts: [ours.host, second.host, "*.a.example"],
    holds: "stores",
  };
  const gate = createProgramGate(testTable(testFeature("news", { contacts: [contact] })), {
    store: createMemoryStore(),
    signals: () => ({}),
    nowMs: () => 0,
    digest: async () => "digest",
    asker: "program",
  });
  if (answer !== undefined) await gate.answer("news", answer, "settings");
  return { gate, get: createGuardedFetch(gate, fetch) };
}

const arrived = (): number => all().reduce((sum, { seen }) => sum + seen.length, 0);

test("after a yes the declared host is asked", async () => {
  const { get } = await open("yes");
  expect(await (await get("news", `http://${ours.host}/feed`)).text()).toBe("here");
  expect(arrived()).toBe(1);
});

test.each([undefined, "no"] as const)("with the answer %s nothing leaves", async (answer) => {
  const { get } = await open(answer);
  await expect(get("news", `http://${ours.host}/feed`)).rejects.toMatchObject({ name: "NotAllowed" });
  await expect(get("other", `http://${ours.host}/feed`)).rejects.toMatchObject({ reason: "undeclared" });
  expect(arrived()).toBe(0);
});

describe("addresses that are not the feature's", () => {
  test.each([
    ["host not declared", () => `http://${strange.host}/`],
    ["host not declared", () => `http://${ours.host.replace("127.0.0.1", "localhost")}/`],
    ["host not declared", () => "https://a.example/"],
    ["host not declared", () => "https://a.example.evil.example/"],
    ["host not declared", () => "https://xa.example/"],
    ["host not declared", () => "https://b.a.example:8443/"],
    ["host not declared", () => "https://b.а.example/"],
    ["names a user", () => `http://${ours.host}@${strange.host}/`],
    ["names a user", () => `http://user:secret@${ours.host}/`],
    ["not secure", () => "http://b.a.example/"],
    ["host not declared", () => "data:text/plain,hello"],
    ["host not declared", () => "file:///etc/hostname"],
    ["not an address", () => "//"],
    ["not an address", () => "http://[::1"],
  ])("%s: %s", async (reason, url) => {
    const { get } = await open("yes");
    await expect(get("news", url())).rejects.toMatchObject({ reason });
    expect(arrived()).toBe(0);
  });
});

describe("redirects", () => {
  test("to another declared host are followed, without the secret", async () => {
    const { get } = await open("yes");
    const reply = await get("news", `http://${ours.host}/302?to=${encodeURIComponent(`http://${second.host}/there`)}`, {
      headers: { authorization: "Bearer x" },
    });
    expect(await reply.text()).toBe("here");
    expect([ours.seen[0]?.authorization, second.seen[0]?.authorization]).toEqual(["Bearer x", undefined]);
  });

  test.each([301, 302, 303, 307, 308])("%d to a host that is not declared is not followed", async (status) => {
    const { get } = await open("yes");
    const url = `http://${ours.host}/${status}?to=${encodeURIComponent(`http://${strange.host}/`)}`;
    await expect(get("news", url)).rejects.toMatchObject({ reason: "host not declared" });
    expect(strange.seen).toEqual([]);
  });

  test.each([
    [303, "GET", ""],
    [302, "GET", ""],
    [307, "POST", "body"],
  ])("%d turns a post into %s", async (status, method, body) => {
    const { get } = await open("yes");
    await get("news", `http://${ours.host}/${status}?to=/there`, { method: "POST", body: "body" });
    expect(ours.seen.at(-1)).toMatchObject({ url: "/there", method, body });
  });

  test("without end are ended", async () => {
    const { get } = await open("yes");
    await expect(get("news", `http://${ours.host}/302?to=/loop`)).rejects.toMatchObject({
      reason: "redirect",
      feature: "news",
    });
    expect(arrived()).toBe(6);
  });
});

test("a no ends what is under way, and what asked for the answer just before", async () => {
  const { gate, get } = await open("yes");
  const slow = get("news", `http://${ours.host}/slow`);
  const ended = expect(slow).rejects.toThrow("was turned off");
  await expect.poll(() => ours.seen.length).toBe(1);
  await gate.withdraw("news", "settings");
  await ended;
  await gate.answer("news", "yes", "settings");
  const racing = get("news", `http://${ours.host}/slow`);
  await Promise.all([gate.withdraw("news", "settings"), expect(racing).rejects.toThrow()]);
});

test("the caller's own signal still counts", async () => {
  const { get } = await open("yes");
  await expect(get("news", `http://${ours.host}/slow`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await expect(get("news", `http://${ours.host}/`, { signal: AbortSignal.abort(new Error("mine")) })).rejects.toThrow(
    "mine",
  );
  expect(arrived()).toBe(1);
});
