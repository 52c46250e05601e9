// PI3, disk part: no IP address and no User-Agent on any byte of any file, at any time, even after kill -9.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, createKey, install, sendEvent } from "../installation.ts";
import { countBinaryAddresses, countTextAddresses, findText } from "./disk-witness.ts";

const people = 10_000;
const marker = "Zq7xProbe";
/** Octets of 128 and above cannot be read out of text by chance. */
const address = (n: number, net: number): string =>
  `${net}.${128 + (n % 100)}.${130 + (Math.floor(n / 100) % 100)}.${200 + (n % 50)}`;
const sent = Array.from({ length: people }, (_, n) => address(n, 203));
const decoys = Array.from({ length: people }, (_, n) => address(n, 211));
const sixes = Array.from(
  { length: 500 },
  (_, n) => `2001:db8:${(n + 4096).toString(16)}:7:8:9:a:${(n + 45_056).toString(16)}`,
);

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 60_000);
afterAll(() => installation.remove());

/** An ordinary browser's words with one's own mark in them, so that the collector does not take it for a robot. */
const agentOf = (n: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.${n}.0 Safari/537.36 ${marker}/${n}`;

async function sendAll(from: number, until: number): Promise<void> {
  for (let n = from; n < until; n += 50) {
    const replies = await Promise.all(
      Array.from({ length: Math.min(50, until - n) }, (_, i) => {
        const who = n + i < people ? sent[n + i] : sixes[n + i - people];
        return sendEvent(
          installation,
          { u: `https://exam.example/canary-page-${(n + i) % 40}` },
          { "user-agent": agentOf(n + i), "x-forwarded-for": who ?? "" },
        );
      }),
    );
    for (const reply of replies) {
      expect(reply.status).toBe(202);
      expect(reply.headers.get("x-plausible-dropped")).toBeNull();
      await reply.arrayBuffer();
    }
  }
}

function expectNothingOfThem(when: string): void {
  expect(findText(installation.dir, marker), `User-Agents ${when}`).toEqual([]);
  expect(findText(installation.dir, "AppleWebKit"), `any raw User-Agent ${when}`).toEqual([]);
  expect(countTextAddresses(installation.dir, sent), `addresses as text ${when}`).toBe(0);
  for (const six of sixes.slice(0, 40)) expect(findText(installation.dir, six), when).toEqual([]);
  // Four bytes occur by chance in compressed columns; addresses that were never sent say how often.
  const chance = countBinaryAddresses(installation.dir, decoys);
  expect(
    countBinaryAddresses(installation.dir, sent),
    `addresses as bytes ${when}; by chance ${chance}`,
  ).toBeLessThanOrEqual(chance + 8);
}

test("PI3 no address and no User-Agent on disk: mid-day, after kill -9, after a clean stop", async () => {
  await sendAll(0, people / 2);
  // Positive control: the same witness sees what is declared, and would see what is not.
  expect(findText(installation.dir, "canary-page-7").length).toBeGreaterThan(0);
  const planted = join(installation.dir, "planted");
  writeFileSync(planted, Buffer.concat([Buffer.from([203, 128, 130, 200]), Buffer.from(`${agentOf(1)} ${sent[5]}`)]));
  expect(findText(installation.dir, marker)).toEqual([planted]);
  expect(countTextAddresses(installation.dir, sent)).toBe(1);
  expect(countBinaryAddresses(installation.dir, [sent[0] ?? ""])).toBe(1);
  writeFileSync(planted, "");

  expectNothingOfThem("mid-day");
  await sendAll(people / 2, people + sixes.length);
  await installation.stop("SIGKILL");
  expectNothingOfThem("after kill -9");

  await installation.start();
  const reply = await ask(installation, createKey(installation), {
    metrics: ["pageviews", "visitors"],
    date_range: "day",
  });
  const { results } = (await reply.json()) as { results: { metrics: number[] }[] };
  expect(results[0]?.metrics[0]).toBe(people + sixes.length);
  await installation.stop("SIGTERM");
  expectNothingOfThem("after a clean stop");
  expect(installation.log()).not.toContain(marker);
}, 300_000);
