// The ratchet at the start: settles which version of each notice is in force, and keeps every one that ever was (clauses.md PS11, JL6).
import type { Comparison, Policy, Vocabulary } from "@avow/policy";
import type { InForce, Records } from "@avow/store";
import type { Log } from "../http/request-log.ts";
import { type ChangeInForce, changeInForce } from "./change-in-force.ts";
import { isOwnNotice } from "./find-notices.ts";
import { type Former, type Standing, standingOf } from "./in-force.ts";
import type { Loaded } from "./notice-shelf.ts";
import { inForceByLog, readDeclared } from "./read-declared.ts";
import { VersionArchive } from "./version-archive.ts";

export interface KeeperOptions {
  /** The terms notices are read with now. */
  readonly vocabulary: Vocabulary;
  readonly log: Log;
  readonly nowMs: () => number;
}

export class VersionKeeper {
  readonly #records: Records;
  readonly #archive: VersionArchive;
  readonly #options: KeeperOptions;
  /** The version in force of each notice ever served here. */
  readonly #last: Map<string, string>;
  readonly #came: InForce[];
  /** Said already, so that a version that waits is not said every minute. */
  readonly #said = new Set<string>();

  private constructor(
    records: Records,
    archive: VersionArchive,
    last: Map<string, string>,
    came: readonly InForce[],
    options: KeeperOptions,
  ) {
    this.#records = records;
    this.#archive = archive;
    this.#last = last;
    this.#came = [...came];
    this.#options = options;
  }

  static async open(records: Records, options: KeeperOptions): Promise<VersionKeeper> {
    const last = new Map<string, string>();
    // An installation from before coming into force was recorded has the sight of each version.
    for (const { notice, version } of await records.versions()) last.set(notice, version);
    const came = await records.inForce();
    for (const { notice, version } of came) last.set(notice, version);
    return new VersionKeeper(records, await VersionArchive.read(records), last, came, options);
  }

  /** For the gate: policies of versions that data is held under. */
  get openVersion(): (version: string) => Policy | undefined {
    return this.#archive.open;
  }

  /** Ids of notices that sites run under and that were served here, but are not among these. */
  async gone(ids: readonly string[]): Promise<readonly string[]> {
    const needed = new Set((await this.#records.sites()).map(({ notice }) => notice));
    return [...this.#last.keys()].filter((id) => needed.has(id) && !ids.includes(id));
  }

  /** What is to be served in the place of a notice that was read: itself, the version that stays in force, or nothing. */
  async settle(read: Loaded): Promise<Loaded | undefined> {
    const { policy, path } = read;
    const today = new Date(this.#options.nowMs()).toISOString().slice(0, 10);
    if (!this.#last.has(policy.id) && !(await this.#takeUp(read, today))) return undefined;
    const last = this.#last.get(policy.id);
    if (last === undefined || last === policy.version) return this.#serve(read);
    const former = this.#archive.open(last);
    const vocabulary = former === undefined ? undefined : this.#archive.vocabularyOf(former);
    const declared = await readDeclared(path, policy.version);
    if (former === undefined || vocabulary === undefined) {
      this.#say(
        `notice \`${policy.id}\`: version ${short(last)}, in force before, cannot be opened any more, so what is held under it is not used`,
      );
      // Nothing to compare with and nothing to stay in force: what was declared is served, anything else is not.
      if (declared !== undefined && declared.effective <= today) return this.#serve(read);
      this.#say(`NOT SERVED: ${path} cannot be compared with the version in force before\n${declareIt(path)}`);
      return undefined;
    }
    const next = { policy, vocabulary: this.#options.vocabulary };
    const { standing, comparison } = standingOf({ policy: former, vocabulary }, next, declared, today);
    if (standing.kind === "file") return this.#serve(read);
    // Avow's own packaged notice changes with the software its operator installs; see docs/design/ratchet.md.
    if (isOwnNotice(path)) {
      this.#say(
        `notice \`${policy.id}\` came with this version of Avow and is ${comparison.verdict} than the one before`,
      );
      return this.#serve(read);
    }
    await this.#archive.keep(next);
    this.#say(waitingText(read, former, comparison, standing));
    const inForce = { ...former, notice: { ...former.notice, path: policy.notice.path } };
    const waiting = { version: policy.version, verdict: comparison.verdict, ...untilOf(standing) };
    return { ...read, policy: inForce, waiting, ...this.#changed({ policy: former, vocabulary }) };
  }

  /**
   * A notice never served here, or whose records are lost: where its log says that the file's version is for a later day, the one
   * before comes into force. @returns whether anything may be served
   */
  async #takeUp({ policy, path }: Loaded, today: string): Promise<boolean> {
    const stands = await inForceByLog(path, policy.version, today);
    if (stands === undefined) return true;
    if (stands === "unknown") {
      this.#say(`NOT SERVED: ${path} is declared for a later day, and its log does not hold the version before whole`);
      return false;
    }
    await this.#comeIntoForce(stands);
    return true;
  }

  async #serve(read: Loaded): Promise<Loaded> {
    const current = { policy: read.policy, vocabulary: this.#options.vocabulary };
    await this.#comeIntoForce(current);
    return { ...read, ...this.#changed(current) };
  }

  async #comeIntoForce(served: Former): Promise<void> {
    const { id, version } = served.policy;
    const nowMs = this.#options.nowMs();
    await this.#archive.remember(served, nowMs);
    if (this.#last.get(id) === version) return;
    const came = { notice: id, version, sinceMs: nowMs };
    await this.#records.putInForce(came);
    this.#last.set(id, version);
    this.#came.push(came);
  }

  #changed(current: Former): { readonly changed?: ChangeInForce } {
    const came = this.#came.filter(({ notice }) => notice === current.policy.id);
    const changed = changeInForce(came, current, (version) => {
      const policy = this.#archive.open(version);
      const vocabulary = policy === undefined ? undefined : this.#archive.vocabularyOf(policy);
      return policy === undefined || vocabulary === undefined ? undefined : { policy, vocabulary };
    });
    return changed === undefined ? {} : { changed };
  }

  #say(line: string): void {
    if (this.#said.has(line)) return;
    this.#said.add(line);
    this.#options.log(line);
  }
}

function untilOf(standing: Standing): { readonly effective?: string } {
  return standing.kind === "former" && standing.effective !== undefined ? { effective: standing.effective } : {};
}

function declareIt(path: string): string {
  return `  declare it: npm run -s avow -- publish ${path} --to DIR --material --effective YYYY-MM-DD --question "what you ask people"`;
}

function waitingText({ policy, path }: Loaded, former: Policy, comparison: Comparison, standing: Standing): string {
  const witness = comparison.changes.find(({ direction }) => direction === "weaker")?.witness;
  const { effective } = untilOf(standing);
  const [file, stays] = [short(policy.version), short(former.version)];
  const relation = comparison.verdict === "incomparable" ? "incomparable with" : `${comparison.verdict} than`;
  return [
    `NOT IN FORCE: ${path} (version ${file}) is ${relation} the version in force (${stays}), which stays in force`,
    ...(witness === undefined ? [] : [`  ${witness}`]),
    effective === undefined ? declareIt(path) : `  it was declared material and comes into force on ${effective}`,
    "  data already held stays under its own version in any case",
  ].join("\n");
}

function short(version: string): string {
  return version.slice(0, 7);
}
