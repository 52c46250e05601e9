// The owner: claimed once by the link of the first start, signed in by password, unreachable from other sites.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestServer, addSite, startTestServer } from "../test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ testClock: true });
});
afterEach(() => server.remove());

const good = { name: "Ada", password: "correct horse battery" };

function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { method: "POST", body: new URLSearchParams(form), redirect: "manual", headers });
}
const tokenOf = ({ ownerLink }: TestServer): string => new URL(ownerLink ?? "").searchParams.get("token") ?? "";
const cookieOf = (reply: Response): string => (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
const isOwner = (cookie: string): Promise<boolean> => server.house.isOwner(new Headers({ cookie }));

test("the link of the first start makes an owner, once, and signs them in", async () => {
  const token = tokenOf(server);
  const claimed = await post("/owner/claim", { ...good, token });
  expect([claimed.status, claimed.headers.get("location")]).toEqual([303, "/"]);
  expect(claimed.headers.get("set-cookie")).toMatch(
    /^avow_owner=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
  );
  expect(await isOwner(cookieOf(claimed))).toBe(true);
  expect(await isOwner("avow_owner=" + "A".repeat(43))).toBe(false);

  const again = await post("/owner/claim", { name: "Eve", password: "another long password", token });
  expect(again.status).toBe(409);
  expect((await server.house.records.owner())?.name).toBe("Ada");
});

test("nothing secret rests in clear", async () => {
  const token = tokenOf(server);
  const cookie = cookieOf(await post("/owner/claim", { ...good, token }));
  const owner = await server.house.records.owner();
  expect(owner?.passwordHash).toMatch(/^scrypt\$/);
  expect(await server.house.records.hasSession(cookie.split("=")[1] ?? "", Date.now())).toBe(false);
  expect(server.lines.join("\n")).not.toContain(token);
});

test("a mistake does not use up the link; a wrong or old token is refused", async () => {
  const token = tokenOf(server);
  expect((await post("/owner/claim", { ...good, password: "short", token })).status).toBe(400);
  expect((await post("/owner/claim", { ...good, name: " ", token })).status).toBe(400);
  expect((await post("/owner/claim", { ...good, token: "wrong" })).status).toBe(403);
  const tomorrow = new Date(Date.now() + 25 * 3_600_000).toISOString();
  expect((await post("/owner/claim", { ...good, token }, { "x-avow-now": tomorrow })).status).toBe(403);
});

test("two claims at once make one owner", async () => {
  const token = tokenOf(server);
  const replies = await Promise.all(["Ada", "Eve"].map((name) => post("/owner/claim", { ...good, name, token })));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([303, 403]);
});

describe("signing in", () => {
  beforeEach(async () => {
    await post("/owner/claim", { ...good, token: tokenOf(server) });
  });

  test("in and out; the session ends with the cookie", async () => {
    const reply = await post("/sign-in", { ...good, next: "/stats/exam.example?period=7d" });
    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/stats/exam.example?period=7d"]);
    const cookie = cookieOf(reply);
    expect(await isOwner(cookie)).toBe(true);
    const out = await post("/sign-out", {}, { cookie });
    expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
    expect(await isOwner(cookie)).toBe(false);
  });

  test("an unknown name and a wrong password get the same answer", async () => {
    const name = await post("/sign-in", { ...good, name: "Eve" });
    const password = await post("/sign-in", { ...good, password: "wrong password here" });
    expect([name.status, await name.text()]).toEqual([password.status, await password.text()]);
    expect(name.status).toBe(401);
  });

  test("ten tries, then a wait", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 11 }, () => post("/sign-in", { name: "Eve", password: "x" }).then(({ status }) => status)),
    );
    expect(statuses.toSorted()).toEqual([...Array<number>(10).fill(401), 429]);
  }, 20_000);

  test("after signing in one is sent only to this server", async () => {
    for (const next of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "/a\r\nx: y",
    ]) {
      expect((await post("/sign-in", { ...good, next })).headers.get("location")).toBe("/");
    }
  }, 20_000);

  test("a form from another site is refused, whatever cookie comes with it", async () => {
    const cookie = cookieOf(await post("/sign-in", good));
    await addSite(server);
    const foreign = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: server.url },
    ];
    for (const headers of foreign) {
      for (const path of ["/sign-in", "/sign-out", "/owner/claim", "/sites/exam.example/visibility"]) {
        const reply = await post(path, { ...good, visibility: "public" }, { cookie, ...headers });
        expect(reply.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
      }
    }
    expect((await server.house.records.site("exam.example"))?.isPublic).toBe(false);
    expect(await isOwner(cookie)).toBe(true);
    expect(
      (await post("/sites/exam.example/visibility", { visibility: "public" }, { cookie, origin: server.url })).status,
    ).toBe(303);
    expect((await server.house.records.site("exam.example"))?.isPublic).toBe(true);
  }, 20_000);

  test("only the owner changes who sees a site", async () => {
    await addSite(server);
    expect((await post("/sites/exam.example/visibility", { visibility: "public" })).status).toBe(403);
    const cookie = cookieOf(await post("/sign-in", good));
    expect((await post("/sites/exam.example/visibility", { visibility: "perhaps" }, { cookie })).status).toBe(400);
    expect((await post("/sites/absent.example/visibility", { visibility: "public" }, { cookie })).status).toBe(404);
  });

  test("a browser that was refused goes back to its form", async () => {
    const reply = await post("/sign-in", { ...good, password: "wrong" }, { accept: "text/html" });
    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/sign-in?problem=bad-sign-in"]);
  });
});

test("over https the cookie is Secure and bound to the host", async () => {
  const secure = await startTestServer({ publicUrl: "https://notices.exam.example" });
  try {
    const token = tokenOf(secure);
    const reply = await fetch(`${secure.url}/owner/claim`, {
      method: "POST",
      body: new URLSearchParams({ ...good, token }),
      redirect: "manual",
      headers: { origin: "https://notices.exam.example" },
    });
    expect(reply.headers.get("set-cookie")).toMatch(/^__Host-avow_owner=.*; Secure$/);
    expect(reply.headers.get("strict-transport-security")).not.toBeNull();
  } finally {
    await secure.remove();
  }
});

test("forms that are not forms are refused", async () => {
  const json = await fetch(`${server.url}/sign-in`, {
    method: "POST",
    body: JSON.stringify(good),
    headers: { "content-type": "application/json" },
  });
  expect(json.status).toBe(415);
  const large = await post("/sign-in", { ...good, name: "x".repeat(20_000) });
  expect(large.status).toBe(413);
});
