// The changes of a notice as an Atom feed (RFC 4287), newest first; ids come of hashes, so that they are the same wherever it is put.
import { markup } from "./escape.ts";
import { relationWords } from "./notice-words.ts";
import type { PublishedNotice } from "./published-notice.ts";
import { stepName } from "./site-paths.ts";

/** Readers ask often; who wants all has the log. */
const mostEntries = 50;

export function noticeFeed({ versions, inForce, log }: PublishedNotice): string {
  const { title, controller } = inForce.policy;
  const newest = versions.toReversed().slice(0, mostEntries);
  return markup`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:sha256:${log.log[0]?.entry ?? ""}</id>
<title>${title}</title>
<updated>${moment(newest[0]?.entry.on ?? "")}</updated>
<author><name>${controller.name}</name></author>
<link rel="self" type="application/atom+xml" href="feed.xml"/>
<link rel="alternate" type="text/html" href="index.html"/>
${newest.map((version) => {
  const { entry, step, from } = version;
  const folder = step === undefined ? "versions" : "changes";
  return markup`<entry>
<id>urn:sha256:${entry.entry}</id>
<title>${title}: ${relationWords(entry.verdict)}</title>
<updated>${moment(entry.on)}</updated>
<link rel="alternate" type="text/html" href="${folder}/${stepName(version)}"/>
<summary>${[`In force from ${from}.`, ...(step?.changes.map(({ direction, witness }) => `${direction}: ${witness}.`) ?? [])].join(" ")}</summary>
</entry>
`;
})}</feed>
`.markup;
}

function moment(day: string): string {
  return `${day}T00:00:00Z`;
}
