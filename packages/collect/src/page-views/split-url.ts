// A URL in its parts (RFC 3986, appendix B), leniently: trackers send what the address bar holds, and a part may be missing.

export interface SplitUrl {
  /** Lower case; empty when there is none. */
  readonly scheme: string;
  /** Lower case, without user, password, port and closing dot; empty when there is none or it cannot be a host. */
  readonly host: string;
  readonly path: string;
  /** Without `?`; undecoded. */
  readonly query: string;
  /** Without `#`; undecoded. */
  readonly fragment: string;
}

export const noUrl: SplitUrl = { scheme: "", host: "", path: "", query: "", fragment: "" };

const shape = /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/([^/?#\\]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

export function splitUrl(text: string): SplitUrl {
  const parts = shape.exec(text.trim());
  return {
    scheme: (parts?.[1] ?? "").toLowerCase(),
    host: hostOf(parts?.[2] ?? ""),
    path: parts?.[3] ?? "",
    query: parts?.[4] ?? "",
    fragment: parts?.[5] ?? "",
  };
}

/** The host people would call it by: `www.` says nothing. */
export function withoutWww(host: string): string {
  return host.startsWith("www.") ? host.slice(4) : host;
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  if (host.startsWith("[")) return /^\[[\da-f:.]+\]/.exec(host)?.[0] ?? "";
  const name = host.replace(/:\d*$/, "").replace(/\.$/, "");
  return name.length <= 253 && /^[\p{L}\p{N}._-]+$/u.test(name) ? name : "";
}

/** Percent-decoding that keeps what does not decode; control characters are left out. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return withoutControls(text);
  try {
    return withoutControls(decodeURIComponent(text));
  } catch {
    return withoutControls(text.replaceAll(/%[0-7][\da-f]|(?:%[89a-f][\da-f])+/gi, decodeRun));
  }
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}

function withoutControls(text: string): string {
  return /\p{Cc}/u.test(text) ? text.replaceAll(/\p{Cc}/gu, "") : text;
}

/** At most `most` UTF-16 units, never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
