// Passwords are kept as scrypt strings and compared in constant time.
import { expect, test } from "vitest";
import { hashPassword, isPassword } from "./password.ts";

test("a password is stored as scrypt with its own salt and parameters, and found again", async () => {
  const [one, two] = await Promise.all([hashPassword("correct horse battery"), hashPassword("correct horse battery")]);
  expect(one).toMatch(/^scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await isPassword("correct horse battery", one)).toBe(true);
  expect(await isPassword("correct horse batterY", one)).toBe(false);
  expect(await isPassword("correct horse battery", "nonsense")).toBe(false);
  expect(await isPassword("", "scrypt$ln=15,r=8,p=3$$")).toBe(false);
});
