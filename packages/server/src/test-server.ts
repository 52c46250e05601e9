// A real server on a free port with a directory of its own, for the tests beside the source.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, type StartOptions, startServer } from "./compose.ts";
import type { Settings } from "./house.ts";
import { newScriptId } from "./jobs/first-start.ts";
import { hashSecret, newSecret } from "./owner/secret.ts";

export interface TestServer extends RunningServer {
  readonly dir: string;
  readonly lines: readonly string[];
  /** Ends it and removes its directory. */
  remove(): Promise<void>;
}

/** A notice that declares ordinary page views, but no browser version. */
export function noticeText(
  id: string,
  covers: string,
  data = "[page, page host, referrer, source, campaign, visit duration, time of visit, device type, operating system, browser, country]",
): string {
  return `avow: 1
notice: ${id}
title: Notice ${id}
controller: { name: Exam, contact: privacy@exam.example }
covers: ${covers}
practices:
  - id: web-traffic
    from: visitor
    reads: [IP address, user agent]
    data: ${data}
    for: [usage statistics]
    when: opt-out
    basis: legitimate interest
    keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }
    to: nobody
page: [{ What we collect: [web-traffic] }]
`;
}

export function writeNotice(dir: string, id: string, text: string): string {
  mkdirSync(join(dir, "notices", id), { recursive: true });
  const path = join(dir, "notices", id, "notice.yaml");
  writeFileSync(path, text);
  return path;
}

/** `exam.example` under the notice `exam`, unless `prepare` writes something else. */
export async function startTestServer(
  given: Partial<Settings> = {},
  options: StartOptions = {},
  prepare: (dir: string) => void = (dir) => void writeNotice(dir, "exam", noticeText("exam", "[exam.example]")),
): Promise<TestServer> {
  const dir = mkdtempSync(join(tmpdir(), "avow-server-"));
  prepare(dir);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const settings = { port: 0, dataDir: join(dir, "data"), noticeDirs: [join(dir, "notices")], ...given };
  const server = await startServer(settings, { log, ...options }).catch((error: unknown) => {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  return {
    ...server,
    dir,
    lines,
    remove: async () => {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export async function addSite({ house }: RunningServer, domain = "exam.example", notice = "exam"): Promise<string> {
  const scriptId = newScriptId();
  await house.records.putSite({ domain, notice, timeZone: "UTC", isPublic: false, scriptId, createdAtMs: Date.now() });
  return scriptId;
}

export async function addKey(
  { house }: RunningServer,
  site = "exam.example",
  purposes: readonly string[] = ["usage statistics"],
): Promise<string> {
  const token = newSecret("avow_");
  await house.records.addKey({ id: newScriptId(), hash: hashSecret(token), site, purposes, createdAtMs: Date.now() });
  return token;
}

export const ordinaryAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

export function sendEvent(
  { url }: RunningServer,
  event: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/event`, {
    method: "POST",
    headers: { "content-type": "text/plain", "user-agent": ordinaryAgent, ...headers },
    body: JSON.stringify({ n: "pageview", d: "exam.example", u: "https://exam.example/", ...event }),
  });
}

export function ask(
  { url }: RunningServer,
  key: string,
  question: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}/api/v2/query`, {
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
