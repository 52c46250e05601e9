// Addresses are scrubbed of ports, brackets and zones, and compared with CIDRs.
import { expect, test } from "vitest";
import { addressBytes, networkOf, readCidr, scrubAddress } from "./address.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  [" 203.0.113.7:4711 ", "203.0.113.7"],
  ["[2001:db8::1]:443", "2001:db8::1"],
  ["2001:db8::1", "2001:db8::1"],
  ['"[2001:db8::1]"', "2001:db8::1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["unknown", undefined],
  ["", undefined],
  ["1.2.3", undefined],
  ["999.1.1.1", undefined],
])("an address is read out of `%s`", (text, address) => {
  expect(scrubAddress(text)).toBe(address);
});

test("addresses are bytes in network order", () => {
  expect([...(addressBytes("203.0.113.7") ?? [])]).toEqual([203, 0, 113, 7]);
  expect(Buffer.from(addressBytes("2001:db8::7") ?? []).toString("hex")).toBe("20010db8000000000000000000000007");
  expect(Buffer.from(addressBytes("::ffff:1.2.3.4") ?? []).toString("hex")).toBe("00000000000000000000ffff01020304");
  expect(Buffer.from(addressBytes("::") ?? []).toString("hex")).toBe("0".repeat(32));
  expect(addressBytes("example.org")).toBeUndefined();
});

test("a network clears its host bits, an address alone is a network of one", () => {
  expect(readCidr("10.1.2.3/9")).toEqual({ family: 4, bytes: Uint8Array.of(10, 0, 0, 0), bits: 9 });
  expect(readCidr("10.1.2.3")).toEqual({ family: 4, bytes: Uint8Array.of(10, 1, 2, 3), bits: 32 });
  expect(readCidr("2001:db8:ffff::/33")?.bytes[4]).toBe(0x80);
  for (const text of ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "host/8", "10.0.0.0/"])
    expect(readCidr(text)).toBeUndefined();
});

test("tries are counted by network, not by address", () => {
  expect(networkOf("203.0.113.7")).toBe(networkOf("203.0.113.200"));
  expect(networkOf("203.0.113.7")).not.toBe(networkOf("203.0.114.7"));
  expect(networkOf("2001:db8:1:2::3")).toBe(networkOf("2001:db8:1:ffff::4"));
});
