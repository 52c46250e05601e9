// A vocabulary small enough to reason about in tests, with a term below two others.
import type { Term, TermKind, Vocabulary } from "../model/vocabulary.ts";

function term(kind: TermKind, key: string, ...parents: string[]): Term {
  return { kind, key, parents, dpv: `https://w3id.org/dpv#${key.replaceAll(" ", "")}`, means: `${key}.` };
}

export const smallVocabulary: Vocabulary = {
  terms: [
    term("data", "personal data"),
    term("data", "contact data", "personal data"),
    { ...term("data", "e-mail address", "contact data"), also: ["mail", "mail address"] },
    term("data", "postal address", "contact data"),
    term("data", "display name", "personal data"),
    term("data", "usage data", "personal data"),
    term("data", "device data", "personal data"),
    term("data", "page", "usage data"),
    term("data", "country", "usage data"),
    term("data", "IP address", "device data"),
    term("data", "user agent", "device data", "usage data"),
    term("data", "payment card", "personal data"),
    term("purpose", "service provision"),
    term("purpose", "improving the service"),
    term("purpose", "statistics", "improving the service"),
    term("purpose", "payment", "service provision"),
    term("purpose", "fraud detection"),
    term("subject", "visitor"),
    term("subject", "user", "visitor"),
    term("subject", "member", "user"),
    term("subject", "voting member", "member"),
    term("subject", "sponsor", "visitor"),
    term("basis", "legitimate interest"),
    term("basis", "consent"),
    term("basis", "contract"),
    term("event", "the day closes"),
    term("event", "the account closes"),
    term("right", "access"),
    term("right", "correct"),
    term("right", "delete"),
    term("right", "restrict"),
    term("ground", "authorised by the person"),
    term("ground", "necessary for what they requested"),
    term("ground", "fraud or misuse"),
    term("ground", "required by law"),
  ],
};
