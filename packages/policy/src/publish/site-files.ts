// A published site whole: from logs, a day and a stylesheet, every file by its path; the same in, the same bytes out.
import { versionText } from "../versions/archived-version.ts";
import { type VersionLog, writeVersionLog } from "../versions/version-log.ts";
import { dayText } from "./day-text.ts";
import { markup } from "./escape.ts";
import { changesHtml } from "./changes-html.ts";
import { historyHtml } from "./history-html.ts";
import { noticeBadge } from "./notice-badge.ts";
import { noticeFeed } from "./notice-feed.ts";
import { noticeHtml } from "./notice-html.ts";
import { noticeJsonLd } from "./notice-jsonld.ts";
import { noticeMarkdown } from "./notice-markdown.ts";
import { pageHtml } from "./page-html.ts";
import { type PublishedNotice, lastTurn, publishedNotice } from "./published-notice.ts";
import { logName, stepName, wellKnownPath } from "./site-paths.ts";

/** Text by path, seen from the site's folder. */
export type SiteFiles = ReadonlyMap<string, string>;

export interface Site {
  /** Of one notice each. */
  readonly logs: readonly VersionLog[];
  /** ISO day. Days between two turns of the pages make the same site. */
  readonly today: string;
  readonly stylesheet: string;
}

/** Undefined where a version of a log cannot be opened. */
export function siteFiles({ logs, today, stylesheet }: Site): SiteFiles | undefined {
  const asOf = lastTurn(logs, today);
  const sorted = logs.toSorted((a, b) => (a.notice < b.notice ? -1 : 1));
  const notices = sorted.map((log) => publishedNotice(log, asOf));
  const files = new Map<string, string>([["avow.css", stylesheet]]);
  const shown: PublishedNotice[] = [];
  for (const published of notices) {
    if (published === undefined) return undefined;
    shown.push(published);
    for (const [path, text] of noticeFiles(published)) files.set(`${published.log.notice}/${path}`, text);
  }
  files.set("index.html", listHtml(shown));
  files.set(wellKnownPath, wellKnown(shown, asOf));
  return files;
}

function* noticeFiles(published: PublishedNotice): Generator<readonly [string, string]> {
  const { inForce, versions, log } = published;
  yield ["index.html", noticeHtml(inForce, published, "")];
  yield ["notice.md", noticeMarkdown(inForce.policy, inForce, published)];
  // Canonical, so that its SHA-256 is the version.
  yield ["notice.json", versionText(inForce.policy)];
  yield ["notice.jsonld", noticeJsonLd(inForce)];
  yield ["history.html", historyHtml(published)];
  yield ["feed.xml", noticeFeed(published)];
  yield ["badge.svg", noticeBadge(published)];
  yield [logName, writeVersionLog(log)];
  for (const [at, version] of versions.entries()) {
    yield [`versions/${stepName(version)}`, noticeHtml(version, published, "../")];
    const before = versions[at - 1];
    if (version.step !== undefined && before !== undefined)
      yield [`changes/${stepName(version)}`, changesHtml(version, version.step, before)];
  }
}

function listHtml(notices: readonly PublishedNotice[]): string {
  return pageHtml(
    { title: "Privacy notices", up: "" },
    markup`<h1>Privacy notices</h1>
<section>
<ul class="entries">
${notices.map(
  ({ log, inForce }) =>
    markup`<li><a href="${log.notice}/index.html">${inForce.policy.title}</a> <span class="small">last updated <time datetime="${inForce.entry.on}">${dayText(inForce.entry.on)}</time></span></li>\n`,
)}</ul>
</section>`,
  );
}

/** What programs find first, and what `avow verify` makes the site anew from: `asOf` is the day its pages are true of. */
function wellKnown(notices: readonly PublishedNotice[], asOf: string): string {
  const value = {
    avow: 1,
    asOf,
    notices: notices.map(({ log, inForce, waiting }) => ({
      notice: log.notice,
      title: inForce.policy.title,
      version: inForce.policy.version,
      updated: inForce.entry.on,
      contact: inForce.policy.controller.contact,
      covers: inForce.policy.covers.map(({ host }) => host),
      ...(waiting.length === 0
        ? {}
        : { waiting: waiting.map(({ entry, from }) => ({ version: entry.version, from })) }),
      page: `../${log.notice}/index.html`,
      json: `../${log.notice}/notice.json`,
      jsonld: `../${log.notice}/notice.jsonld`,
      log: `../${log.notice}/${logName}`,
      feed: `../${log.notice}/feed.xml`,
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
