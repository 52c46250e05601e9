// A fetch that leaves only for a feature that is yes, only to its hosts, and ends when the answer changes (clauses.md JP1, JL1).
import { type AddressRefusal, featureOf, refusedAddress } from "../program/index.ts";
import type { FeatureState, ProgramFeature, ProgramGate } from "../program/index.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type GuardedFetch = (feature: string, url: string | URL, init?: RequestInit) => Promise<Response>;

/** Nothing was sent. */
export class NotAllowed extends Error {
  readonly feature: string;
  readonly reason: FeatureState["because"]["kind"] | AddressRefusal | "redirect";

  constructor(feature: string, reason: NotAllowed["reason"], says: string) {
    super(says);
    this.name = "NotAllowed";
    this.feature = feature;
    this.reason = reason;
  }
}

const mostRedirects = 5;

export function createGuardedFetch(gate: ProgramGate, fetch: Fetch): GuardedFetch {
  const under = new Map<string, AbortController>();
  for (const { id } of gate.features) {
    under.set(id, new AbortController());
    gate.onClosed(id, () => {
      under.get(id)?.abort(new NotAllowed(id, "answered", `\`${id}\` was turned off`));
      under.set(id, new AbortController());
    });
  }
  return async (id, given, init = {}) => {
    const feature = featureOf({ notice: "", title: "", version: "", contact: "", features: gate.features }, id);
    if (feature === undefined) throw new NotAllowed(id, "undeclared", `the notice declares no feature \`${id}\``);
    // Taken before the answer is looked at, so that a no in between ends it too.
    const closed = under.get(id)?.signal;
    const { state, because } = await gate.state(id);
    if (state !== "yes") throw new NotAllowed(id, because.kind, refusal(id, because));
    const signals = [closed, init.signal].filter((each) => each !== undefined && each !== null);
    const signal = AbortSignal.any(signals);
    signal.throwIfAborted();
    return follow(id, fetch, checker(gate, feature), String(given), { ...init, signal });
  };
}

/** The checked address of one hop. @throws NotAllowed */
type Check = (url: string) => URL;

function checker(gate: ProgramGate, feature: ProgramFeature): Check {
  return (text) => {
    const url = URL.parse(text) ?? undefined;
    const refused = refusedAddress(url, feature, gate.configured(feature.id));
    if (refused === undefined && url !== undefined) return url;
    const host = url === undefined || refused === "names a user" ? "" : ` (\`${url.host}\`)`;
    throw new NotAllowed(
      feature.id,
      refused ?? "not an address",
      `\`${feature.id}\` may not go there: ${refused}${host}`,
    );
  };
}

/** Redirects one by one: a declared host may send on to another declared one, and to nobody else. */
async function follow(id: string, fetch: Fetch, check: Check, start: string, init: RequestInit): Promise<Response> {
  let url = check(start);
  let next: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer", ...init, redirect: "manual" };
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const response = await fetch(url.href, next);
    const location = response.headers.get("location");
    if (response.type === "opaqueredirect" || (isRedirect(response.status) && location === null)) {
      throw new NotAllowed(id, "redirect", `\`${url.host}\` redirects to a place that cannot be looked at`);
    }
    if (!isRedirect(response.status) || location === null) return response;
    await response.body?.cancel();
    const to = check(new URL(location, url).href);
    next = redirected(next, response.status, to.host !== url.host);
    url = to;
  }
  throw new NotAllowed(id, "redirect", `\`${url.host}\` redirects without end`);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** As browsers do (Fetch Standard, HTTP-redirect fetch): a post becomes a get, and secrets do not change hosts. */
function redirected(init: RequestInit, status: number, isOtherHost: boolean): RequestInit {
  const headers = new Headers(init.headers);
  if (isOtherHost) for (const name of ["authorization", "cookie", "proxy-authorization"]) headers.delete(name);
  const method = (init.method ?? "GET").toUpperCase();
  const becomesGet = status === 303 ? method !== "HEAD" : status < 303 && method === "POST";
  if (!becomesGet) return { ...init, headers };
  const { body: _dropped, ...rest } = init;
  for (const name of ["content-type", "content-length", "content-encoding", "content-language"]) headers.delete(name);
  return { ...rest, headers, method: "GET" };
}

function refusal(id: string, because: FeatureState["because"]): string {
  switch (because.kind) {
    case "unasked":
      return `nobody has agreed to \`${id}\` yet`;
    case "changed":
      return `\`${id}\` has changed since it was agreed to; people have to be asked again`;
    case "answered":
      return `\`${id}\` was answered no`;
    case "forbidden":
      return `\`${id}\` is off: ${because.by}`;
    case "within":
      return `\`${id}\` needs a yes to \`${because.feature}\` first`;
    case "undeclared":
      return `the notice declares no feature \`${id}\``;
    default:
      return because satisfies never;
  }
}
