// Every version this installation ever served, opened again from its records alone (clauses.md PS11): no file beside the notice is needed.
import { type Policy, type Vocabulary, reopenVersion, versionText, vocabularyText } from "@avow/policy";
import type { Records } from "@avow/store";

/** What a policy was compiled from, besides its own text. */
export interface Served {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
}

export class VersionArchive {
  readonly #records: Records;
  /** By their hashes; small: a version has some kilobytes, a vocabulary some tens of them. */
  readonly #texts = new Map<string, string>();
  readonly #opened = new Map<string, Policy>();

  private constructor(records: Records) {
    this.#records = records;
  }

  static async read(records: Records): Promise<VersionArchive> {
    const archive = new VersionArchive(records);
    for (const { version, canonical } of await records.versions()) await archive.#take(version, canonical);
    return archive;
  }

  /** The very policy of that version; undefined where a text is missing or damaged. */
  readonly open = (version: string): Policy | undefined => {
    const known = this.#opened.get(version);
    if (known !== undefined) return known;
    const policy = reopenVersion(version, (hash) => this.#texts.get(hash));
    if (policy !== undefined) this.#opened.set(version, policy);
    return policy;
  };

  /** Terms a version was compiled with, for comparing it. */
  vocabularyOf(policy: Policy): Vocabulary | undefined {
    const text = this.#texts.get(policy.vocabularyVersion);
    return text === undefined ? undefined : { terms: JSON.parse(text) };
  }

  /**
   * Written before anything is collected under it: its vocabulary and the versions above it first, itself last, so that a
   * version that is known is whole.
   */
  async remember(served: Served, nowMs: number): Promise<void> {
    await this.#keepAbove(served);
    const { id, version } = served.policy;
    const canonical = versionText(served.policy);
    await this.#records.putVersion({ notice: id, version, canonical, seenAtMs: nowMs });
    this.#texts.set(version, canonical);
  }

  /** The text of a version that is not in force: rows from before records were lost may be held under it. */
  async keep(waiting: Served): Promise<void> {
    await this.#keepAbove(waiting);
    const { version } = waiting.policy;
    if (!this.#texts.has(version)) await this.#put(version, versionText(waiting.policy));
  }

  async #keepAbove({ policy, vocabulary }: Served): Promise<void> {
    if (!this.#texts.has(policy.vocabularyVersion)) {
      await this.#put(policy.vocabularyVersion, vocabularyText(vocabulary));
    }
    for (let above = policy.parent; above !== undefined; above = above.parent) {
      if (!this.#texts.has(above.version)) await this.#put(above.version, versionText(above));
    }
  }

  async #put(hash: string, text: string): Promise<void> {
    await this.#records.putArchivedText({ hash, text });
    this.#texts.set(hash, text);
  }

  /** The text and those it names; what is missing or no version is left for `open` to refuse. */
  async #take(hash: string, text: string): Promise<void> {
    if (this.#texts.has(hash)) return;
    this.#texts.set(hash, text);
    for (const named of namedIn(text)) {
      const found = this.#texts.has(named) ? undefined : await this.#records.archivedText(named);
      if (found !== undefined) await this.#take(named, found);
    }
  }
}

function namedIn(text: string): readonly string[] {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== "object" || said === null) return [];
    const { parent, vocabulary } = said as { readonly parent?: unknown; readonly vocabulary?: unknown };
    return [parent, vocabulary].filter((hash) => typeof hash === "string");
  } catch {
    return [];
  }
}
