// A small notice with one thing written as a test wants it, as one side of a comparison.
import type { Notice } from "../../model/notice.ts";
import type { Vocabulary } from "../../model/vocabulary.ts";
import { parseNotice } from "../../syntax/parse-notice.ts";
import { standardVocabulary } from "../../vocabulary/standard-vocabulary.ts";
import { compareNotices } from "../compare-notices.ts";
import type { Comparison } from "../comparison.ts";
import type { Side } from "../side.ts";

/** YAML of each part. */
export interface Written {
  readonly covers?: string;
  readonly promise?: string;
  readonly practice?: string;
  readonly keep?: string;
  readonly recipient?: string;
}

export function read(text: string): Notice {
  const { notice, diagnostics } = parseNotice(text, "t.yaml");
  if (notice === undefined) throw new Error(diagnostics.map((each) => each.message).join("; "));
  return notice;
}

export function side(written: Written, vocabulary: Vocabulary = standardVocabulary): Side {
  const { covers = "[example.org]", promise = "says: hello", practice = "data: [page]", keep = "30 days" } = written;
  const { recipient = `holds: stores, agreement: "https://a.example/", privacy: "https://a.example/"` } = written;
  const text = `avow: 1
notice: t
title: T
controller: { name: C, contact: a@b.example }
covers: ${covers}
recipients:
  host: { role: processor, name: Host, does: keeps it, ${recipient} }
practices:
  - { id: p, from: visitor, ${practice}, form: pseudonymous, for: improving the service, when: always, basis: legitimate interest, keep: ${keep}, to: host }
promises:
  - { id: q, ${promise} }
page: [{ All: [host, p, q] }]
`;
  return { notice: read(text), vocabulary };
}

export function compared(old: Written, next: Written, vocabulary?: Vocabulary): Comparison {
  return compareNotices(side(old), side(next, vocabulary));
}
