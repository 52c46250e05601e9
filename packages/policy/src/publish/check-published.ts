// A notice beside its log: edited without a new version, it has no date of last change (clauses.md PY5, PI6).
import type { DiagnosticCode } from "../model/diagnostic-codes.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Policy } from "../model/policy.ts";
import { readVersionLog } from "../versions/read-version-log.ts";
import { verifyVersionLog } from "../versions/verify-version-log.ts";
import { lastEntry } from "../versions/version-log.ts";

/** `logText` is the file beside the notice. Never throws. */
export function checkPublished(policy: Policy, logText: string): readonly Diagnostic[] {
  const { path } = policy.notice;
  const error = (code: DiagnosticCode, message: string, help: string): Diagnostic => ({
    severity: "error",
    code,
    message,
    help,
    path,
    span: { line: 1, column: 1 },
  });
  const { log, faults } = readVersionLog(logText);
  const broken = [...faults, ...(log === undefined ? [] : verifyVersionLog(log))];
  if (log === undefined || broken.length > 0) {
    const help = "put back the log as it was published: it is never written by hand";
    return [error("log-broken", `the version log beside it is not true: ${broken[0] ?? ""}`, help)];
  }
  if (log.notice !== policy.id) {
    const message = `the version log beside it is that of \`${log.notice}\``;
    return [error("log-broken", message, "a notice with another id begins a log of its own")];
  }
  const last = lastEntry(log);
  if (last === undefined || last.version === policy.version) return [];
  const message = `edited without a new version: what it says is not what was published on ${last.on}`;
  return [error("edited", message, "publish it with `avow publish`, or take the change back")];
}
