// The notices being served and the gate over them. Loading is all or nothing; later only new notices are added.
import { type Gate, type Tally, createGate } from "@avow/gate";
import { type Diagnostic, type Policy, type Vocabulary, formatDiagnostic } from "@avow/policy";
import type { Log } from "../http/request-log.ts";
import { StartRefused } from "../start-refused.ts";
import { findNotices, isOwnNotice } from "./find-notices.ts";
import { readNotice } from "./read-notice.ts";

export interface Loaded {
  readonly policy: Policy;
  readonly path: string;
  /** Warnings only; a notice with errors is not served. */
  readonly diagnostics: readonly Diagnostic[];
}

const reloadEveryMs = 200;

export class NoticeShelf {
  readonly #dirs: readonly string[];
  readonly #vocabulary: Vocabulary;
  readonly #log: Log;
  #loaded: readonly Loaded[] = [];
  #gate: Gate = createGate([], { nowMs: () => Date.now() });
  /** Tallies of gates that were replaced; their actors may still be counting. */
  readonly #retired: Gate[] = [];
  #adding: Promise<void> | undefined;
  #addedAtMs = 0;
  readonly #whenAdded: (added: readonly Policy[]) => Promise<void>;

  constructor(
    dirs: readonly string[],
    vocabulary: Vocabulary,
    log: Log,
    whenAdded: (added: readonly Policy[]) => Promise<void>,
  ) {
    this.#dirs = dirs;
    this.#vocabulary = vocabulary;
    this.#log = log;
    this.#whenAdded = whenAdded;
  }

  get gate(): Gate {
    return this.#gate;
  }

  loaded(): readonly Loaded[] {
    return this.#loaded;
  }

  drain(): readonly Tally[] {
    return [...this.#retired, this.#gate].flatMap((gate) => gate.drain());
  }

  /** @throws StartRefused with every error of every notice. */
  async load(): Promise<void> {
    const paths = await findNotices(this.#dirs);
    const read = await Promise.all(paths.map((path) => readNotice(path, this.#vocabulary)));
    const errors = read.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error"));
    if (errors.length > 0) {
      throw new StartRefused(`a notice with errors is not served\n${errors.map(formatDiagnostic).join("\n")}`);
    }
    this.#loaded = oneEach(
      read.flatMap(({ policy, path, diagnostics }) => (policy === undefined ? [] : [{ policy, path, diagnostics }])),
    );
    await this.#serve(this.#loaded);
  }

  /**
   * Looks for notices that were written since; those being served stay as they are until the next start, because a
   * change to a notice is compared before it holds. Never throws: a notice with errors is logged and not served.
   */
  addNew(): Promise<void> {
    if (this.#adding !== undefined) return this.#adding;
    if (performance.now() - this.#addedAtMs < reloadEveryMs) return Promise.resolve();
    this.#adding = this.#addNew()
      .catch((error: unknown) => this.#log(`notices not read: ${error instanceof Error ? error.name : "fault"}`))
      .finally(() => {
        this.#adding = undefined;
        this.#addedAtMs = performance.now();
      });
    return this.#adding;
  }

  async #addNew(): Promise<void> {
    const known = new Set(this.#loaded.map(({ path }) => path));
    const paths = (await findNotices(this.#dirs)).filter((path) => !known.has(path));
    const added: Loaded[] = [];
    const read = await Promise.all(paths.map((path) => readNotice(path, this.#vocabulary)));
    for (const { policy, path, diagnostics } of read) {
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      for (const error of errors) this.#log(formatDiagnostic(error));
      const isKnown = [...this.#loaded, ...added].some((other) => other.policy.id === policy?.id);
      if (policy !== undefined && errors.length === 0 && !isKnown) added.push({ policy, path, diagnostics });
    }
    if (added.length === 0) return;
    this.#loaded = [...this.#loaded, ...added];
    await this.#serve(added);
  }

  async #serve(added: readonly Loaded[]): Promise<void> {
    // Recorded before it holds: whatever is collected under a version must be known to be.
    await this.#whenAdded(added.map(({ policy }) => policy));
    this.#retired.push(this.#gate);
    this.#gate = createGate(
      this.#loaded.map(({ policy }) => policy),
      { nowMs: () => Date.now() },
    );
  }
}

/** Two files of one id are a mistake, except that the operator's own copy of Avow's notice replaces the packaged one. */
function oneEach(read: readonly Loaded[]): readonly Loaded[] {
  const byId = new Map<string, Loaded>();
  for (const one of read) {
    const other = byId.get(one.policy.id);
    if (other === undefined) byId.set(one.policy.id, one);
    else if (!isOwnNotice(one.path)) {
      throw new StartRefused(
        `two notices have the id \`${one.policy.id}\`: ${other.path} and ${one.path}\n  give one of them another id, or leave its directory out`,
      );
    }
  }
  return [...byId.values()];
}
