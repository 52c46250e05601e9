// A notice as its author wrote it: parsed, typed, not yet compiled. Terms are the author's short human words (see vocabulary/).

/** Where something stands in a notice file; lines and columns count from 1. */
export interface Span {
  readonly line: number;
  readonly column: number;
}

/** The contact every page and every refusal carries (clauses.md JP11). */
export interface Controller {
  readonly name: string;
  readonly contact: string;
}

/** A host the notice speaks for. `stores: nothing` makes every endpoint refuse to write for it (clauses.md JP6). */
export interface Covered {
  readonly host: string;
  readonly stores?: "nothing";
  readonly caution?: string;
}

/** A dated word of a named person or body, the only proof an attestation has. Dates are ISO days. */
export interface Voucher {
  readonly says: string;
  readonly by: string;
  readonly on: string;
  readonly until: string;
}

/** Who gets data: a processor, a service reached directly by the person's own machine, or a body of its own. */
export interface Recipient {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly does: string;
  readonly reached: "directly" | "by us";
  readonly hosts: readonly string[];
  /** `stores`: it keeps what it gets; `transits`: it only passes it on; `not stated`: its practices are unknown. */
  readonly holds: "stores" | "transits" | "nothing" | "not stated";
  /** What it sees when it is used, in vocabulary terms; undefined is "not stated", never "none" (clauses.md JL5). */
  readonly sees?: readonly string[];
  readonly visibleToUs?: boolean;
  readonly agreement?: string;
  readonly privacy?: string;
  readonly vouched?: Voucher | "not yet";
  /** Recipients this one stands on (a CDN on a host), by id. */
  readonly through: readonly string[];
  /** The rawest form it may store what it gets in; absent, the form in which it was sent. */
  readonly storesAs?: Form;
  /** How long it keeps what it gets; absent is "not stated". Never `never by us`: that is said with `holds`. */
  readonly keeps?: Keep;
  /** What it uses the data for itself, in vocabulary terms; absent is "not stated". */
  readonly usesFor?: readonly string[];
  /** Keys whose value the published text does not state. */
  readonly assumed?: readonly string[];
}

/** Something in software that needs recipients and a yes (clauses.md JL1). Off until answered. */
export interface Feature {
  readonly id: string;
  readonly does: string;
  readonly needs: readonly string[];
  readonly when: "opt-in";
  /** The feature that must be answered yes before this one can be. */
  readonly within?: string;
  /** How one turns it off for a whole installation. */
  readonly off?: string;
}

/** A place run by somebody else (clauses.md JP7, JP8). */
export interface Venue {
  readonly id: string;
  readonly name: string;
  readonly operator: string;
  readonly url: string;
  readonly privacy: string;
  readonly contact: string;
}

/** How long something is kept: an anchor plus a length. INVARIANT: days is safe-bounded (the most that so many months can have). */
export type Keep =
  | { readonly kind: "for"; readonly days: number; readonly after: string; readonly text: string }
  | { readonly kind: "never by us"; readonly text: string }
  | { readonly kind: "without limit"; readonly text: string };

/** One stage of keeping: the form the data has and how long it stays in it. */
export interface Stage {
  readonly form: Form;
  readonly keep: Keep;
}

/** How much of the person is left in the data. `least` is the smallest group an aggregate may describe. */
export type Form =
  | { readonly kind: "raw" | "truncated" | "pseudonymous" | "hashed" | "encrypted" }
  | { readonly kind: "aggregate"; readonly least: number };

/** One thing done with data, one block in sentence order. */
export interface Practice {
  readonly id: string;
  readonly from: readonly string[];
  /** Looked at in memory, never written. */
  readonly reads: readonly string[];
  /** Held by the controller (unless keep is `never by us`, when it is only sent). */
  readonly data: readonly string[];
  /** Words below those of `data`, `reads`, `from` or `for` that are left out. INVARIANT: gone once `settleNotice` has compiled it away. */
  readonly except?: readonly string[];
  /** Where `data` rests when not with the controller: on the device of the person it is about. */
  readonly held?: "their own device";
  /** What of it goes to the recipients; the parser fills in `data` when the author is silent. */
  readonly sends: readonly string[];
  /** The rawest form in which it is sent, where that is another than the one it is held in. */
  readonly sentAs?: Form;
  readonly for: readonly string[];
  /** always | opt-out | opt-in | necessary | a disclosure ground. */
  readonly when: string;
  readonly basis: string;
  readonly keep: readonly Stage[];
  /** Recipient ids, or `public`; empty means nobody. */
  readonly to: readonly string[];
  /** Feature that must be on, if any. */
  readonly needs?: string;
  /** Keys whose value the published text does not state. */
  readonly assumed: readonly string[];
}

/** Something that must not happen, found by overlap, not by equality. Absent dimensions mean "any". */
export interface Ban {
  readonly data: readonly string[];
  readonly from: readonly string[];
  readonly for: readonly string[];
  readonly to: readonly string[];
  /** Data that may not be held, used or sent together. */
  readonly together: readonly string[];
}

/** A guarantee or a `never`. `kind` is the closed list below; `detail` is the author's value for it. */
export interface NoticePromise {
  readonly id: string;
  readonly kind: PromiseKind;
  readonly ban?: Ban;
  readonly voucher?: Voucher;
  /** The messages that are sent without a yes, each fixed and once for its event (clauses.md PS9). */
  readonly messages?: readonly Message[];
  /** Plain values of the promise by key, for sentences and mechanisms. */
  readonly detail: Readonly<Record<string, string | readonly string[]>>;
}

/** A message of fixed words that one event causes (clauses.md PS9). */
export interface Message {
  readonly id: string;
  /** The event, a vocabulary term; one message for each time it happens. */
  readonly on: string;
  /** Purpose, a vocabulary term at or below one the promise excepts. */
  readonly for: string;
  /** What is sent, word for word. */
  readonly text: string;
}

/** Every way a promise can be made; each has one sentence and, where there is one, one mechanism. */
export const promiseKinds = [
  "never",
  "rights",
  "changes",
  "cookies",
  "no account for",
  "disclosed only",
  "mail",
  "told first",
  "free of",
  "vendor of",
  "questions",
  "applies to",
  "secured",
  "attested",
  "says",
] as const;
export type PromiseKind = (typeof promiseKinds)[number];

/** A heading and the ids that stand under it, in the order people read them. */
export interface Section {
  readonly heading: string;
  readonly ids: readonly string[];
}

/** A term the notice adds to the vocabulary; it must stand below a term that exists. */
export interface ExtensionTerm {
  readonly key: string;
  readonly kind: string;
  readonly is: readonly string[];
  readonly means: string;
}

export interface Notice {
  readonly path: string;
  readonly id: string;
  readonly title: string;
  /** Set on the shipped examples: whose published notice it follows. Shown on top of every page. */
  readonly example?: string;
  readonly controller: Controller;
  readonly covers: readonly Covered[];
  /** How software under this notice is installed, by method: `{ pip: [jupyterlab] }` (clauses.md JP10). */
  readonly installed: Readonly<Record<string, readonly string[]>>;
  readonly addendumTo?: string;
  /** Notices of their own that projects under this one have, by relative path (clauses.md JP5). */
  readonly seeAlso: readonly string[];
  readonly terms: readonly ExtensionTerm[];
  readonly recipients: readonly Recipient[];
  readonly features: readonly Feature[];
  readonly venues: readonly Venue[];
  readonly practices: readonly Practice[];
  readonly promises: readonly NoticePromise[];
  readonly page: readonly Section[];
  /** The author's own prose by clause id; stands beside the generated sentence, never instead of it. */
  readonly words: Readonly<Record<string, string>>;
  /** Position of each part, keyed by its path in the file, e.g. `practices.web-traffic.keep`. */
  readonly spans: Readonly<Record<string, Span>>;
}
