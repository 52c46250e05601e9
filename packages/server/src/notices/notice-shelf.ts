// The notices being served and the gate over them. Loading is all or nothing; later only new notices are added.
import { type Gate, type Tally, createGate } from "@avow/gate/server";
import { type Diagnostic, type Policy, type Verdict, type Vocabulary, formatDiagnostic } from "@avow/policy";
import type { Log } from "../http/request-log.ts";
import { StartRefused } from "../start-refused.ts";
import type { ChangeInForce } from "./change-in-force.ts";
import { findNotices, isOwnNotice } from "./find-notices.ts";
import { readNotice } from "./read-notice.ts";
import type { VersionKeeper } from "./version-keeper.ts";

export interface Loaded {
  readonly policy: Policy;
  readonly path: string;
  /** Warnings only; a notice with errors is not served. */
  readonly diagnostics: readonly Diagnostic[];
  /** The file's version, where it is not the one in force; `policy` is then the former one. */
  readonly waiting?: Waiting;
  /** Absent for the first version in force here. */
  readonly changed?: ChangeInForce;
}

export interface Waiting {
  readonly version: string;
  readonly verdict: Verdict;
  /** ISO day from which it is in force; absent while it is not declared. */
  readonly effective?: string;
}

const reloadEveryMs = 200;

const whatGoneMeans =
  "nothing is collected or answered under it, and what is held stays under its version; put the file back to have it served";

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
  readonly #keeper: VersionKeeper;
  /** As they were read from their files, for those whose version is not in force yet. */
  readonly #read = new Map<string, Loaded>();

  constructor(dirs: readonly string[], vocabulary: Vocabulary, log: Log, keeper: VersionKeeper) {
    this.#dirs = dirs;
    this.#vocabulary = vocabulary;
    this.#log = log;
    this.#keeper = keeper;
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
    const each = oneEach(
      read.flatMap(({ policy, path, diagnostics }) => (policy === undefined ? [] : [{ policy, path, diagnostics }])),
    );
    const gone = await this.#keeper.gone(each.map(({ policy }) => policy.id));
    for (const id of gone) this.#log(`notice \`${id}\` was served here and its file is gone; ${whatGoneMeans}`);
    this.#loaded = await this.#settle(each);
    this.#serve();
  }

  /** Brings into force what was declared and whose day has come. Never throws. */
  async takeEffect(): Promise<void> {
    const waiting = this.#loaded.filter((one) => one.waiting !== undefined);
    if (waiting.length === 0) return;
    try {
      const again = await this.#settle(waiting.map((one) => this.#read.get(one.policy.id) ?? one));
      if (again.every((one) => one.waiting !== undefined)) return;
      const byId = new Map(again.map((one) => [one.policy.id, one]));
      this.#loaded = this.#loaded.map((one) => byId.get(one.policy.id) ?? one);
      this.#serve();
    } catch (error) {
      this.#log(`versions not brought into force: ${error instanceof Error ? error.name : "fault"}; tried again`);
    }
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
    this.#loaded = [...this.#loaded, ...(await this.#settle(added))];
    this.#serve();
  }

  /** Recorded before it holds: whatever is collected under a version must be known to be. */
  async #settle(read: readonly Loaded[]): Promise<readonly Loaded[]> {
    const settled: Loaded[] = [];
    for (const one of read) {
      this.#read.set(one.policy.id, one);
      const served = await this.#keeper.settle(one);
      if (served !== undefined) settled.push(served);
    }
    return settled;
  }

  #serve(): void {
    this.#retired.push(this.#gate);
    this.#gate = createGate(
      this.#loaded.map(({ policy }) => policy),
      { nowMs: () => Date.now(), openVersion: this.#keeper.openVersion },
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
