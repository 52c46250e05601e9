// Addresses as sockets and proxies write them, cut to /24 and /48.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { truncateAddress } from "./truncate-address.ts";

test.each([
  ["203.0.113.77", "203.0.113.0"],
  ["203.0.113.77:51234", "203.0.113.0"],
  ["::ffff:203.0.113.77", "203.0.113.0"],
  ["::FFFF:cb00:714d", "203.0.113.0"],
  ["[2001:db8:7:8::9]:443", "2001:db8:7::"],
  ["2001:DB8:7:8:9:a:b:c", "2001:db8:7::"],
  ["fe80::1%eth0", "fe80:0:0::"],
  ["2001:db8::1", "2001:db8:0::"],
  ["::1", "0:0:0::"],
  ["64:ff9b::192.0.2.33", "64:ff9b:0::"],
])("%s → %s", (address, truncated) => expect(truncateAddress(address)).toBe(truncated));

test.each([
  "",
  "unknown",
  "203.0.113",
  "203.0.113.256",
  "1.2.3.4.5",
  "1:2:3",
  "1::2::3",
  "2001:db8:7:8:9:a:b:c:d",
  "g::1",
  "_hidden",
  ":",
  ":::",
  "x".repeat(5_000),
  "1.2.3.4::",
])("`%s` is no address", (text) => expect(truncateAddress(text)).toBe(""));

test("addresses of one network are one, and what is left names no more than the network", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(255), (address, last) => {
      const truncated = truncateAddress(address);
      expect(truncated).toBe(`${address.slice(0, address.lastIndexOf("."))}.0`);
      expect(truncateAddress(`${address.slice(0, address.lastIndexOf("."))}.${last}`)).toBe(truncated);
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(truncateAddress(address)).toMatch(/^(?:[\da-f]{1,4}:){3}:$|^\d+\.\d+\.\d+\.0$/);
    }),
  );
});

test("any text: a network or nothing, never a throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(truncateAddress(text)).toMatch(/^$|::$|\.0$/);
    }),
  );
});
