// PS11: a site moved to a notice with smaller groups goes on showing the public the larger ones its rows were collected under.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type TestServer,
  noticeText,
  ordinaryAgent,
  sendEvent,
  startTestServer,
  writeNotice,
} from "../../test-server.ts";

let server: TestServer;
const site = { domain: "exam.example", timeZone: "UTC", createdAtMs: 0, isPublic: true, scriptId: "one1one1" } as const;
const text = (id: string, least: number): string =>
  noticeText(id, "[exam.example, other.example]").replace(/aggregate of \d+/, `aggregate of ${least}`);

beforeAll(async () => {
  server = await startTestServer({ testClock: true }, {}, (dir) => {
    writeNotice(dir, "exam", text("exam", 50));
    writeNotice(dir, "loose", text("loose", 10));
  });
  await server.house.records.putSite({ ...site, notice: "exam" });
  await server.house.records.putSite({ ...site, domain: "other.example", scriptId: "two2two2", notice: "loose" });
  for (let index = 0; index < 24; index += 1) {
    const headers = {
      "x-avow-now": "2026-03-10T12:00:00Z",
      "x-forwarded-for": `192.0.${index}.1`,
      "user-agent": ordinaryAgent,
    };
    for (const d of ["exam.example", "other.example"]) await sendEvent(server, { d, u: `https://${d}/` }, headers);
  }
});
afterAll(() => server.remove());

const bulletin = async (domain: string): Promise<string> => {
  const reply = await fetch(`${server.url}/stats/${domain}?period=custom&from=2026-03-10&to=2026-03-10`, {
    headers: { "x-avow-now": "2026-03-11T12:00:00Z" },
  });
  return (await reply.text()).replaceAll(/<[^>]+>|\s+/g, " ");
};

test("PS11 groups collected under 50 are not shown by 10 once the site is moved", async () => {
  expect(await bulletin("exam.example")).toContain("fewer than 50 visitors");
  await server.house.records.putSite({ ...site, notice: "loose" });
  expect(await bulletin("exam.example")).toContain("fewer than 50 visitors");
  // The control: what was collected under the looser notice alone is shown by its own measure.
  expect(await bulletin("other.example")).toContain("had 24 visits");
});
