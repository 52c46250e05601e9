// JP1 in the client: before a yes, after a no and after a withdrawal nothing is kept and nothing leaves; after a yes exactly what was shown.
import { describe, expect, test } from "vitest";
import { openTelemetry } from "./telemetry.ts";
import { type TestPorts, savedId, testEvent, testField, testPorts, testTelemetry } from "./test-telemetry.ts";

const day = 86_400_000;
const eventsOf = (body: string | undefined): readonly Record<string, unknown>[] =>
  (JSON.parse(body ?? "{}") as { events: Record<string, unknown>[] }).events;

/** Every byte that is kept or left. */
const traces = ({ queue, posted }: TestPorts): number =>
  queue.lines.length + queue.batches.size + queue.texts.size + queue.entries.length + posted.length;

async function agreed(compiled = testTelemetry(), ports = testPorts()) {
  ports.gate.answer("telemetry", "yes");
  return { ports, telemetry: await openTelemetry(compiled, ports) };
}

describe("JP1 off until a yes", () => {
  test.each(["unasked", "no", "withdrawn"])("%s: nothing is kept, nothing leaves", async (answer) => {
    const ports = testPorts();
    const telemetry = await openTelemetry(testTelemetry(), ports);
    if (answer !== "unasked") ports.gate.answer("telemetry", "yes");
    if (answer === "withdrawn") {
      await telemetry.refresh();
      expect(telemetry.emit(savedId, { action: "save" })).toBe("kept");
      await telemetry.flush();
      expect(traces(ports)).toBeGreaterThan(0);
    }
    if (answer !== "unasked") ports.gate.answer("telemetry", "no");
    expect(telemetry.emit(savedId, { action: "save", path: "secret" })).toBe("off");
    expect([await telemetry.show(), await telemetry.send()]).toEqual([[], []]);
    await telemetry.close();
    expect(traces(ports)).toBe(0);
  });

  test("a no that another process stored ends it before the next byte is written", async () => {
    const { ports, telemetry } = await agreed();
    expect(telemetry.emit(savedId, { action: "save" })).toBe("kept");
    ports.gate.answers.set("telemetry", "no");
    await telemetry.flush();
    expect(traces(ports)).toBe(0);
    expect(telemetry.emit(savedId, { action: "save" })).toBe("off");
  });

  test("a no to a category destroys what was kept with it", async () => {
    const { ports, telemetry } = await agreed();
    ports.gate.answer("telemetry-paths", "yes");
    await telemetry.refresh();
    telemetry.emit(savedId, { action: "save", path: "canary" });
    await telemetry.flush();
    expect(ports.queue.lines.join()).toContain("canary");
    ports.gate.answer("telemetry-paths", "no");
    expect(await telemetry.show()).toEqual([]);
    telemetry.emit(savedId, { action: "save", path: "canary" });
    expect((await telemetry.show()).join()).not.toContain("canary");
  });

  test("a gate that asks for something else is refused", async () => {
    const compiled = { ...testTelemetry(), declarations: { telemetry: "another" } };
    await expect(openTelemetry(compiled, testPorts())).rejects.toThrow("would be to something else");
  });
});

describe("fields", () => {
  test("what is shown is what is sent, byte for byte, and the ledger has its hash", async () => {
    const { ports, telemetry } = await agreed();
    telemetry.emit(savedId, { action: "save", path: "canary", ms: 12.5, other: "canary" });
    const shown = await telemetry.show();
    telemetry.emit(savedId, { action: "get" });
    await telemetry.send();
    expect(ports.posted).toEqual(shown);
    expect(eventsOf(shown[0])).toEqual([
      {
        __timestamp__: "2026-11-20T00:00:00Z",
        __schema__: savedId,
        __schema_version__: "1",
        __metadata_version__: 1,
        action: "save",
        ms: 12.5,
      },
    ]);
    const hash = await ports.digest(shown[0] ?? "");
    expect((await telemetry.ledger()).map(({ outcome, hash: kept }) => [outcome, kept])).toEqual([
      ["sending", hash],
      ["stored", hash],
    ]);
  });

  test("a field leaves only once its category is agreed to", async () => {
    const { ports, telemetry } = await agreed();
    ports.gate.answer("telemetry-paths", "yes");
    await telemetry.refresh();
    telemetry.emit(savedId, { action: "save", path: "a/b" });
    expect(eventsOf((await telemetry.show())[0])[0]).toMatchObject({ path: "a/b" });
  });

  test("a field or an event that ended does not leave, even if it was queued before", async () => {
    const { ports, telemetry } = await agreed();
    ports.now = Date.parse("2026-11-30T23:59:00Z");
    telemetry.emit(savedId, { action: "save", ms: 7 });
    await telemetry.flush();
    expect(ports.queue.lines.join()).toContain('"ms":7');
    const before = await telemetry.show();
    expect(before.join()).toContain('"ms":7');
    ports.now += 2 * 60_000;
    expect((await telemetry.show()).join()).not.toContain('"ms"');
    ports.now = Date.parse("2027-06-30T00:00:00Z");
    expect(telemetry.emit(savedId, { action: "save" })).toBe("expired event");
    expect(await telemetry.show()).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["an undeclared event", undefined, "undeclared event"],
    ["a value of another kind", { action: "delete" }, "not as declared"],
    ["no object", "save", "not as declared"],
    ["`__proto__`", JSON.parse('{"__proto__":{"polluted":1},"action":"save"}'), "forbidden key"],
    ["`constructor`", { constructor: 1, action: "save" }, "forbidden key"],
    ["a value that throws", "throws", "not as declared"],
  ])("%s: %s", async (_name, data, outcome) => {
    const { ports, telemetry } = await agreed();
    const throwing = {
      get action(): string {
        throw new Error("no");
      },
    };
    const given = data === "throws" ? throwing : data;
    expect(telemetry.emit(data === undefined ? "https://else.example/v1" : savedId, given as object)).toBe(outcome);
    await telemetry.flush();
    expect(ports.queue.lines).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("a text over its limit is left out, an event over its limit is refused", async () => {
    const fields = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`f${at}`, testField()]));
    const { telemetry } = await agreed(testTelemetry({ big: testEvent({ schema: true, fields }) }));
    telemetry.emit("big", { f0: "x".repeat(1025), f1: "y" });
    expect(eventsOf((await telemetry.show())[0])[0]).toMatchObject({ f1: "y" });
    expect((await telemetry.show()).join()).not.toContain("xxx");
    const all = Object.fromEntries(Object.keys(fields).map((name) => [name, "x".repeat(1000)]));
    expect(telemetry.emit("big", all)).toBe("too large");
  });
});

describe("without an id", () => {
  test("the same event counts once in its interval, over a restart too", async () => {
    const compiled = testTelemetry({ [savedId]: testEvent({ once: "week" }) });
    const { ports, telemetry } = await agreed(compiled);
    const emit = (): string => telemetry.emit(savedId, { action: "save" });
    expect([emit(), emit(), telemetry.emit(savedId, { action: "get" })]).toEqual(["kept", "said before", "kept"]);
    await telemetry.close();
    const again = await openTelemetry(compiled, ports);
    expect(again.emit(savedId, { action: "save" })).toBe("said before");
    ports.now += 7 * day;
    expect(again.emit(savedId, { action: "save" })).toBe("kept");
  });

  test("sampling is drawn for each event", async () => {
    let drawn = 0;
    const random = (): number => (drawn += 0.25) % 1;
    const ports = testPorts({ random });
    const { telemetry } = await agreed(testTelemetry({ [savedId]: testEvent({ sample: 0.5 }) }), ports);
    const outcomes = [1, 2, 3, 4].map(() => telemetry.emit(savedId, { action: "save" }));
    expect(outcomes).toEqual(["kept", "not sampled", "not sampled", "kept"]);
  });

  test("one batch a day; what is emitted after it waits for the next, which has nothing in common with it", async () => {
    const { ports, telemetry } = await agreed();
    for (const _ of [1, 2]) {
      telemetry.emit(savedId, { action: "save" });
      expect((await telemetry.send()).length).toBeLessThanOrEqual(1);
    }
    expect(ports.posted.length).toBe(1);
    ports.now += day;
    await telemetry.send();
    const [first, second] = ports.posted.map((body) => JSON.parse(body) as { batch: string; day: string });
    expect([first?.day, second?.day]).toEqual(["2026-11-20", "2026-11-21"]);
    expect(first?.batch).not.toBe(second?.batch);
  });

  test("it is sent at a time drawn within the window, not at once", async () => {
    const { ports, telemetry } = await agreed();
    telemetry.emit(savedId, { action: "save" });
    const tick = async (): Promise<void> => {
      for (const act of ports.waiting.splice(0)) act();
      await telemetry.flush();
      await telemetry.refresh();
    };
    await tick();
    ports.now += 3 * 3_600_000 - 60_000;
    await tick();
    expect(ports.posted.length).toBe(0);
    ports.now += 120_000;
    await tick();
    expect(ports.posted.length).toBe(1);
  });
});

describe("bad days", () => {
  test("a collector that is away for a week gets every day once it is back; older than its window are given up", async () => {
    const { ports, telemetry } = await agreed();
    ports.status = 503;
    for (let each = 0; each < 14; each += 1) {
      telemetry.emit(savedId, { action: "save" });
      expect((await telemetry.send()).every(({ outcome }) => outcome === "later")).toBe(true);
      ports.now += day;
    }
    ports.status = 202;
    const before = ports.posted.length;
    const sent = await telemetry.send();
    expect(sent.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 9 }, () => "stored"));
    expect(new Set(ports.posted.slice(before)).size).toBe(9);
    expect((await telemetry.ledger()).filter(({ outcome }) => outcome === "given up").length).toBe(5);
  });

  test("a full disk loses nothing that memory holds, and the program goes on", async () => {
    const notes: string[] = [];
    const ports = testPorts({ report: (note) => notes.push(`${note.kind} ${note.why}`) });
    const { telemetry } = await agreed(testTelemetry(), ports);
    ports.queue.isFull = true;
    telemetry.emit(savedId, { action: "save" });
    await telemetry.flush();
    expect(notes).toEqual(["not written ENOSPC"]);
    ports.queue.isFull = false;
    telemetry.emit(savedId, { action: "get" });
    await telemetry.flush();
    expect(ports.queue.lines.length).toBe(2);
  });

  test("memory is bounded when nothing can be written", async () => {
    const { ports, telemetry } = await agreed();
    ports.queue.isFull = true;
    const outcomes = new Set<string>();
    for (let each = 0; each < 5000; each += 1) outcomes.add(telemetry.emit(savedId, { action: "save" }));
    expect([...outcomes]).toEqual(["kept", "queue full"]);
  });

  test.each([0, Number.NaN, Number.POSITIVE_INFINITY, -1e18])("a clock that says %s breaks nothing", async (now) => {
    const { ports, telemetry } = await agreed();
    ports.now = now;
    telemetry.emit(savedId, { action: "save" });
    await telemetry.flush();
    await telemetry.send();
    ports.now = Date.parse("2026-11-20T12:00:00Z");
    telemetry.emit(savedId, { action: "save" });
    await telemetry.send();
    expect(ports.posted.some((body) => body.includes('"day":"2026-11-20"'))).toBe(true);
  });

  test("a final refusal is told and not tried again; deleting is recorded with its receipt", async () => {
    const { ports, telemetry } = await agreed();
    ports.status = 410;
    telemetry.emit(savedId, { action: "save" });
    expect(await telemetry.send()).toMatchObject([{ outcome: "refused" }]);
    ports.status = 202;
    ports.now += day;
    telemetry.emit(savedId, { action: "save" });
    await telemetry.send();
    ports.gate.answer("telemetry", "no");
    expect(await telemetry.erase()).toMatchObject([{ outcome: "deleted", receipt: '{"outcome":"deleted"}' }]);
    expect(await telemetry.erase()).toEqual([]);
  });
});

const jupyter = (rest: object): string =>
  JSON.stringify({
    __timestamp__: "2026-11-20T15:59:42.474613+00:00Z",
    __schema__: savedId,
    __schema_version__: "1",
    __metadata_version__: 1,
    action: "save",
    ...rest,
  });

describe("Jupyter's lines", () => {
  test("are read, the three ways they are written", async () => {
    const { telemetry } = await agreed();
    const server = JSON.stringify({ schema_id: savedId, version: 1, data: { action: "get" } });
    const binder = JSON.stringify({ timestamp: "2026-11-20T15:59:42Z", schema: savedId, version: 1, action: "get" });
    expect([jupyter({}), server, binder].map((line) => telemetry.read(line))).toEqual(["kept", "kept", "kept"]);
    expect(telemetry.read(jupyter({ __schema_version__: "2" }))).toBe("undeclared event");
    expect(telemetry.read("{")).toBe("not as declared");
    expect(telemetry.read(JSON.stringify({ schema: "toString", version: 1 }))).toBe("undeclared event");
  });

  test("are written by a switch: its time, and null where something may not leave", async () => {
    const { telemetry } = await agreed(testTelemetry(), testPorts({ envelope: "jupyter" }));
    telemetry.emit(savedId, { action: "save", path: "canary", other: 1 });
    const [event] = eventsOf((await telemetry.show())[0]);
    expect(event).toMatchObject({ __timestamp__: "2026-11-20T00:00:00.000000+00:00Z", action: "save", path: null });
    expect(event).not.toHaveProperty("other");
  });
});
