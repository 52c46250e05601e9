// What the gate offers to those who act: a purpose belongs to the credential or job, never to the request.
import type { Decision, Policy, Request } from "@avow/policy";

/** Who acts. Its purposes are fixed where it is wired or issued; nobody gains one by naming it (clauses.md PY4). */
export interface Credential {
  readonly kind: "job" | "key" | "owner" | "public";
  /** Stable, free of personal data: a job's name or a key's id. */
  readonly name: string;
  readonly purposes: readonly string[];
}

/** What an actor asks: the policy's request, with the purpose left out or merely claimed. */
export type Ask = Omit<Request, "for"> & { readonly for?: string };

/** A record reduced to what its notice declares. */
export interface Admission {
  readonly decision: Decision;
  /** The practice and policy version the record is held under; stored with it (the ratchet). */
  readonly practice?: string;
  readonly version: string;
  /** Terms that may be kept, among those asked for. */
  readonly kept: readonly string[];
  /** Terms that were asked for and are not declared: dropped and counted. */
  readonly dropped: readonly string[];
}

/** What data already held was collected under (the ratchet, clauses.md PS11). */
export interface Held {
  readonly version: string;
  /** The practice it is held under; one that the version does not have denies. */
  readonly practice?: string;
  /** The same data in that version's words, where it calls it otherwise than the current one. */
  readonly data?: readonly string[];
  /**
   * A newer version that the person the data is about answered yes to; an answer, never a visit. Absent for what belongs
   * to no person: nobody can agree for it, so it keeps its version.
   */
  readonly agreed?: string;
}

/** A decision about data already held. */
export interface HeldDecision extends Decision {
  /** Days after collection that both versions let it be used in this form; absent where nothing but an event ends it, or the ask has an age. */
  readonly mostDays?: number;
}

/** One credential acting under one policy. Never throws; an internal fault denies. */
export interface Actor {
  decide(ask: Ask): Decision;
  /** Whether data collected under that version may be used: by the current policy and by the one at collection. */
  decideHeld(ask: Ask, held: Held): HeldDecision;
  /** Which of `terms` may be held together about `from`; counts what it drops. */
  admit(from: string, terms: readonly string[], answers?: Pick<Request, "answer" | "signal" | "form">): Admission;
}

/** How often a clause decided, since the last drain. Evidence, free of personal data. */
export interface Tally {
  readonly notice: string;
  readonly clause: string;
  readonly outcome: "permitted" | "refused";
  readonly reason: string;
  readonly count: number;
  /** Epoch milliseconds of the latest. */
  readonly lastAtMs: number;
}

export interface Gate {
  policies(): readonly Policy[];
  policy(id: string): Policy | undefined;
  /** The policy of a version, current or archived; undefined for one that is unknown or cannot be opened. */
  version(version: string): Policy | undefined;
  /** Policies whose `covers` holds for the host, nearest first: a notice of its own before its parent (clauses.md JP5). */
  covering(host: string): readonly Policy[];
  /** True when the host is declared `stores: nothing` (clauses.md JP6). */
  storesNothing(host: string): boolean;
  /** The sentence for a host no notice covers: "not covered; ask HOST's operator" (clauses.md JP4). */
  outside(host: string): string;
  actor(credential: Credential, policyId: string): Actor;
  /** Counts a refusal that was decided outside `decide` (a field an intake dropped, a host not covered). */
  refused(notice: string, clause: string, reason: string, count?: number): void;
  drain(): readonly Tally[];
}
