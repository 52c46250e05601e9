// Everything the living notice shows, as plain readonly values: the page and its JSON are two faces of this.
import type { VersionEntry, Voucher } from "@avow/policy";
import type { ChangeInForce } from "../../notices/change-in-force.ts";
import type { ClauseState } from "./clause-state.ts";

export interface ClauseModel {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly sentence: string;
  readonly words?: string;
  readonly assumed: readonly string[];
  readonly state: ClauseState;
  /** Hosts this clause runs for here. */
  readonly where: readonly string[];
  readonly evidence?: { readonly atMs: number; readonly what: string; readonly source: "this server" };
  readonly voucher?: Voucher | "not yet";
  readonly mechanism?: { readonly how: string; readonly check: string; readonly lacks?: string };
  /** Banded, because exact counts would publish a private site's traffic. */
  readonly counts: { readonly permitted: string; readonly refused: string; readonly refusals: readonly string[] };
}

export interface SectionModel {
  readonly heading: string;
  readonly clauses: readonly ClauseModel[];
}

export interface RecipientModel {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly does: string;
  readonly reached: string;
  readonly holds: string;
  readonly hosts: readonly string[];
  /** Undefined is "not stated", never "none" (clauses.md JL5). */
  readonly sees?: readonly string[];
  readonly agreement?: string;
  readonly privacy?: string;
  readonly through: readonly string[];
}

/** One thing a request brings, and what becomes of it. */
export interface Written {
  readonly what: string;
  readonly value: string;
  readonly clause: string;
}

export interface VisitModel {
  /** The site a page of which would be opened. */
  readonly site: string;
  readonly address: string;
  readonly userAgent: string;
  readonly referrer: string;
  readonly truncatedAddress: string;
  readonly hasSignal: boolean;
  /** Empty with a reason when nothing would be written. */
  readonly written: readonly Written[];
  readonly nothingBecause?: string;
}

export interface VersionModel {
  readonly version: string;
  readonly seenAtMs: number;
  readonly isCurrent: boolean;
}

/** `to come` and `taken back` are of published versions; a record knows only what was in force. */
export type StepStanding = "served" | "before" | "to come" | "taken back";

/** One version with what came of it. Days are ISO days. */
export interface StepModel {
  readonly version: string;
  readonly on: string;
  readonly from: string;
  readonly verdict: VersionEntry["verdict"];
  readonly standing: StepStanding;
  /** Of its pages, below `versions/` and `changes/`. */
  readonly page: string;
  readonly hasChanges: boolean;
  /** When it was first served here. */
  readonly seenAtMs?: number;
}

export interface HistoryModel {
  readonly source: "log" | "record";
  /** Day of the version served. */
  readonly updated: string;
  /** Newest first. */
  readonly steps: readonly StepModel[];
  /** The version served came into force less than 30 days ago, after another. */
  readonly isRecent: boolean;
  /** Day of the version that is in force by the log, where that is not the one served. */
  readonly elsewhere?: string;
  readonly logFault?: string;
}

/** Rows of this notice's sites by the version they are held under, banded like every count here. */
export interface HeldModel {
  readonly version: string;
  readonly rows: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly isCurrent: boolean;
  /** False for a version that cannot be opened any more: its rows are not used at all. */
  readonly isKnown: boolean;
}

export interface NoticeModel {
  readonly id: string;
  readonly title: string;
  readonly example?: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly version: string;
  readonly inForceSinceMs?: number;
  readonly addendumTo?: { readonly id: string; readonly title: string };
  readonly covers: readonly { readonly host: string; readonly storesNothing: boolean; readonly caution?: string }[];
  readonly sites: readonly string[];
  /** Set when evidence could not be read. */
  readonly evidenceFailedSinceMs?: number;
  readonly sections: readonly SectionModel[];
  readonly recipients: readonly RecipientModel[];
  readonly versions: readonly VersionModel[];
  /** Absent only where the record of the version served was lost. */
  readonly history?: HistoryModel;
  readonly held: readonly HeldModel[];
  /** The file's version, where it is materially weaker and not in force (yet). */
  readonly waiting?: { readonly version: string; readonly verdict: string; readonly effective?: string };
  /** Set while the change to the version in force is recent. */
  readonly changed?: ChangeInForce;
  readonly atMs: number;
}

export function clausesOf(model: NoticeModel): readonly ClauseModel[] {
  return model.sections.flatMap(({ clauses }) => clauses);
}
