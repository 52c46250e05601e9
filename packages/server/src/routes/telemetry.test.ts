// Telemetry over HTTP: what is acknowledged is kept once, what is deleted leaves no byte, what is closed is counts of groups; nobody's address is anywhere.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "@avow/policy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, notice, savedId } from "../../../collect/src/telemetry/test-compiled.ts";
import { type TestServer, startTestServer, writeNotice } from "../test-server.ts";
import { closeTelemetryDue } from "./telemetry-close.ts";
import { batchOf } from "./telemetry-receipt.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    writeNotice(dir, "lab", notice);
    const { openDays: _openDays, ...partial } = compiled;
    writeFileSync(join(dir, "notices", "lab", "lab.telemetry.json"), JSON.stringify(compiled));
    writeFileSync(join(dir, "notices", "lab", "broken.telemetry.json"), JSON.stringify(partial));
    const elsewhere = { ...compiled, telemetry: "elsewhere", notice: "nowhere" };
    writeFileSync(join(dir, "notices", "lab", "elsewhere.telemetry.json"), JSON.stringify(elsewhere));
  });
});
afterAll(() => server.remove());

const today = "2026-11-20";
const canary = "Canary7k2";
let made = 0;
const newToken = (): string => `${(made += 1)}`.padStart(64, "0");
const event = (data: object = { action: "save" }): object => ({
  __schema__: savedId,
  __schema_version__: "1",
  ...data,
});

function send(
  method: "POST" | "DELETE",
  body: string | object,
  headers: Readonly<Record<string, string>> = {},
  day = today,
): Promise<Response> {
  return fetch(`${server.url}/api/telemetry`, {
    method,
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: {
      "x-avow-now": `${day}T12:00:00Z`,
      "user-agent": `${canary}-agent`,
      "x-forwarded-for": "198.51.100.77",
      ...headers,
    },
  });
}
const batch = (token: string, events: readonly object[] = [event()], rest: object = {}): object => ({
  avow: 1,
  telemetry: "lab",
  batch: batchOf(token),
  day: today,
  events,
  ...rest,
});
const bytes = (): string =>
  readdirSync(server.dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(server.dir, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");

test("a batch is kept once, however often it is sent, and its sender learns what was dropped", async () => {
  const body = batch(newToken(), [event({ action: "save", other: canary }), event({ action: 7 }), { x: canary }]);
  const first = await send("POST", body);
  expect([first.status, await first.json()]).toEqual([
    202,
    {
      batch: (body as { batch: string }).batch,
      outcome: "stored",
      kept: 2,
      dropped: [{ reason: "not an event", count: 1 }],
      fields: [
        { reason: "undeclared field", count: 1 },
        { reason: "not as declared", count: 1 },
      ],
    },
  ]);
  const again = await send("POST", body);
  expect([again.status, await again.json()]).toMatchObject([200, { outcome: "stored before" }]);
  expect(bytes()).not.toContain(canary);
  expect(bytes()).not.toContain("198.51.100");
});

describe("refused, and nothing kept", () => {
  test.each<[string, number, object | string, Record<string, string>]>([
    ["no JSON", 400, "{", {}],
    ["no batch", 400, {}, {}],
    ["undeclared telemetry", 404, batch("t".repeat(64), undefined, { telemetry: "else" }), {}],
    ["under a notice that is not served", 404, batch("t".repeat(64), undefined, { telemetry: "elsewhere" }), {}],
    ["with Sec-GPC", 403, batch("t".repeat(64)), { "sec-gpc": "1" }],
    ["with DNT", 403, batch("t".repeat(64)), { dnt: "1" }],
    ["of a day that is closed", 410, batch("t".repeat(64), undefined, { day: "2026-11-10" }), {}],
    ["of a day to come", 422, batch("t".repeat(64), undefined, { day: "2026-11-25" }), {}],
    ["nothing declared in it", 422, batch("t".repeat(64), [event({ where: canary })]), {}],
    ["too large", 413, `${JSON.stringify(batch("t".repeat(64)))}${" ".repeat(140_000)}`, {}],
  ])("%s: %i", async (_name, status, body, headers) => {
    const before = await server.house.telemetry.store.openDays();
    const reply = await send("POST", body, headers);
    expect(reply.status).toBe(status);
    expect(await reply.json()).toHaveProperty("error");
    expect(await server.house.telemetry.store.openDays()).toEqual(before);
  });

  test("files that are no telemetry were told at the start", () => {
    expect(server.lines.join("\n")).toContain("broken.telemetry.json collects nothing: this is no compiled telemetry");
    expect(server.lines.join("\n")).toContain("its notice `nowhere` is not being served");
  });
});

describe("deletion", () => {
  const erase = async (token: string, day = today, now = today): Promise<Record<string, string>> => {
    const reply = await send("DELETE", { avow: 1, telemetry: "lab", token, day }, {}, now);
    expect(reply.status).toBe(200);
    return (await reply.json()) as Record<string, string>;
  };

  test("by the token alone: the batch is on no byte, a late copy is not kept, and the receipt is signed", async () => {
    const token = newToken();
    await send("POST", batch(token, [event({ action: "save", parts: { kind: "k7k2x" } })]));
    expect(bytes()).toContain("k7k2x");
    expect(bytes()).not.toContain(token);
    expect(await erase(newToken())).toMatchObject({ outcome: "not held" });
    const receipt = await erase(token);
    expect(receipt).toMatchObject({ outcome: "deleted", batch: batchOf(token), on: today });
    expect(bytes()).not.toContain("k7k2x");
    const late = await send("POST", batch(token, [event({ action: "save", parts: { kind: "k7k2x" } })]));
    expect(await late.json()).toMatchObject({ outcome: "deleted before" });
    expect(bytes()).not.toContain("k7k2x");
    expect(await erase(token)).toMatchObject({ outcome: "deleted" });

    const { key, signature, ...said } = receipt;
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key! }, format: "jwk" });
    const isSigned = (text: string): boolean =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature!, "base64url"));
    expect(isSigned(canonicalJson(said))).toBe(true);
    expect(isSigned(canonicalJson({ ...said, outcome: "counted" }))).toBe(false);
    const page = (await (await fetch(`${server.url}/telemetry/lab.json`)).json()) as { key: string };
    expect(page.key).toBe(key);
  });

  test("of a day that is over: counted, and it says what that means", async () => {
    expect(await erase(newToken(), "2026-11-01")).toMatchObject({
      outcome: "counted",
      says: expect.stringContaining("from which it cannot be taken out"),
    });
  });

  test.each([{}, { telemetry: "lab", token: "short", day: today }, { telemetry: "lab", token: "x".repeat(64) }])(
    "without what it needs: 400 (%#)",
    async (body) => {
      expect((await send("DELETE", body)).status).toBe(400);
    },
  );
});

test("a day that is over becomes counts of at least k batches; its batches are gone; the page tells", async () => {
  const day = "2026-11-21";
  const sendOn = (action: string): Promise<Response> =>
    send("POST", batch(newToken(), [event({ action, parts: { kind: "k9k9x" } })], { day }), {}, day);
  for (const action of ["save", "save", "save", "save", "get", "get", "get"])
    expect((await sendOn(action)).status).toBe(202);
  const parts = { telemetry: server.house.telemetry, gate: () => server.house.gate, log: () => undefined };
  expect(await closeTelemetryDue(parts, Date.parse("2026-11-30T23:59:00Z"))).toMatchObject([{ day: today }]);
  const closed = await closeTelemetryDue(parts, Date.parse("2026-12-01T00:11:00Z"));
  expect(closed).toEqual([
    {
      day,
      least: 3,
      events: [
        {
          event: savedId,
          events: 7,
          batches: 7,
          sample: 1,
          tables: [
            {
              field: "action",
              cells: [
                { value: "save", events: 4, batches: 4 },
                { value: "get", events: 3, batches: 3 },
              ],
            },
          ],
        },
      ],
    },
  ]);
  expect(bytes()).not.toContain("k9k9x");
  expect((await sendOn("save")).status).toBe(410);

  const page = await fetch(`${server.url}/telemetry/lab`);
  const text = (await page.text()).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  expect([page.status, page.headers.get("content-security-policy")]).toEqual([
    200,
    expect.stringContaining("default-src 'none'"),
  ]);
  expect(text).toContain("7 events in 7 batches");
  expect(text).toMatch(/save 4 4 get 3 3/);
  expect(text).toContain("Lab answers for it; for usage statistics; until 2027-06-30");
  const json = (await (await fetch(`${server.url}/telemetry/lab.json`)).json()) as { days: readonly { day: string }[] };
  expect(json.days.map((each) => each.day)).toEqual([day, today]);
  expect((await fetch(`${server.url}/telemetry/else`)).status).toBe(404);

  await closeTelemetryDue(parts, Date.parse("2029-01-15T00:00:00Z"));
  expect(await server.house.telemetry.store.counts("lab")).toEqual([]);
});
