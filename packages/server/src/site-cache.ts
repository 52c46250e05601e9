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

  /** Undefined for a site nobody added; that is not remembered, so that `avow site add` works at once. */
  async find(domain: string): Promise<Site | undefined> {
    const now = performance.now();
    const kept = this.#kept.get(domain);
    if (kept !== undefined && kept.untilMs > now) return kept.site;
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
