// Bad input at the socket: always a 4xx in words, one line in the log, and the server goes on.
import { type Socket, connect } from "node:net";
import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { defaultLimits } from "./limits.ts";
import { listen, stopListening } from "./listen.ts";
import { type Listener, createListener } from "./listener.ts";
import { BodyReader } from "./read-body.ts";

let server: Server | undefined;
afterEach(async () => {
  if (server !== undefined) await stopListening(server);
});

async function start(changes: Partial<Listener> = {}): Promise<{ port: number; lines: string[] }> {
  const lines: string[] = [];
  const bodies = new BodyReader(1000);
  server = createListener({
    event: async (request, response) => {
      const body = await bodies.read(request);
      if (body === undefined) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.end(`got ${body.length}`);
    },
    app: (_, response) => void response.end("page"),
    limits: defaultLimits,
    testClock: false,
    headers: { "x-content-type-options": "nosniff" },
    log: (line) => void lines.push(line),
    ...changes,
  });
  const { port } = await listen(server, { host: "127.0.0.1", port: 0 });
  return { port, lines };
}

/** What a client reads that sends `text`, and then (when `half`) closes its sending half only. */
function talk(port: number, text: string | Buffer, half = false): Promise<string> {
  return new Promise((done) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () => {
      if (half) socket.end(text);
      else socket.write(text);
    });
    let read = "";
    socket.on("data", (chunk: Buffer) => (read += chunk.toString()));
    socket.on("error", () => done(read));
    socket.on("end", () => {
      socket.destroy();
      done(read);
    });
  });
}

const post = (body: string, announced = body.length): string =>
  `POST /api/event HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: ${announced}\r\n\r\n${body}`;

test("a half-closed socket still gets its answer", async () => {
  const { port } = await start();
  expect(await talk(port, post("hello"), true)).toMatch(/^HTTP\/1\.1 200 [^]*got 5/);
});

test("a client that closes before its body is complete is told, or gone; the server lives", async () => {
  const { port } = await start();
  const answer = await talk(port, post("hel", 5), true);
  expect(answer).toMatch(/^(?:HTTP\/1\.1 400 [^]*\{"error":"[^"]+"\}$)|^$/);
  expect(await talk(port, post("hello"))).toContain("got 5");
});

test.each([100_000, 8_000_000])("an address of %i characters is refused, and the client reads why", async (length) => {
  const { port, lines } = await start();
  const answer = await talk(port, `GET /${"a".repeat(length)} HTTP/1.1\r\nhost: a\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 [^]*\{"error":"[^"]+"\}$/);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/refused - - 431 header-too-large$/);
  expect(await talk(port, `GET /${"a".repeat(10_000)} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 414 [^]*"error"/,
  );
});

test.each([
  ["noise", Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])],
  ["no HTTP", "HELLO\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"],
  [
    "length and chunks",
    "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["a bad chunk", "POST /api/event HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"],
])("a malformed request (%s) is a 400 in words and one line without what was sent", async (_, text) => {
  const { port, lines } = await start();
  expect(await talk(port, text)).toMatch(/^HTTP\/1\.1 400 [^]*\{"error":"[^"]+"\}$/);
  expect(lines.filter((line) => line.includes("refused"))).toHaveLength(1);
});

test("a slow client is told after its time, while others are served", async () => {
  const { port, lines } = await start({ limits: { ...defaultLimits, headersTimeoutMs: 200, requestTimeoutMs: 300 } });
  const slow = [talk(port, "GET / HTTP/1.1\r\nhost:"), talk(port, post("he", 5))];
  expect(await talk(port, post("hello"))).toContain("got 5");
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*\{"error":"[^"]+"\}$/);
  expect(lines.filter((line) => line.endsWith("408 slow-client"))).toHaveLength(2);
});

test("a body over the limit is refused whether it is announced or not, and the client reads why", async () => {
  const { port } = await start();
  const large = "x".repeat(2_000_000);
  for (const reply of [
    await fetch(`http://127.0.0.1:${port}/api/event`, { method: "POST", body: large }),
    await fetch(`http://127.0.0.1:${port}/api/event`, {
      method: "POST",
      body: new Blob([large]).stream(),
      duplex: "half",
    } as RequestInit),
  ]) {
    expect(reply.status).toBe(413);
    expect(await reply.json()).toEqual({ error: "the body is larger than 1000 bytes" });
  }
});

test("a fault is told without its message, in the reply and in the log", async () => {
  const { port, lines } = await start({
    app: () => {
      throw new Error("secret of a client");
    },
  });
  const reply = await fetch(`http://127.0.0.1:${port}/`);
  expect(reply.status).toBe(500);
  expect((await reply.text()) + lines.join("\n")).not.toContain("secret");
  expect(lines.join("\n")).toMatch(/fault Error\n {4}at /);
});

test("under the test clock a time that cannot be read is refused; without it the header is nothing", async () => {
  const { port } = await start({ testClock: true });
  const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { "x-avow-now": "yesterday" } });
  expect(reply.status).toBe(400);
  expect((await fetch(`http://127.0.0.1:${port}/`, { headers: { "x-avow-now": "2026-01-31T12:00:00Z" } })).status).toBe(
    200,
  );
  if (server !== undefined) await stopListening(server);
  const plain = await start();
  expect((await fetch(`http://127.0.0.1:${plain.port}/`, { headers: { "x-avow-now": "yesterday" } })).status).toBe(200);
});

test.each([
  ["without a host", "GET / HTTP/1.1\r\n\r\n", 400],
  ["of HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n", 400],
  ["that expects what we do not know", "GET / HTTP/1.1\r\nhost: a\r\nexpect: tea\r\n\r\n", 417],
  ["to a proxy", "CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\n\r\n", 405],
])("a request %s is answered in words, with a line in the log", async (_, text, status) => {
  const { port, lines } = await start();
  const reply = await talk(port, text);
  expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [^]*\\{"error":"[^"]+"`));
  expect(lines).toEqual([expect.stringContaining(` ${status} `)]);
});
