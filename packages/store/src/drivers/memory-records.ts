// Records in memory, for tests: nothing outlives the process and no other process sees them.
import type { ApiKey, EvidenceCount, InForce, KnownVersion, Owner, Records, Site } from "../contract.ts";
import { StoreClosedError } from "../errors.ts";
import { recordsColumns } from "../layout.ts";

export function openMemoryRecords(): Records {
  const sites = new Map<string, Site>();
  const keys = new Map<string, ApiKey>();
  const versions = new Map<string, KnownVersion>();
  const texts = new Map<string, string>();
  const inForce: InForce[] = [];
  const evidence = new Map<string, EvidenceCount>();
  const settings = new Map<string, string>();
  let closed = false;
  /** Every call of a closed store fails, whatever it would have done. */
  const use: Use = async (act) => {
    if (closed) throw new StoreClosedError();
    return act();
  };
  return {
    sites: () => use(() => [...sites.values()].toSorted((a, b) => (a.domain < b.domain ? -1 : 1))),
    site: (domain) => use(() => sites.get(domain)),
    siteByScriptId: (scriptId) => use(() => [...sites.values()].find((site) => site.scriptId === scriptId)),
    putSite: (site) => use(() => void sites.set(site.domain, { ...site })),
    keys: () =>
      use(() => [...keys.values()].toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1))),
    keyByHash: (hash) => use(() => [...keys.values()].find((key) => key.hash === hash)),
    addKey: (key) =>
      use(() => {
        const taken = [...keys.values()].some((known) => known.id === key.id || known.hash === key.hash);
        if (taken) throw new Error("a key with this id or hash exists");
        keys.set(key.id, { ...key, purposes: [...key.purposes] });
      }),
    removeKey: (id) => use(() => keys.delete(id)),
    ...ownerRecords(use),
    versions: () =>
      use(() =>
        [...versions.values()].toSorted((a, b) => a.seenAtMs - b.seenAtMs || (versionKey(a) < versionKey(b) ? -1 : 1)),
      ),
    putVersion: (version) =>
      use(() => void (versions.has(versionKey(version)) || versions.set(versionKey(version), { ...version }))),
    archivedText: (hash) => use(() => texts.get(hash)),
    putArchivedText: ({ hash, text }) => use(() => void (texts.has(hash) || texts.set(hash, text))),
    inForce: () => use(() => [...inForce]),
    putInForce: (came) => use(() => void inForce.push({ ...came })),
    addEvidence: (counts) => use(() => counts.forEach((count) => addCount(evidence, count))),
    evidence: (notice) =>
      use(() =>
        [...evidence.values()]
          .filter((count) => count.notice === notice)
          .toSorted((a, b) => (evidenceKey(a) < evidenceKey(b) ? -1 : 1)),
      ),
    setting: (key) => use(() => settings.get(key)),
    setSetting: (key, value) => use(() => void settings.set(key, value)),
    columns: () => use(() => recordsColumns.map(({ store, table, column }) => ({ store, table, column }))),
    async close() {
      closed = true;
    },
  };
}

type Use = <Result>(act: () => Result) => Promise<Result>;
type OwnerPart = "owner" | "setOwner" | "addSession" | "hasSession" | "removeSession" | "addToken" | "takeToken";

function ownerRecords(use: Use): Pick<Records, OwnerPart> {
  let owner: Owner | undefined;
  const sessions = new Map<string, number>();
  const tokens = new Map<string, { readonly grants: string; readonly expiresAtMs: number }>();
  return {
    owner: () => use(() => owner),
    setOwner: (given) => use(() => void (owner = { ...given })),
    addSession: ({ hash, expiresAtMs }) => use(() => void sessions.set(hash, expiresAtMs)),
    hasSession: (hash, nowMs) =>
      use(() => {
        const isLive = (sessions.get(hash) ?? Number.NEGATIVE_INFINITY) > nowMs;
        if (!isLive) sessions.delete(hash);
        return isLive;
      }),
    removeSession: (hash) => use(() => void sessions.delete(hash)),
    addToken: ({ hash, grants, expiresAtMs }) => use(() => void tokens.set(hash, { grants, expiresAtMs })),
    takeToken: (hash, grants, nowMs) =>
      use(() => {
        const token = tokens.get(hash);
        if (token === undefined || token.grants !== grants || token.expiresAtMs <= nowMs) return false;
        return tokens.delete(hash);
      }),
  };
}

function addCount(evidence: Map<string, EvidenceCount>, count: EvidenceCount): void {
  const known = evidence.get(evidenceKey(count));
  evidence.set(evidenceKey(count), {
    ...count,
    count: count.count + (known?.count ?? 0),
    lastAtMs: Math.max(count.lastAtMs, known?.lastAtMs ?? count.lastAtMs),
  });
}

function versionKey({ notice, version }: KnownVersion): string {
  return `${notice}\n${version}`;
}

/** Sorts as the columns do one after the other: no part holds a line feed. */
function evidenceKey({ notice, clause, outcome, reason }: EvidenceCount): string {
  return [notice, clause, outcome, reason].join("\n");
}
