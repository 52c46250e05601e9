// What somebody asks when they ask whose notice: an address, a way of installing, or a vendor's name (clauses.md JP10).

/** What a URL parser finds; the platform's own fits, and pure code gets it as an argument. */
export interface ParsedAddress {
  readonly protocol: string;
  /** In ASCII, as the platform writes it: `xn--…`, `127.0.0.1`, `[::1]`. */
  readonly hostname: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
}
export type ParseAddress = (text: string) => ParsedAddress | null;

export type WhoseQuestion =
  | { readonly kind: "address"; readonly host: string; readonly port?: string; readonly traps: readonly AddressTrap[] }
  | { readonly kind: "method"; readonly method: string; readonly name?: string; readonly channel?: string }
  | { readonly kind: "vendor"; readonly name: string }
  | { readonly kind: "unreadable"; readonly why: string };

/** What makes an address look like another host's. */
export type AddressTrap = "user name before the host" | "letters outside ASCII";

/** Ways of installing whose names of packages are understood; a notice may name more. */
export const installMethods = ["pip", "conda", "npm"] as const;

/** Characters; more is nobody's question. */
const longest = 2000;
const unreadable = (why: string): WhoseQuestion => ({ kind: "unreadable", why });

/** Reads `https://host/page`, `host`, `pip`, `pip:NAME`, `pip NAME` or `vendor:NAME`. `methods`: those the notices name besides. */
export function readWhose(text: string, parse: ParseAddress, methods: readonly string[] = []): WhoseQuestion {
  const asked = text.trim();
  if (asked === "" || asked.length > longest || hasControls(asked))
    return unreadable("give an address, a way of installing such as pip:NAME, or vendor:NAME");
  const [, head = "", rest = ""] = /^([a-z][a-z\d-]*)(?:(?::(?!\/\/)|\s+)(.*))?$/is.exec(asked) ?? [];
  const word = head.toLowerCase();
  const name = rest.trim();
  if (word === "vendor") return name === "" ? unreadable("name the vendor: vendor:NAME") : { kind: "vendor", name };
  if ([...installMethods, ...methods].includes(word)) return methodQuestion(word, name);
  return addressQuestion(asked, parse);
}

function methodQuestion(method: string, text: string): WhoseQuestion {
  if (text === "") return { kind: "method", method };
  const [channel, spec] = method === "conda" && text.includes("::") ? split(text, "::") : [undefined, text];
  const name = packageName(method, spec);
  if (name === undefined) return unreadable(`that is no name of a package; ask like ${method}:NAME`);
  return { kind: "method", method, name, ...(channel === undefined || channel === "" ? {} : { channel }) };
}

function split(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return [text.slice(0, place), text.slice(place + at.length)];
}

/**
 * The name without version, extras or marks, as its index compares names: pip and conda without case, pip with `-`, `_` and
 * `.` the same (the Python packaging specification of normalised names); undefined when it is none.
 */
export function packageName(method: string, spec: string): string | undefined {
  if (method === "npm")
    return /^(@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*(?=@|$)/i.exec(spec)?.[0].toLowerCase();
  const name = /^[a-z\d](?:[a-z\d._-]*[a-z\d])?(?=$|\s*[[\]=<>!~;@ ])/i.exec(spec)?.[0].toLowerCase();
  return method === "pip" ? name?.replaceAll(/[-_.]+/g, "-") : name;
}

function addressQuestion(asked: string, parse: ParseAddress): WhoseQuestion {
  const isWhole = /^[a-z][a-z\d+.-]*:\/\//i.test(asked);
  const address = parse(isWhole ? asked : `https://${asked}`);
  if (address === null || !/^(?:https?|wss?):$/.test(address.protocol))
    return unreadable("that is no address of a page; give one like https://example.org/page");
  const host = address.hostname.replace(/\.$/, "");
  if (host === "" || host.includes("*")) return unreadable("give one host: an address names no others");
  const traps: AddressTrap[] = [];
  if (address.username !== "" || address.password !== "") traps.push("user name before the host");
  if (/(?:^|\.)xn--/.test(host)) traps.push("letters outside ASCII");
  return { kind: "address", host, traps, ...(address.port === "" ? {} : { port: address.port }) };
}

function hasControls(text: string): boolean {
  return /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);
}
