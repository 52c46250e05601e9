// Sites as the hot path needs them: a moment old at most, and never refused because the command has just added one.
import type { Records, Site } from "@avow/store";
import type { NoticeShelf } from "./notices/notice-shelf.ts";

const freshMs = 1000;
const mostSites = 10_000;

interface Kept {
  readonly site: Site;
  readonly untilMs: number;
}

export class SiteCache {
  readonly #records: Records;
  readonly #shelf: NoticeShelf;
  readonly #kept = new Map<string, Kept>();

  constructor(records: Records, shelf: NoticeShelf) {
    this.#records = records;
    this.#shelf = shelf;
  }

  /** The site if it was found a moment ago; undefined when `find` has to be asked. */
  atHand(domain: string): Site | undefined {
    const kept = this.#kept.get(domain);
    return kept !== undefined && kept.untilMs > performance.now() ? kept.site : undefined;
  }

  /** Undefined for a site nobody added; that is not remembered, so that `avow site add` works at once. */
  async find(domain: string): Promise<Site | undefined> {
    const kept = this.atHand(domain);
    if (kept !== undefined) return kept;
    const now = performance.now();
    const site = await this.#records.site(domain);
    this.#kept.delete(domain);
    if (site === undefined) return undefined;
    // A notice written while the server runs is served from the moment a site needs it.
    if (this.#shelf.gate.policy(site.notice) === undefined) await this.#shelf.addNew();
    if (this.#kept.size >= mostSites) this.#kept.clear();
    this.#kept.set(domain, { site, untilMs: now + freshMs });
    return site;
  }
}
