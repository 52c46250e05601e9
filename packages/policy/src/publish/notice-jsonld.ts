// A version as JSON-LD in the terms of the W3C Data Privacy Vocabulary 2.3, for programs that read notices of anybody.
import type { Practice } from "../model/notice.ts";
import type { Policy } from "../model/policy.ts";
import type { TermKind, Vocabulary } from "../model/vocabulary.ts";
import { formText } from "../model/form-order.ts";
import { extendVocabulary } from "../terms/index-vocabulary.ts";
import type { PublishedVersion } from "./published-notice.ts";

type Reference = { readonly "@id": string; readonly "skos:prefLabel": string };

const dpv = "https://w3id.org/dpv#";

/** Practices of the notice and of those above it: an addendum says what they say too. */
export function noticeJsonLd({ policy, vocabulary, entry }: PublishedVersion): string {
  const lineage = upward(policy);
  const spoken = extendVocabulary(vocabulary, lineage.map(({ notice }) => notice).toReversed());
  const { controller, id, title, version } = policy;
  const value = {
    "@context": {
      dpv,
      dct: "http://purl.org/dc/terms/",
      skos: "http://www.w3.org/2004/02/skos/core#",
    },
    "@id": `urn:sha256:${version}`,
    "@type": "dpv:PrivacyNotice",
    "dct:title": title,
    "dct:identifier": id,
    "dct:modified": entry.on,
    "dpv:hasDataController": {
      "@type": "dpv:DataController",
      "dpv:hasName": controller.name,
      "dpv:hasContact": controller.contact,
    },
    "dpv:hasProcess": lineage.flatMap((each) => each.notice.practices.map((one) => process(one, each, spoken))),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function process(practice: Practice, policy: Policy, vocabulary: Vocabulary): object {
  const refer = (kind: TermKind, keys: readonly string[]): readonly Reference[] =>
    keys.map((key) => reference(kind, key, vocabulary));
  const named = policy.notice.recipients.filter(({ id }) => practice.to.includes(id));
  return {
    "@id": `urn:sha256:${policy.version}#${practice.id}`,
    "@type": "dpv:Process",
    "skos:prefLabel": practice.id,
    "dct:description": policy.clauses.find(({ id }) => id === practice.id)?.sentence ?? "",
    "dpv:hasDataSubject": refer("subject", practice.from),
    "dpv:hasPersonalData": refer("data", [...new Set([...practice.reads, ...practice.data, ...practice.sends])]),
    "dpv:hasPurpose": refer("purpose", practice.for),
    "dpv:hasLegalBasis": refer("basis", [practice.basis]),
    "dpv:hasRecipient": [
      ...named.map(({ name, role }) => ({ "@type": reference("role", role, vocabulary)["@id"], "dpv:hasName": name })),
      ...(practice.to.includes("public") ? [{ "@id": "urn:avow:recipient:public", "skos:prefLabel": "public" }] : []),
    ],
    "dpv:hasStorageCondition": practice.keep.map(({ form, keep }) => `${formText(form)}: ${keep.text}`),
    ...(practice.except === undefined ? {} : { "skos:scopeNote": `except: ${practice.except.join(", ")}` }),
  };
}

/** A word without a term of the vocabulary is named by itself, never by somebody else's. */
function reference(kind: TermKind, key: string, { terms }: Vocabulary): Reference {
  const term = terms.find((each) => each.kind === kind && each.key === key);
  return {
    "@id": term === undefined || term.dpv === "" ? `urn:avow:${kind}:${encodeURIComponent(key)}` : term.dpv,
    "skos:prefLabel": key,
  };
}

function upward(policy: Policy): readonly Policy[] {
  return policy.parent === undefined ? [policy] : [policy, ...upward(policy.parent)];
}
