// Durable: what the server acknowledged is stored, and stored once, whatever kills it and however often.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installation, ask, createKey, install, sendEvent } from "../installation.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await install();
}, 60_000);
afterAll(() => installation.remove());

const rounds = 20;

test("durable: 20 rounds of kill -9 under load; acknowledged = stored, none twice", async () => {
  const acknowledged = new Set<string>();
  let sent = 0;
  for (let round = 0; round < rounds; round += 1) {
    const load = { isOn: true };
    const sender = async (): Promise<void> => {
      while (load.isOn) {
        const page = `/crash/${(sent += 1)}`;
        try {
          const reply = await sendEvent(installation, { u: `https://exam.example${page}` });
          if (reply.status === 202) acknowledged.add(page);
          await reply.arrayBuffer();
        } catch {
          return;
        }
      }
    };
    const senders = Array.from({ length: 16 }, sender);
    await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 400));
    await installation.stop("SIGKILL");
    load.isOn = false;
    await Promise.all(senders);
    await installation.start();
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 10);

  const key = createKey(installation);
  const stored = new Map<string, number>();
  for (let offset = 0; ; offset += 10_000) {
    const reply = await ask(installation, key, {
      dimensions: ["event:page"],
      metrics: ["pageviews"],
      date_range: "7d",
      pagination: { limit: 10_000, offset },
    });
    const today = await ask(installation, key, {
      dimensions: ["event:page"],
      metrics: ["pageviews"],
      date_range: "day",
      pagination: { limit: 10_000, offset },
    });
    const pages = (
      await Promise.all(
        [reply, today].map(
          async (each) => ((await each.json()) as { results: { dimensions: string[]; metrics: number[] }[] }).results,
        ),
      )
    ).flat();
    for (const { dimensions, metrics } of pages)
      stored.set(dimensions[0] ?? "", (stored.get(dimensions[0] ?? "") ?? 0) + (metrics[0] ?? 0));
    if (pages.length === 0) break;
  }
  const lost = [...acknowledged].filter((page) => !stored.has(page));
  const doubled = [...stored].filter(([, count]) => count > 1);
  console.log(
    `durable: ${rounds} kills, ${acknowledged.size} acknowledged, ${stored.size} stored, ${lost.length} lost, ${doubled.length} doubled`,
  );
  expect(lost).toEqual([]);
  expect(doubled).toEqual([]);
}, 300_000);
