// A real installation for tests: the command and its server as child processes on a temporary data directory.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..");
const command = [process.execPath, "--conditions=source", join(root, "packages/cli/src/main.ts")] as const;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `avow …` to its end. */
export function avow(...args: readonly string[]): Ran {
  const ran = spawnSync(command[0], [...command.slice(1), ...args], { encoding: "utf8", cwd: root });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

export interface Installation {
  readonly dir: string;
  readonly data: string;
  readonly notices: string;
  readonly port: number;
  readonly url: string;
  readonly log: () => string;
  /** Ends the server as an administrator would (SIGTERM) or as a crash would (SIGKILL). */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Starts it again on the same data. */
  start(extra?: readonly string[]): Promise<void>;
  /** Stops it and removes what it wrote. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A server with one site `exam.example` under a starter notice, ready to be asked. */
export async function install(
  options: { readonly start?: boolean; readonly args?: readonly string[]; readonly dataDir?: string } = {},
): Promise<Installation> {
  const dir = mkdtempSync(join(tmpdir(), "avow-test-"));
  const [data, notices] = [options.dataDir ?? join(dir, "data"), join(dir, "notices")];
  const port = await freePort();
  let child: ChildProcess | undefined;
  let output = "";

  const installation: Installation = {
    dir,
    data,
    notices,
    port,
    url: `http://127.0.0.1:${port}`,
    log: () => output,
    async stop(signal = "SIGTERM") {
      const running = child;
      if (running === undefined || running.exitCode !== null) return;
      const gone = new Promise((resolve) => running.once("exit", resolve));
      running.kill(signal);
      await gone;
      child = undefined;
    },
    async start(extra = []) {
      const args = [
        "serve",
        "--port",
        String(port),
        "--data",
        data,
        "--notices",
        notices,
        ...(options.args ?? []),
        ...extra,
      ];
      const started = spawn(command[0], [...command.slice(1), ...args], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
      });
      child = started;
      started.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      started.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      const until = performance.now() + 20_000;
      while (performance.now() < until) {
        if (started.exitCode !== null) throw new Error(`the server stopped with ${started.exitCode}:\n${output}`);
        const ready = await fetch(`http://127.0.0.1:${port}/health`).then(
          (reply) => reply.ok,
          () => false,
        );
        if (ready) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`the server was not ready within 20 s:\n${output}`);
    },
    async remove() {
      await installation.stop("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    },
  };

  for (const args of [
    ["init", "exam.example", "--id", "exam", "--notices", notices],
    ["site", "add", "exam.example", "--notice", "exam", "--data", data, "--notices", notices],
  ]) {
    const ran = avow(...args);
    if (ran.code !== 0) throw new Error(`avow ${args.join(" ")} ended with ${ran.code}: ${ran.err}${ran.out}`);
  }
  if (options.start !== false) await installation.start();
  return installation;
}

/** An API key for the installation's site. */
export function createKey(installation: Installation, ...extra: readonly string[]): string {
  const ran = avow("key", "create", "--site", "exam.example", "--data", installation.data, ...extra);
  if (ran.code !== 0) throw new Error(`key create ended with ${ran.code}: ${ran.err}`);
  return ran.out.trim();
}

export const ordinaryAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/** Sends one event as a browser behind a proxy on loopback would. */
export async function sendEvent(
  installation: Installation,
  event: Record<string, unknown>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${installation.url}/api/event`, {
    method: "POST",
    headers: { "content-type": "text/plain", "user-agent": ordinaryAgent, "x-forwarded-for": "192.0.2.77", ...headers },
    body: JSON.stringify({ n: "pageview", d: "exam.example", u: "https://exam.example/", ...event }),
  });
}

/** Asks the Stats API. */
export async function ask(
  installation: Installation,
  key: string,
  question: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${installation.url}/api/v2/query`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({
      site_id: "exam.example",
      metrics: ["visitors", "pageviews"],
      date_range: "day",
      ...question,
    }),
  });
}
