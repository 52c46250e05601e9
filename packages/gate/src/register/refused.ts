// The error a program gets instead of a connection.
import type { Refusal } from "./guard.ts";

export class Refused extends Error {
  readonly code = "AVOW_REFUSED";
  readonly host: string;
  readonly reason: Refusal["reason"];

  constructor(refusal: Refusal) {
    super(`refused by the notice: ${saysOf(refusal)}`);
    this.name = "Refused";
    this.host = refusal.host;
    this.reason = refusal.reason;
  }
}

/** `evil.example: no feature declares it`. */
export function saysOf({ host, reason, feature = "" }: Refusal): string {
  const where = host === "" ? "an address that cannot be read" : host;
  return `${where}: ${why(reason, feature)}`;
}

function why(reason: Refusal["reason"], feature: string): string {
  switch (reason) {
    case "not an address":
      return "it is no host";
    case "names a user":
      return "it names a user";
    case "host not declared":
    case "undeclared":
      return "no feature declares it";
    case "not secure":
      return `\`${feature}\` may reach it over a secure connection only`;
    case "unasked":
      return `nobody has agreed to \`${feature}\``;
    case "changed":
      return `\`${feature}\` has changed since it was agreed to`;
    case "answered":
      return `\`${feature}\` was answered no`;
    case "forbidden":
      return `\`${feature}\` is forbidden on this machine or by a signal`;
    case "within":
      return `\`${feature}\` is within a feature that is not yes`;
    default:
      return reason satisfies never;
  }
}
