// The seam of names: a look-up tells a name server whom a program wants to reach, and can carry data in the name.
import dns from "node:dns";
import { isIP } from "node:net";
import type { Refuse } from "./patch-requests.ts";

type Call = (this: unknown, ...args: unknown[]) => unknown;
type Holder = Record<string, Call | undefined>;

const asking = [
  "lookup",
  "lookupService",
  "resolve",
  "resolve4",
  "resolve6",
  "resolveAny",
  "resolveCaa",
  "resolveCname",
  "resolveMx",
  "resolveNaptr",
  "resolveNs",
  "resolvePtr",
  "resolveSoa",
  "resolveSrv",
  "resolveTlsa",
  "resolveTxt",
  "reverse",
] as const;

export function patchNames(refuse: Refuse): void {
  const holders = [dns, dns.Resolver.prototype] as unknown as readonly Holder[];
  const promising = [dns.promises, dns.promises.Resolver.prototype] as unknown as readonly Holder[];
  for (const name of asking) {
    for (const holder of holders) patch(holder, name, refuse, toCallback);
    for (const holder of promising) patch(holder, name, refuse, (_args, error) => Promise.reject(error));
  }
}

function patch(holder: Holder, name: string, refuse: Refuse, fail: (args: unknown[], error: Error) => unknown): void {
  const original = holder[name];
  if (original === undefined) return;
  holder[name] = function guarded(...args) {
    const [asked] = args;
    // An address is no question to `lookup`; to the others it asks for a name, and is looked at like one.
    const isNoQuestion = typeof asked !== "string" || asked === "" || (name === "lookup" && isIP(asked) > 0);
    const error = isNoQuestion ? undefined : refuse({ seam: "name", host: asked });
    return error === undefined ? original.apply(this, args) : fail(args, error);
  };
}

function toCallback(args: unknown[], error: Error): undefined {
  const done = args.at(-1);
  if (typeof done !== "function") throw error;
  process.nextTick(() => void done(error));
}
