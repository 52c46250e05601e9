// Preload guard: `node --import @avow/gate/register`, told by environment variables; early error and evidence, no guarantee (clauses.md JP3; docs/guide/inside-software.md).
import { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { answersDir } from "../node/file-store.ts";
import { installationRule } from "../node/installation-file.ts";
import { type ProgramTable, readTable } from "../program/index.ts";
import { createCheck } from "./guard.ts";
import { patchDatagrams } from "./patch-datagrams.ts";
import { patchNames } from "./patch-names.ts";
import { type Refuse, patchRequests } from "./patch-requests.ts";
import { patchSockets } from "./patch-sockets.ts";
import { Refused } from "./refused.ts";
import { fileReport, lineReport } from "./report.ts";

/** Copied now: a program that changes its own environment changes nothing here. */
const env = { ...process.env };
const table = tableNamed(env["AVOW_TABLE"]);
const check = createCheck({
  table,
  answersDir: env["AVOW_ANSWERS"] ?? answersDir(table.notice, env),
  signals: () => ({ env: signalsNow(), installation: installationRule() }),
  loopback: env["AVOW_LOOPBACK"] === "declared" ? "declared" : "pass",
});
const path = env["AVOW_REPORT"];
const write = process.stderr.write.bind(process.stderr);
const report = path === undefined ? lineReport((line) => void write(line)) : fileReport(path, () => Date.now());
const refuse: Refuse = (destination) => {
  const refusal = check(destination);
  if (refusal === undefined) return undefined;
  report(refusal);
  return new Refused(refusal);
};

patchRequests(refuse);
patchSockets(refuse);
patchDatagrams(refuse);
patchNames(refuse);
syncBuiltinESMExports();

/** @throws where there is none: a guard that knows no notice would be none. */
function tableNamed(file: string | undefined): ProgramTable {
  if (file === undefined) throw new Error("AVOW_TABLE names no file: write one with `avow types NOTICE --table FILE`");
  const found = readTable(readFileSync(file, "utf8"));
  if (found === undefined) throw new Error(`AVOW_TABLE names \`${file}\`, which is no table of a program`);
  return found;
}

/** Signals that come later count too; those that were there cannot be taken back. */
function signalsNow(): Readonly<Record<string, string>> {
  const named = ["DO_NOT_TRACK", "CI", "AVOW_DISABLED"].flatMap((name) => {
    const values = [env[name], process.env[name]].filter((each) => each !== undefined);
    const said =
      name === "AVOW_DISABLED" ? values.join(",") : values.find((each) => !["", "0", "false"].includes(each));
    return said === undefined ? [] : [[name, said] as const];
  });
  return Object.fromEntries(named);
}
