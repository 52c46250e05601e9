// JP3: every way out of a Node process, tried: what the preload guard refuses, what passes it, and that the guide says exactly that.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { root } from "../installation.ts";
import { type Way, start, ways } from "./jp3-ways.ts";
import { type Witness, tcpWitness, udpWitness } from "./witnesses.ts";

const register = join(root, "packages/gate/src/register/index.ts");
const undici = join(root, "node_modules/undici/index.js");
const keeper = `import net from "node:net"; globalThis.kept = net.Socket.prototype.connect;`;
let dir: string;
let witnesses: Record<"tcp" | "udp" | "dns" | "pipe", Witness>;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "avow-jp3-"));
  const [tcp, udp, dns, pipe] = [
    await tcpWitness(),
    await udpWitness(),
    await udpWitness(),
    await tcpWitness(at("pipe")),
  ];
  witnesses = { tcp, udp, dns, pipe };
  writeFileSync(
    at("child.mjs"),
    `import net from "node:net"; net.connect(Number(process.env.PORT), "127.0.0.1").on("error", () => {});`,
  );
});
beforeEach(() => {
  for (const each of Object.values(witnesses)) each.forget();
  rmSync(at("answers"), { recursive: true, force: true });
  rmSync(at("report"), { force: true });
  declare([]);
});
afterAll(async () => {
  for (const each of Object.values(witnesses)) await each.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (name: string): string => join(dir, name);
const own = (): string => `127.0.0.1:${witnesses.tcp.port}`;

/** The table of a program with one feature that may reach these hosts. */
function declare(hosts: readonly string[]): void {
  const contact = { id: "host", name: "Host", does: "serves it", hosts, holds: "stores" };
  const feature = { id: "news", does: "fetches news", contacts: [contact], sends: [], for: [], declaration: "now" };
  const table = { notice: "exam", title: "Exam", version: "1", contact: "privacy@exam.example", features: [feature] };
  writeFileSync(at("table.json"), JSON.stringify(table));
}

/** An answer as the file store keeps it. */
function answer(given: "yes" | "no", more: Readonly<Record<string, unknown>> = {}): void {
  mkdirSync(at("answers"), { recursive: true });
  const said = { notice: "exam", feature: "news", answer: given, declaration: "now", version: "1", shown: "s" };
  writeFileSync(
    at("answers/news.json"),
    JSON.stringify({ ...said, language: "en", surface: "settings", at: 0, hosts: [], ...more }),
  );
}

async function run(script: string, flags: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const base = { PATH: process.env["PATH"] ?? "", PORT: String(witnesses.tcp.port), UDP: String(witnesses.udp.port) };
  const more = { DNS: String(witnesses.dns.port), PIPE: at("pipe"), CHILD: at("child.mjs"), UNDICI: undici };
  writeFileSync(at("script.mjs"), `${start}\n${script}`);
  const child = spawn(process.execPath, ["--conditions=source", "--no-warnings", ...flags, at("script.mjs")], {
    cwd: root,
    env: { ...base, ...more, ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (err += part.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  // What was sent just before the end is on its way.
  await new Promise((done) => setTimeout(done, 30));
  return { code, out, err };
}

async function guarded(script: string, { env = {} }: Pick<Way, "env"> = {}): Promise<Ended> {
  const before = env["KEEP"] === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(keeper)}`];
  const settings = { AVOW_TABLE: at("table.json"), AVOW_ANSWERS: at("answers"), AVOW_LOOPBACK: "declared" };
  return run(script, [...before, "--import", register], { ...settings, ...env });
}

const arrived = (way: Way): number => (way.witness === "code" ? 0 : witnesses[way.witness].count());

describe("each way out", () => {
  test.each(ways)("JP3 $name: $seen", async (way) => {
    // The control: without the guard it leaves, so that the witness can see it.
    const free = await run(way.script, [], way.env ?? {});
    if (way.witness === "code") expect(free.out).not.toContain("AVOW_REFUSED");
    else expect(arrived(way), free.err).toBeGreaterThan(0);
    for (const each of Object.values(witnesses)) each.forget();

    if (way.env?.["DECLARED"] !== undefined) {
      declare([`news.exam.example:${witnesses.tcp.port}`]);
      answer("yes");
    }
    const { out, err } = await guarded(way.script, way);
    if (way.witness === "code") expect(out).toContain("AVOW_REFUSED");
    else expect(arrived(way) > 0 ? "passes" : "refused", err).toBe(way.seen);
    expect(err.includes("avow: refused"), err).toBe(way.seen === "refused");
  });

  test("JP3 the guide's table is what was tried here, no more and no less", () => {
    const guide = readFileSync(join(root, "docs/guide/inside-software.md"), "utf8");
    const told = [...guide.matchAll(/^\| (.+) \| (refused|passes) \|/gm)].map(([, name, seen]) => ({ name, seen }));
    expect(told).toEqual(ways.map(({ name, seen }) => ({ name, seen })));
  });
});

/** A little program: asks its feature's host three ways, one after the other. */
const using = `await fetch(\`http://127.0.0.1:\${process.env.PORT}/private/path?secret=word\`).catch((e) => console.log(e.cause?.code, e.cause?.message));`;

describe("the answer decides", () => {
  test("JP3 after a yes the declared host is reached", async () => {
    declare([own()]);
    answer("yes");
    const { err } = await guarded(using);
    expect(witnesses.tcp.count()).toBeGreaterThan(0);
    expect(err).toBe("");
  });

  test.each<readonly [string, () => void, Readonly<Record<string, string>>, RegExp]>([
    ["unasked", () => {}, {}, /nobody has agreed to `news`/],
    ["answered no", () => answer("no"), {}, /answered no/],
    ["of another declaration", () => answer("yes", { declaration: "before" }), {}, /has changed/],
    ["of another notice", () => answer("yes", { notice: "other" }), {}, /nobody has agreed/],
    ["damaged", () => writeFileSync((mkdirSync(at("answers")), at("answers/news.json")), "{"), {}, /nobody has agreed/],
    ["yes under DO_NOT_TRACK", () => answer("yes"), { DO_NOT_TRACK: "1" }, /forbidden/],
    ["yes under CI", () => answer("yes"), { CI: "true" }, /forbidden/],
    ["yes under AVOW_DISABLED", () => answer("yes"), { AVOW_DISABLED: "exam:news" }, /forbidden/],
  ])("JP3 an answer that is %s lets nothing out", async (_what, prepare, env, says) => {
    declare([own()]);
    prepare();
    const { out, err } = await guarded(using, { env });
    expect(witnesses.tcp.count()).toBe(0);
    expect(err).toMatch(says);
    expect(out).toContain("AVOW_REFUSED");
  });

  test("JP3 a host of the configuration passes if it was shown and agreed to", async () => {
    answer("yes", { hosts: [own()] });
    await guarded(using);
    expect(witnesses.tcp.count()).toBeGreaterThan(0);
  });

  test("JP3 a program that clears its environment lifts no signal", async () => {
    declare([own()]);
    answer("yes");
    await guarded(`delete process.env.DO_NOT_TRACK; ${using}`, { env: { DO_NOT_TRACK: "1" } });
    expect(witnesses.tcp.count()).toBe(0);
  });

  test("JP3 a no holds for the next request on a connection that is open", async () => {
    const { createServer } = await import("node:http");
    let asked = 0;
    const server = createServer((_request, reply) => void ((asked += 1), reply.end("here")));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as { port: number };
    declare([`127.0.0.1:${port}`]);
    answer("yes");
    const no = JSON.stringify(readFileSync(at("answers/news.json"), "utf8").replace('"yes"', '"no"'));
    const file = JSON.stringify(at("answers/news.json"));
    const get = (client: string): string =>
      client === "fetch"
        ? `await (await fetch("http://127.0.0.1:${port}/")).text();`
        : `await new Promise((done, fail) => get({ port: ${port}, host: "127.0.0.1", agent }, (r) => r.resume().on("end", () => setTimeout(done, 20))).on("error", fail));`;
    for (const client of ["fetch", "http"]) {
      answer("yes");
      asked = 0;
      const script = `import { writeFileSync } from "node:fs"; import { get, Agent } from "node:http"; const agent = new Agent({ keepAlive: true });
        ${get(client)} ${get(client)} writeFileSync(${file}, ${no}); try { ${get(client)} } catch (e) { console.log((e.cause ?? e).code); } process.exit();`;
      const { out, err } = await guarded(script);
      expect([client, asked, out.trim()], err).toEqual([client, 2, "AVOW_REFUSED"]);
    }
    server.closeAllConnections();
    server.close();
  });
});

describe("what is reported", () => {
  test("JP3 each refusal is a line of the file, with the host and nothing of the request", async () => {
    await guarded(`${using} ${using}`, { env: { AVOW_REPORT: at("report") } });
    const lines = readFileSync(at("report"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      at: expect.any(String),
      seam: "request",
      host: own(),
      reason: "host not declared",
    });
    expect(lines.join()).not.toMatch(/private|secret|word/);
  });

  test("JP3 on the terminal a host is named once, and the error says it too", async () => {
    const { out, err } = await guarded(`${using} ${using}`);
    expect(err).toBe(`avow: refused ${own()}: no feature declares it\n`);
    expect(out).toContain(`AVOW_REFUSED refused by the notice: ${own()}: no feature declares it`);
  });

  test("JP3 without a table the program does not start", async () => {
    const none = await guarded("console.log('ran')", { env: { AVOW_TABLE: at("none.json") } });
    expect([none.code, none.out]).toEqual([1, ""]);
    writeFileSync(at("table.json"), "{}");
    const damaged = await guarded("console.log('ran')");
    expect([damaged.code, damaged.out]).toEqual([1, ""]);
    expect(damaged.err).toContain("no table of a program");
  });
});
