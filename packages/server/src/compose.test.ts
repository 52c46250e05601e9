// Starting: what is refused and how it is said, what a first start leaves, how it ends.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "@avow/policy";
import { StoreBusyError } from "@avow/store";
import { afterEach, describe, expect, test } from "vitest";
import { startServer } from "./compose.ts";
import { StartRefused, refusedStart } from "./start-refused.ts";
import {
  type TestServer,
  addKey,
  addSite,
  ask,
  noticeText,
  sendEvent,
  startTestServer,
  writeNotice,
} from "./test-server.ts";

let server: TestServer | undefined;
afterEach(async () => {
  await server?.remove();
  server = undefined;
});

describe("a start is refused", () => {
  test("for a notice with an error, which is named by file, line, column and remedy; nothing is left open", async () => {
    let dir = "";
    const started = startTestServer({}, {}, (made) => {
      dir = made;
      writeNotice(made, "exam", noticeText("exam", "[exam.example]", "[pagge, country]"));
    });
    await expect(started).rejects.toThrow(StartRefused);
    await expect(started).rejects.toThrow(/exam\/notice\.yaml:10:\d+: [a-z-]+: .*`pagge`[^]*`page`/);
    expect(existsSync(dir)).toBe(false);
  });

  test("for two notices of one id, a port in use, impossible settings", async () => {
    await expect(
      startTestServer({}, {}, (dir) => {
        writeNotice(dir, "one", noticeText("exam", "[exam.example]"));
        writeNotice(dir, "two", noticeText("exam", "[exam.example]"));
      }),
    ).rejects.toThrow(/two notices have the id `exam`[^]*give one of them another id/);
    server = await startTestServer();
    await expect(startTestServer({ port: Number(new URL(server.url).port) })).rejects.toThrow(
      /port \d+ is in use[^]*--port/,
    );
    await expect(startTestServer({ testClock: true, host: "0.0.0.0" })).rejects.toThrow(/test clock/);
    await expect(startTestServer({ trustedProxies: ["10.0.0.0/99"] })).rejects.toThrow(
      /trusted proxy `10\.0\.0\.0\/99`/,
    );
    await expect(startTestServer({ publicUrl: "notices.example" })).rejects.toThrow(/public URL/);
    await expect(startTestServer({ countryTable: "/nowhere/at/all.csv" })).rejects.toThrow(/country table/);
  });
});

test("what a store says of itself refuses the start in its own words; a fault stays a fault", () => {
  const told = refusedStart(new StoreBusyError("data"));
  expect(told).toBeInstanceOf(StartRefused);
  expect((told as Error).message).toMatch(/in use by another process; stop that one/);
  const fault = new TypeError("x");
  expect(refusedStart(fault)).toBe(fault);
});

test("PS14 a stored column that no notice declares any more refuses the start, by table and column, with the remedy", async () => {
  const declared = "[page, page host, time of visit, device type]";
  server = await startTestServer({}, {}, (dir) => {
    writeNotice(dir, "exam", noticeText("exam", "[exam.example]", declared));
  });
  await addSite(server);
  await sendEvent(server, {});
  const { dir } = server;
  await server.close();
  server = undefined;
  const settings = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] };
  writeNotice(dir, "exam", noticeText("exam", "[exam.example]", "[page, page host, time of visit]"));
  // The version the rows are held under declares it, so it may stay, unused, for as long as they do.
  await (await startServer(settings, { log: () => undefined })).close();
  for (const ending of ["", "-wal", "-shm"]) rmSync(join(dir, "data", `records.sqlite${ending}`), { force: true });
  const started = startServer(settings, { log: () => undefined });
  await expect(started).rejects.toThrow(StartRefused);
  await expect(started).rejects.toThrow(/`events\.device`[^]*declare `device type`/);
  // What was opened was closed again: with the notice put back the same directory starts.
  writeNotice(dir, "exam", noticeText("exam", "[exam.example]", declared));
  await (await startServer(settings, { log: () => undefined })).close();
  rmSync(dir, { recursive: true });
});

test("the test clock is announced", async () => {
  server = await startTestServer({ testClock: true });
  expect(server.lines.join("\n")).toMatch(/TEST CLOCK/);
});

test("Avow's own notice is served always, its versions are on record", async () => {
  server = await startTestServer();
  expect(
    server.house.gate
      .policies()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(["avow", "exam"]);
  const versions = await server.house.records.versions();
  expect(versions.map(({ notice }) => notice).toSorted()).toEqual(["avow", "exam"]);
  for (const { canonical, version } of versions) expect(sha256Hex(canonical)).toBe(version);
  expect(await server.house.records.setting("notices dirs")).toBe(JSON.stringify([join(server.dir, "notices")]));
});

test("a first start under the example notice has a public demonstration site; a second does not make it again", async () => {
  server = await startTestServer(
    {},
    {},
    (dir) => void writeNotice(dir, "example", noticeText("example", "[example.org]")),
  );
  const { dir, house } = server;
  expect(await house.records.site("example.org")).toMatchObject({ notice: "example", isPublic: true });
  const settings = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] };
  await house.records.putSite({ ...(await house.records.site("example.org"))!, isPublic: false });
  await server.close();
  const again = await startServer(settings, { log: () => undefined });
  expect(await again.house.records.site("example.org")).toMatchObject({ isPublic: false });
  expect(again.ownerLink).toBeDefined();
  await again.close();
  rmSync(dir, { recursive: true });
  server = undefined;
});

test("a notice and a site that are added while the server runs are measured at once", async () => {
  server = await startTestServer();
  writeNotice(server.dir, "late", noticeText("late", "[late.example]"));
  const unknown = await sendEvent(server, { d: "late.example", u: "https://late.example/" });
  expect(unknown.headers.get("x-plausible-dropped")).toBe("1");
  await addSite(server, "late.example", "late");
  const reply = await sendEvent(server, { d: "late.example", u: "https://late.example/" });
  expect([reply.status, reply.headers.get("x-plausible-dropped")]).toEqual([202, null]);
  const key = await addKey(server, "late.example");
  expect(await (await ask(server, key, { site_id: "late.example" })).json()).toMatchObject({
    results: [{ metrics: [1, 1] }],
  });
  expect((await server.house.records.versions()).map(({ notice }) => notice)).toContain("late");
});

test("what the gate decided is on record after a flush and after a close", async () => {
  server = await startTestServer();
  await addSite(server);
  await sendEvent(server, {});
  await server.house.flushEvidence();
  const counts = await server.house.records.evidence("exam");
  expect(counts).toContainEqual(expect.objectContaining({ clause: "web-traffic", outcome: "permitted" }));
});

test("events and counts outlive a restart", async () => {
  server = await startTestServer();
  await addSite(server);
  const key = await addKey(server);
  for (let n = 0; n < 3; n += 1) await sendEvent(server, { u: `https://exam.example/${n}` });
  const { dir } = server;
  await server.close();
  const again = await startServer(
    { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] },
    { log: () => undefined },
  );
  expect(await (await ask(again, key, { metrics: ["pageviews"] })).json()).toMatchObject({
    results: [{ metrics: [3] }],
  });
  expect((await again.house.records.evidence("exam")).length).toBeGreaterThan(0);
  await again.close();
  rmSync(dir, { recursive: true });
  server = undefined;
});

test("a close in the middle of work finishes what it began: acknowledged is stored, and it does not linger", async () => {
  server = await startTestServer();
  await addSite(server);
  const key = await addKey(server);
  const open = server;
  const sending = Array.from({ length: 60 }, (_, n) =>
    sendEvent(open, { u: `https://exam.example/${n}` }).then(
      ({ status }) => status,
      () => 0,
    ),
  );
  await Promise.race(sending);
  const begun = performance.now();
  await server.close();
  expect(performance.now() - begun).toBeLessThan(4000);
  const acknowledged = (await Promise.all(sending)).filter((status) => status === 202).length;
  expect(acknowledged).toBeGreaterThan(0);
  const { dir } = server;
  server = undefined;
  const settings = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")] };
  const again = await startServer(settings, { log: () => undefined });
  const reply = await ask(again, key, { metrics: ["pageviews"] });
  expect(await reply.json()).toMatchObject({ results: [{ metrics: [acknowledged] }] });
  await again.close();
  rmSync(dir, { recursive: true });
});
