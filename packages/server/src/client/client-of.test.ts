// Forwarding headers are believed from trusted peers only, in the documented order.
import { expect, test } from "vitest";
import { clientFrom, nearestAddress, trustedPeers } from "./client-of.ts";

const from = (headers: Record<string, string>, peer = "127.0.0.1", trusted = ["127.0.0.0/8", "::1/128"]): string =>
  clientFrom((name) => headers[name], peer, trustedPeers(trusted)(peer)).address;

test.each([
  [{ "x-plausible-ip": "192.0.2.1", "cf-connecting-ip": "192.0.2.2" }, "192.0.2.1"],
  [{ "cf-connecting-ip": "192.0.2.2", "b-forwarded-for": "192.0.2.3" }, "192.0.2.2"],
  [{ "b-forwarded-for": "192.0.2.3", "x-forwarded-for": "192.0.2.4" }, "192.0.2.3"],
  [{ "x-forwarded-for": "192.0.2.4:99, 10.0.0.1", forwarded: "for=192.0.2.5" }, "192.0.2.4"],
  [{ "x-forwarded-for": "unknown, 192.0.2.9" }, "192.0.2.9"],
  [{ forwarded: 'proto=https;For="[2001:db8::5]:1234", for=192.0.2.6' }, "2001:db8::5"],
  [{ "x-forwarded-for": "nonsense" }, "127.0.0.1"],
  [{}, "127.0.0.1"],
])("%j from a trusted proxy is %s", (headers, address) => {
  expect(from(headers as Record<string, string>)).toBe(address);
});

test("forwarding headers of a peer that is not on the list are not believed", () => {
  const headers = { "x-forwarded-for": "192.0.2.4", "x-plausible-ip": "192.0.2.5", forwarded: "for=192.0.2.6" };
  expect(from(headers, "203.0.113.9")).toBe("203.0.113.9");
  expect(from(headers, "203.0.113.9", ["203.0.113.0/24"])).toBe("192.0.2.5");
  expect(from(headers, "::ffff:127.0.0.1")).toBe("192.0.2.5");
  expect(from(headers, "::1")).toBe("192.0.2.5");
  expect(from(headers, "127.0.0.1", [])).toBe("127.0.0.1");
});

const signal = (headers: Record<string, string>): boolean =>
  clientFrom((name) => headers[name], "127.0.0.1", false).signal;

test("a refusal signal is read from either header", () => {
  expect(signal({ "sec-gpc": "1" })).toBe(true);
  expect(signal({ dnt: "1" })).toBe(true);
  expect(signal({ dnt: "0" })).toBe(false);
  expect(signal({ dnt: "1, 1" })).toBe(true);
  expect(signal({ "sec-gpc": "0, 1" })).toBe(true);
  expect(signal({ "sec-gpc": "11" })).toBe(false);
  expect(signal({})).toBe(false);
});

function nearest(headers: Record<string, string>, peer = "127.0.0.1"): string {
  return nearestAddress((name) => headers[name], peer, trustedPeers(["127.0.0.0/8", "10.0.0.0/8"]));
}

test("tries are limited by an address the sender cannot choose: the last that a trusted proxy added", () => {
  expect(nearest({ "x-plausible-ip": "192.0.2.1", "x-forwarded-for": "203.0.113.5" })).toBe("203.0.113.5");
  expect(nearest({ "x-forwarded-for": "192.0.2.1, 203.0.113.5" })).toBe("203.0.113.5");
  expect(nearest({ "x-forwarded-for": "192.0.2.1, 203.0.113.5, 10.0.0.9" })).toBe("203.0.113.5");
  expect(nearest({ "cf-connecting-ip": "192.0.2.1", forwarded: "for=192.0.2.2" })).toBe("127.0.0.1");
  expect(nearest({ "x-forwarded-for": "192.0.2.1" }, "198.51.100.7")).toBe("198.51.100.7");
});
