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

test("one network that goes on trying locks nobody else out", async () => {
  const records = await openRecords({ driver: "memory" });
  await records.setOwner({ name: "Ada", passwordHash: "kept" });
  const desk = new SignInDesk((password) => Promise.resolve(password === "right"));
  const codes = new Map<string, number>();
  for (let count = 0; count < 300; count += 1) {
    const refused = await desk.check(records, { name: "Ada", password: "wrong" }, "198.51.100.0/24", 0).catch(String);
    const code = /too many/.test(String(refused)) ? "too many" : "wrong";
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  expect(codes).toEqual(
    new Map([
      ["wrong", 10],
      ["too many", 290],
    ]),
  );
  await expect(desk.check(records, { name: "Ada", password: "right" }, "192.0.2.0/24", 0)).resolves.toBeUndefined();
});
