// Signing in tells nothing by its time: whatever is wrong, one password is compared, against a hash of the same cost.
import { openRecords } from "@avow/store";
import { expect, test } from "vitest";
import { hashPassword } from "./password.ts";
import { SignInDesk } from "./sign-in.ts";

test("every try compares one password against a hash of the same cost", async () => {
  const records = await openRecords({ driver: "memory" });
  const passwordHash = await hashPassword("correct horse battery");
  await records.setOwner({ name: "Ada", passwordHash });
  const compared: string[] = [];
  const desk = new SignInDesk((_, stored) => {
    compared.push(stored);
    return Promise.resolve(false);
  });
  const tries = [
    { name: "Ada", password: "wrong" },
    { name: "Eve", password: "wrong" },
    { name: "", password: "" },
  ];
  for (const given of tries) {
    await expect(desk.check(records, given, "n", 0)).rejects.toThrow("name or password is wrong");
  }
  expect(compared.map((stored) => stored.split("$")[1])).toEqual(Array(3).fill(passwordHash.split("$")[1]));
  expect(compared[0]).toBe(passwordHash);
  expect(compared[1]).not.toBe(passwordHash);
});

test("the right hash under another name lets nobody in", async () => {
  const records = await openRecords({ driver: "memory" });
  await records.setOwner({ name: "Ada", passwordHash: "kept" });
  const desk = new SignInDesk(() => Promise.resolve(true));
  await expect(desk.check(records, { name: "Eve", password: "x" }, "n", 0)).rejects.toThrow("wrong");
  await expect(desk.check(records, { name: "Ada", password: "x" }, "n", 0)).resolves.toBeUndefined();
});
